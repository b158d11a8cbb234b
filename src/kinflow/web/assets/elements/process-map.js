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

import { dated } from "./dates.js";
import { drawn } from "./process-map/drawing.js";
import { LevelledMap } from "./process-map/levelled.js";
import { replay } from "./process-map/replaying.js";

class ProcessMap extends LevelledMap {
  disconnectedCallback() {
    super.disconnectedCallback();
    this.halt?.();
  }

  most() {
    return this.data.levels[this.level].most_words[this.overlay];
  }

  pressed(event) {
    const button = event.target.closest("[data-replay]");
    if (button) this.#replay(button);
    return Boolean(button);
  }

  remember(key, value) {
    super.remember(key, value);
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
    const picture = this.canvases[0].querySelector("svg");
    if (!picture || !this.isConnected) return;
    const clock = this.querySelector(".map-clock");
    const { from, to } = this.cases;
    const said = new Intl.DateTimeFormat(dated(), { dateStyle: "medium" });
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

  draw() {
    this.halt?.();
    return super.draw();
  }

  painted(placed) {
    return drawn(placed, this.data, { overlay: this.overlay, most: this.data.levels[this.level].most, title: this.title() });
  }
}

customElements.define("process-map", ProcessMap);
