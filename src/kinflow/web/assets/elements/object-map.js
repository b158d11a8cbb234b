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
import { LevelledMap } from "./process-map/levelled.js";

class ObjectMap extends LevelledMap {
  least = 0.62; // several kinds side by side are wide

  told() {
    const { words, steps, arrows } = this.data;
    const shown = (parts) => parts.filter(({ level }) => level <= this.level).length;
    return words.shown
      .replace("{steps}", shown(steps)).replace("{all_steps}", steps.length)
      .replace("{arrows}", shown(arrows)).replace("{all_arrows}", arrows.length);
  }

  painted(placed) {
    return drawn(placed, this.data, this.overlay);
  }
}

customElements.define("object-map", ObjectMap);
