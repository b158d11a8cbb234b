// The base of the maps that have a slider (how many paths) and a switch of overlays (which numbers): both are kept in the
// page's address, and the map is drawn again when one of them changes. A map of its own kind says
//
//   painted(placed, side) → the drawing of one ".map-canvas"; its sides move together
//   and, where it differs: title(), told(), most(), least, pressed(event), remember(key, value)
//
// Buttons "[data-from-map=svg|png|pdf]" anywhere on the page save the pictures.

import { follow } from "../picture/following.js";
import { saved } from "../picture/saving.js";
import { layout } from "./layout.js";
import { alone } from "./saving.js";
import { zooming } from "./zooming.js";

const PAUSE = 60; // milliseconds that the slider rests before the map is drawn

export class LevelledMap extends HTMLElement {
  least = undefined; // scale at which a fresh picture stands, where not all of it fits

  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.data = JSON.parse(this.querySelector("template").content.textContent);
    this.slider = this.querySelector("[name=level]");
    this.overlay = this.dataset.overlay;
    this.level = Number(this.dataset.level);
    this.canvases = [...this.querySelectorAll(".map-canvas")];
    this.views = this.canvases.map((canvas, at) => zooming(canvas, signal, (view) => this.#moved(at, view)));
    this.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    this.slider?.addEventListener("input", () => this.#reveal(Number(this.slider.value)), { signal });
    document.addEventListener("click", (event) => this.#saving(event), { signal });
    for (const item of document.querySelectorAll("[data-from-map]")) item.hidden = false;
    this.draw();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  /** What the numbers of the picture are. */
  title() {
    return this.data.titles[this.overlay];
  }

  /** The words beside the slider. */
  told() {
    const { words, steps, arrows, levels } = this.data;
    const at = levels[this.level];
    return words.shown
      .replace("{steps}", at.steps).replace("{all_steps}", steps.length)
      .replace("{arrows}", at.arrows).replace("{all_arrows}", arrows.length)
      .replace("{cases}", at.cases).replace("{moves}", at.moves);
  }

  /** What the colours mean at most; empty where there is no legend. */
  most() {
    return "";
  }

  /** A click on something of the map's own; true where it was dealt with. */
  pressed() {
    return false;
  }

  /** Keep a choice in the address, and in the forms and links of the page that go on with it. */
  remember(key, value) {
    const address = new URL(window.location.href);
    address.searchParams.set(key, value);
    history.replaceState(history.state, "", address);
    for (const field of document.querySelectorAll(`input[type=hidden][name="${key}"]`)) field.value = value;
  }

  #moved(at, view) {
    this.views?.forEach((other, index) => index !== at && other.follow(view));
  }

  #clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = event.target.closest(`[data-overlay]:not(${this.localName}), [data-zoom], .map-canvas a`);
    if (at?.dataset.overlay) this.#show(at.dataset.overlay);
    else if (at?.dataset.zoom) this.views[0][at.dataset.zoom]();
    else if (at && !this.views.some((view) => view.moved)) follow(this, at.getAttribute("href"));
    else if (!at && !this.pressed(event)) return;
    event.preventDefault();
    event.stopPropagation(); // before htmx, which would load the page again
  }

  #show(overlay) {
    this.overlay = overlay;
    for (const link of this.querySelectorAll(".map-overlays a")) {
      link.classList.toggle("on", link.dataset.overlay === overlay);
      link.toggleAttribute("aria-current", link.dataset.overlay === overlay);
    }
    this.remember("show", overlay);
    this.draw();
  }

  #reveal(level) {
    this.level = level;
    this.#tell();
    this.remember("level", level);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.draw(), PAUSE);
  }

  async #saving(event) {
    const at = event.target.closest?.("[data-from-map]");
    if (!at) return;
    at.closest("details")?.removeAttribute("open");
    for (const [side, canvas] of this.canvases.entries()) {
      const picture = canvas.querySelector("svg");
      const name = this.data.sides?.[side].name ?? this.data.name;
      if (picture) await saved(alone(picture, `${name} · ${this.title()}`), at.dataset.fromMap, name);
    }
  }

  #tell() {
    const told = this.told();
    const output = this.querySelector("output");
    if (output) output.textContent = told;
    this.slider?.setAttribute("aria-valuetext", told);
    const title = this.querySelector(".map-title");
    if (title) title.textContent = this.title();
    for (const box of this.querySelectorAll(".map-legend")) {
      const most = box.querySelector(".most");
      if (most) most.textContent = this.most();
      box.classList.toggle("by-count", this.overlay === "frequency");
    }
  }

  async draw() {
    this.#tell();
    const [level, overlay] = [this.level, this.overlay];
    for (const canvas of this.canvases) canvas.setAttribute("aria-busy", "true");
    const placed = await layout(this.data, level, overlay);
    if (level !== this.level || overlay !== this.overlay || !this.isConnected) return;
    this.canvases.forEach((canvas, side) => this.#put(canvas, side, placed));
  }

  #put(canvas, side, placed) {
    const focused = canvas.contains(document.activeElement) && document.activeElement.getAttribute("data-key");
    const picture = this.painted(placed, side);
    canvas.querySelector("svg")?.remove();
    canvas.querySelector(".map-waits")?.remove();
    canvas.prepend(picture);
    this.views[side].take(picture, placed, this.least);
    if (focused) picture.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    canvas.removeAttribute("aria-busy");
  }
}
