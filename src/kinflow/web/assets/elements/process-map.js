// <process-map>: draws which step follows which, as wide as it is frequent, in the colour of the time it takes.
//
//   <process-map data-level="4" data-overlay="median">
//     <template>{"steps": […], "arrows": […], "levels": […], "titles": {…}, "words": {…}}</template>
//     <nav class="map-overlays seg"><a data-overlay="median" href="?show=median">Median</a>…</nav>
//     <div class="map-canvas" tabindex="0" role="region" aria-label="…"></div>
//     <input type="range" name="level" min="0" max="12"> <output></output>
//     <button data-zoom="in">…</button> <button data-replay="…/replay.json">…</button> <span class="map-clock"></span>
//   </process-map>
//   <button data-from-map="svg">…</button> anywhere on the page saves the picture
//
// Steps and arrows are links to the cases behind them. Dragging moves, + and − zoom, 0 shows all, arrow keys move. Without
// scripts the links of the overlays work, and the numbers stand in the tables below.

import { follow } from "./picture/following.js";
import { saved } from "./picture/saving.js";
import { drawn } from "./process-map/drawing.js";
import { layout } from "./process-map/layout.js";
import { replay } from "./process-map/replaying.js";
import { alone } from "./process-map/saving.js";
import { zooming } from "./process-map/zooming.js";

class ProcessMap extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.data = JSON.parse(this.querySelector("template").content.textContent);
    this.canvas = this.querySelector(".map-canvas");
    this.slider = this.querySelector("[name=level]");
    this.overlay = this.dataset.overlay;
    this.level = Number(this.dataset.level);
    this.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    document.addEventListener("click", (event) => {
      const at = event.target.closest?.("[data-from-map]");
      if (!at) return;
      at.closest("details")?.removeAttribute("open");
      this.#save(at.dataset.fromMap);
    }, { signal });
    for (const item of document.querySelectorAll("[data-from-map]")) item.hidden = false;
    this.slider?.addEventListener("input", () => this.#reveal(Number(this.slider.value)), { signal });
    this.view = zooming(this.canvas, signal);
    this.#draw();
  }

  disconnectedCallback() {
    this.stop.abort();
    this.halt?.();
  }

  #clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = event.target.closest("[data-overlay]:not(process-map), [data-zoom], [data-replay], .map-canvas a");
    if (!at) return;
    if (at.dataset.overlay) this.#show(at.dataset.overlay);
    else if (at.dataset.zoom) this.view[at.dataset.zoom]();
    else if (at.dataset.replay) this.#replay(at);
    else if (!this.view.moved) follow(this, at.getAttribute("href"));
    event.preventDefault();
    event.stopPropagation(); // before htmx, which would load the page again
  }

  #save(kind) {
    const picture = this.canvas.querySelector("svg");
    if (picture) saved(alone(picture, `${this.data.name} · ${this.#title()}`), kind, this.data.name);
  }

  #show(overlay) {
    this.overlay = overlay;
    for (const link of this.querySelectorAll(".map-overlays a")) {
      link.classList.toggle("on", link.dataset.overlay === overlay);
      link.toggleAttribute("aria-current", link.dataset.overlay === overlay);
    }
    this.#remember("show", overlay);
    this.#draw();
  }

  #reveal(level) {
    this.level = level;
    this.#tell();
    this.#remember("level", level);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#draw(), 60);
  }

  #remember(key, value) {
    const address = new URL(window.location.href);
    address.searchParams.set(key, value);
    history.replaceState(history.state, "", address);
    for (const field of this.querySelectorAll(`input[type=hidden][name="${key}"]`)) field.value = value;
    for (const link of this.querySelectorAll(".map-times a, .map-depths a")) {
      const other = new URL(link.href);
      if (key !== "level" || link.closest(".map-times")) other.searchParams.set(key, value);
      link.href = other.href;
    }
  }

  async #replay(button) {
    if (this.halt) {
      this.halt();
      return;
    }
    this.cases ??= await (await fetch(button.dataset.replay, { headers: { Accept: "application/json" } })).json();
    const picture = this.canvas.querySelector("svg");
    if (!picture || !this.isConnected) return;
    const clock = this.querySelector(".map-clock");
    const { from, to } = this.cases;
    const said = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" });
    button.setAttribute("aria-pressed", "true");
    this.halt = replay(picture, this.cases, (at) => {
      clock.hidden = at === null;
      if (at !== null) clock.textContent = said.format(from + at * (to - from));
      else {
        button.setAttribute("aria-pressed", "false");
        this.halt = null;
      }
    });
  }

  #title() {
    return this.data.titles[this.overlay];
  }

  #tell() {
    const { words, levels, steps, arrows } = this.data;
    const at = levels[this.level];
    const told = words.shown
      .replace("{steps}", at.steps).replace("{all_steps}", steps.length)
      .replace("{arrows}", at.arrows).replace("{all_arrows}", arrows.length)
      .replace("{cases}", at.cases).replace("{moves}", at.moves);
    const output = this.querySelector("output");
    if (output) output.textContent = told;
    this.slider?.setAttribute("aria-valuetext", told);
    const title = this.querySelector(".map-title");
    if (title) title.textContent = this.#title();
    for (const box of this.querySelectorAll(".map-legend")) {
      box.querySelector(".most").textContent = at.most_words[this.overlay];
      box.classList.toggle("by-count", this.overlay === "frequency");
    }
  }

  async #draw() {
    this.#tell();
    this.halt?.();
    const [level, overlay] = [this.level, this.overlay];
    this.canvas.setAttribute("aria-busy", "true");
    const placed = await layout(this.data, level, overlay);
    if (level !== this.level || overlay !== this.overlay || !this.isConnected) return;
    const focused = this.canvas.contains(document.activeElement) && document.activeElement.getAttribute("data-key");
    const picture = drawn(placed, this.data, { overlay, most: this.data.levels[level].most, title: this.#title() });
    this.canvas.querySelector("svg")?.remove();
    this.canvas.querySelector(".map-waits")?.remove();
    this.canvas.prepend(picture);
    this.view.take(picture, placed);
    if (focused) picture.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    this.canvas.removeAttribute("aria-busy");
  }
}

customElements.define("process-map", ProcessMap);
