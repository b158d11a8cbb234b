// Replay: cases as dots that walk along the arrows of the map, a year in half a minute.
//
// The cases come as [[at, step, at, step, …], …], `at` from 0 (the first event) to 1 (the last), `step` a place in `steps`.

import { part } from "./drawing.js";

const SECONDS = 40;
const SHORTEST = 0.006; // of the whole: so that quick moves are seen, too
const DOT = 4;

function moves({ cases, steps }) {
  return cases.flatMap((way) => {
    const found = [];
    for (let at = 2; at < way.length; at += 2) {
      const [from, to] = [way[at - 2], Math.max(way[at], way[at - 2] + SHORTEST)];
      found.push({ from, to, key: `${steps[way[at - 1]]}>${steps[way[at + 1]]}` });
    }
    return found;
  }).sort((a, b) => a.from - b.from);
}

/** Begin the replay in a picture; `tell` hears how far it is (0 to 1). Gives back what stops it. */
export function replay(picture, data, tell) {
  const layer = part("g", { class: "tokens", "aria-hidden": "true" });
  picture.querySelector(".scene").append(layer);
  const lines = new Map([...picture.querySelectorAll(".map-arrow")].map((each) => [each.dataset.key, each.querySelector(".line")]));
  const lengths = new Map([...lines].map(([key, line]) => [key, line.getTotalLength()]));
  const walks = moves(data).filter(({ key }) => lines.has(key));
  let [began, frame, active, next] = [null, 0, [], 0];

  function step(now) {
    began ??= now;
    const at = (now - began) / 1000 / SECONDS;
    while (next < walks.length && walks[next].from <= at) {
      const dot = part("circle", { r: DOT });
      layer.append(dot);
      active.push({ ...walks[next++], dot });
    }
    active = active.filter((each) => {
      if (each.to >= at) return true;
      each.dot.remove();
      return false;
    });
    for (const { from, to, key, dot } of active) {
      const { x, y } = lines.get(key).getPointAtLength(lengths.get(key) * (at - from) / (to - from));
      dot.setAttribute("cx", x.toFixed(1));
      dot.setAttribute("cy", y.toFixed(1));
    }
    tell(Math.min(1, at));
    if (at < 1 || active.length) frame = requestAnimationFrame(step);
    else stop();
  }

  function stop() {
    cancelAnimationFrame(frame);
    layer.remove();
    tell(null);
  }

  frame = requestAnimationFrame(step);
  return stop;
}
