// <play-map>: one play of a simulated process, or two beside each other, as dots that walk over the map of its steps.
//
//   <play-map data-level="0" data-overlay="frequency" data-moves="/api/…/animation">
//     <template>{"begins": …, "lasts": …, "steps": […], "ways": […], "names": […], "words": {…}}</template>
//     <button data-play>…</button> <select name="pace">…</select> <input type="range" name="at"> <output></output>
//     <div class="map-canvas" data-side="0" …></div> …  <p role="alert" hidden>…</p>
//   </play-map>
//
// It stands still until Play is pressed; the slider goes to any moment. Who wants less motion sees no dots walk: the
// picture then goes on in steps of a second. Without scripts the tables below have the numbers.

import { dated } from "./dates.js";
import { LevelledMap } from "./process-map/levelled.js";
import { drawnPlay, numbers } from "./play-map/drawing.js";
import { walkers } from "./play-map/walking.js";

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const STEP = 1000; // milliseconds between two pictures where less motion is wanted

/** What the base draws from: every step, and the ways that are walked often. */
function graph({ begins, lasts, steps, ways, names, words }) {
  const arrows = ways.filter((way) => way.is_drawn).map((way) => ({
    key: `${way.source}>${way.target}`, from: way.source || null, to: way.target || null, count: way.count, level: 0, words: { frequency: "" },
  }));
  return { begins, lasts, ways, words, arrows, name: names[0], sides: names.map((name) => ({ name })), steps: steps.map((step) => ({ ...step, level: 0, least: 172 })) };
}

class PlayMap extends LevelledMap {
  connectedCallback() {
    this.at = 0;
    super.connectedCallback();
    this.data = graph(this.data);
    this.said = new Intl.DateTimeFormat(dated(), { weekday: "short", year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
    const { signal } = this.stop;
    this.time = this.querySelector("[name=at]");
    this.button = this.querySelector("[data-play]");
    this.time.addEventListener("input", () => this.#show(Number(this.time.value)), { signal });
    this.#fetch(signal);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#pause();
  }

  async #fetch(signal) {
    try {
      const answer = await fetch(this.dataset.moves, { headers: { Accept: "application/json" }, signal });
      if (!answer.ok) throw new Error(answer.status);
      this.moves = (await answer.json()).sides.map(({ moves }) => moves);
    } catch (error) {
      if (error.name !== "AbortError") this.querySelector("[role=alert]").hidden = false;
      return;
    }
    await this.draw();
    this.button.disabled = this.time.disabled = false;
  }

  title() {
    return this.data.name;
  }

  told() {
    return this.said.format(Date.parse(`${this.data.begins}Z`) + this.at * 1000);
  }

  pressed(event) {
    const button = event.target.closest("[data-play]");
    if (button && this.halt) this.#pause();
    else if (button) this.#play();
    return Boolean(button);
  }

  painted(placed, side) {
    return drawnPlay(placed, this.data, `${this.data.sides[side].name}: ${this.told()}`);
  }

  async draw() {
    if (!this.moves) return; // called once more when they are there
    await super.draw();
    const pictures = this.canvases.map((canvas) => canvas.querySelector("svg"));
    if (!this.isConnected || pictures.includes(null)) return;
    this.walkers = pictures.map((picture, side) => walkers(picture, this.data.ways, this.moves[side]));
    this.#show(this.at);
  }

  #play() {
    if (this.at >= this.data.lasts) this.at = 0;
    let last = performance.now();
    const go = () => {
      const [now, pace] = [performance.now(), Number(this.querySelector("[name=pace]").value)];
      this.#show(Math.min(this.data.lasts, this.at + pace * (now - last) / 1000));
      last = now;
      if (this.at >= this.data.lasts) this.#pause();
      else this.#next(go);
    };
    this.#next(go);
    this.#press(true);
  }

  #next(go) {
    const [ask, forget] = STILL.matches ? [(then) => setTimeout(then, STEP), clearTimeout] : [requestAnimationFrame, cancelAnimationFrame];
    const asked = ask(go);
    this.halt = () => forget(asked);
  }

  #pause() {
    this.halt?.();
    this.halt = null;
    this.#press(false);
  }

  #press(on) {
    if (this.button) this.button.textContent = on ? this.data.words.pause : this.data.words.play;
  }

  #show(at) {
    this.at = at;
    this.time.value = at;
    const told = this.told();
    this.time.setAttribute("aria-valuetext", told);
    this.querySelector("output").textContent = told;
    this.walkers?.forEach((walk, side) => {
      walk(at);
      numbers(this.canvases[side], this.data, this.moves[side], at);
    });
  }
}

customElements.define("play-map", PlayMap);
