// <twin-map>: two groups of cases as two maps of one layout, moved together; what differs by more than chance is marked.
//
//   <twin-map data-level="4" data-overlay="median">
//     <template>{"steps": […], "arrows": […], "levels": […], "sides": [{"name": …, "parts": {…}}, …], …}</template>
//     <nav class="map-overlays seg"><a data-overlay="median" href="?show=median">Median time</a>…</nav>
//     <div class="map-canvas" data-side="0" …></div> <div class="map-canvas" data-side="1" …></div>
//     <input type="range" name="level" min="0" max="12"> <output></output> <button data-zoom="in">…</button>
//   </twin-map>
//
// Steps and arrows are links to the cases of their group. Without scripts the table below the maps has all numbers.

import { follow } from "./picture/following.js";
import { drawn } from "./process-map/drawing.js";
import { layout } from "./process-map/layout.js";
import { zooming } from "./process-map/zooming.js";

const LEAST = 0.62;

class TwinMap extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.data = JSON.parse(this.querySelector("template").content.textContent);
    this.slider = this.querySelector("[name=level]");
    this.overlay = this.dataset.overlay;
    this.level = Number(this.dataset.level);
    this.canvases = [...this.querySelectorAll("[data-side]")];
    this.views = this.canvases.map((canvas, side) => zooming(canvas, signal, (view) => this.views?.[1 - side].follow(view)));
    this.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    this.slider?.addEventListener("input", () => this.#reveal(Number(this.slider.value)), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  #clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = event.target.closest("[data-overlay]:not(twin-map), [data-zoom], .map-canvas a");
    if (!at) return;
    if (at.dataset.overlay) this.#show(at.dataset.overlay);
    else if (at.dataset.zoom) this.views[0][at.dataset.zoom]();
    else if (!this.views.some((view) => view.moved)) follow(this, at.getAttribute("href"));
    event.preventDefault();
    event.stopPropagation(); // before htmx, which would load the page again
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
    for (const field of document.querySelectorAll(`input[type=hidden][name="${key}"]`)) field.value = value;
  }

  #tell() {
    const { words, levels, steps, arrows, titles, most_words: most } = this.data;
    const at = levels[this.level];
    const told = words.shown
      .replace("{steps}", at.steps).replace("{all_steps}", steps.length)
      .replace("{arrows}", at.arrows).replace("{all_arrows}", arrows.length)
      .replace("{cases}", at.cases).replace("{moves}", at.moves);
    this.querySelector("output").textContent = told;
    this.slider.setAttribute("aria-valuetext", told);
    this.querySelector(".map-title").textContent = titles[this.overlay];
    const legend = this.querySelector(".map-legend");
    legend.querySelector(".most").textContent = most[this.overlay];
    legend.classList.toggle("by-count", this.overlay === "frequency");
  }

  /** The map of one side: the same steps and arrows with this side's numbers. */
  #side(side) {
    const { parts } = this.data.sides[side];
    const own = (each) => ({ ...each, ...parts[each.key] });
    return { steps: this.data.steps.map(own), arrows: this.data.arrows.map(own), words: this.data.words };
  }

  async #draw() {
    this.#tell();
    const [level, overlay] = [this.level, this.overlay];
    for (const canvas of this.canvases) canvas.setAttribute("aria-busy", "true");
    const placed = await layout(this.data, level, overlay);
    if (level !== this.level || overlay !== this.overlay || !this.isConnected) return;
    this.canvases.forEach((canvas, side) => {
      const title = `${this.data.sides[side].name}: ${this.data.titles[overlay]}`;
      const picture = drawn(placed, this.#side(side), { overlay, most: this.data.most, title });
      canvas.querySelector("svg")?.remove();
      canvas.prepend(picture);
      this.views[side].take(picture, placed, LEAST);
      canvas.removeAttribute("aria-busy");
    });
  }
}

customElements.define("twin-map", TwinMap);
