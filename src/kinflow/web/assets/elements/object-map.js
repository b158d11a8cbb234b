// <object-map>: several kinds of object in one map, each with its own arrows in its colour and with its sign.
//
//   <object-map data-level="4" data-overlay="frequency">
//     <template>{"kinds": […], "steps": […], "arrows": […], "rounds": [["▶lead"], ["■lead"]], "titles": {…}, "words": {…}}</template>
//     <nav class="map-overlays seg"><a data-overlay="median" href="?show=median">Median</a>…</nav>
//     <div class="map-canvas" tabindex="0" role="region" aria-label="…"></div>
//     <input type="range" name="level" min="0" max="20"> <output></output> <button data-zoom="in">…</button>
//   </object-map>
//
// Without scripts the links of the overlays work, and the numbers stand in the table below.

import { drawn } from "./object-map/drawing.js";
import { layout } from "./process-map/layout.js";
import { zooming } from "./process-map/zooming.js";

const LEAST = 0.62; // several kinds side by side are wide

class ObjectMap extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.data = JSON.parse(this.querySelector("template").content.textContent);
    this.canvas = this.querySelector(".map-canvas");
    this.slider = this.querySelector("[name=level]");
    this.overlay = this.dataset.overlay;
    this.level = Number(this.dataset.level);
    this.view = zooming(this.canvas, signal);
    this.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    this.slider.addEventListener("input", () => this.#reveal(Number(this.slider.value)), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  #clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = event.target.closest("[data-overlay]:not(object-map), [data-zoom]");
    if (!at) return;
    if (at.dataset.zoom) this.view[at.dataset.zoom]();
    else {
      this.overlay = at.dataset.overlay;
      for (const link of this.querySelectorAll(".map-overlays a")) {
        link.classList.toggle("on", link === at);
        link.toggleAttribute("aria-current", link === at);
      }
      this.#remember("show", this.overlay);
      this.#draw();
    }
    event.preventDefault();
    event.stopPropagation(); // before htmx, which would load the page again
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
    const { words, steps, arrows, titles } = this.data;
    const shown = (parts) => parts.filter(({ level }) => level <= this.level).length;
    const told = words.shown
      .replace("{steps}", shown(steps)).replace("{all_steps}", steps.length)
      .replace("{arrows}", shown(arrows)).replace("{all_arrows}", arrows.length);
    this.querySelector("output").textContent = told;
    this.slider.setAttribute("aria-valuetext", told);
    this.querySelector(".map-title").textContent = titles[this.overlay];
  }

  async #draw() {
    this.#tell();
    const [level, overlay] = [this.level, this.overlay];
    this.canvas.setAttribute("aria-busy", "true");
    const placed = await layout(this.data, level, overlay);
    if (level !== this.level || overlay !== this.overlay || !this.isConnected) return;
    const picture = drawn(placed, this.data, overlay);
    this.canvas.querySelector("svg")?.remove();
    this.canvas.prepend(picture);
    this.view.take(picture, placed, LEAST);
    this.canvas.removeAttribute("aria-busy");
  }
}

customElements.define("object-map", ObjectMap);
