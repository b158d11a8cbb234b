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

import { drawn } from "./process-map/drawing.js";
import { LevelledMap } from "./process-map/levelled.js";

class TwinMap extends LevelledMap {
  least = 0.62;

  most() {
    return this.data.most_words[this.overlay];
  }

  /** The map of one side: the same steps and arrows with this side's numbers. */
  #side(side) {
    const { parts } = this.data.sides[side];
    const own = (each) => ({ ...each, ...parts[each.key] });
    return { steps: this.data.steps.map(own), arrows: this.data.arrows.map(own), words: this.data.words };
  }

  painted(placed, side) {
    const title = `${this.data.sides[side].name}: ${this.title()}`;
    return drawn(placed, this.#side(side), { overlay: this.overlay, most: this.data.most, title });
  }
}

customElements.define("twin-map", TwinMap);
