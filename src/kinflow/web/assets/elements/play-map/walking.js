// The dots of a play: where each case between two steps stands at a moment.

import { part } from "../process-map/drawing.js";

const DOT = 4;
const POINTS = 24; // of a line that is kept for its dots
const SHORTEST = 1800; // seconds of the play that a walk takes at least, so that quick ones are seen, too

/** Points along every way: along its line, or straight where it is not drawn. */
function lines(picture, ways) {
  const nodes = new Map([...picture.querySelectorAll("[data-x]")].map((each) => [`${each.dataset.end === "" ? "end" : "step"} ${each.dataset.key}`, { x: Number(each.dataset.x), y: Number(each.dataset.y) }]));
  const drawn = new Map([...picture.querySelectorAll(".map-arrow")].map((each) => [each.dataset.key, each.querySelector(".line")]));
  return ways.map(({ source, target }) => {
    const line = drawn.get(`${source}>${target}`);
    if (!line) return [nodes.get(`step ${source}`), nodes.get(target ? `step ${target}` : "end ")];
    const length = line.getTotalLength();
    return Array.from({ length: POINTS + 1 }, (_none, at) => line.getPointAtLength(length * at / POINTS));
  });
}

function along(points, share) {
  const place = share * (points.length - 1);
  const at = Math.min(points.length - 2, Math.floor(place));
  const [one, two] = [points[at], points[at + 1]];
  return { x: one.x + (two.x - one.x) * (place - at), y: one.y + (two.y - one.y) * (place - at) };
}

/** What puts the dots of a picture where they are at a moment; dots are used again. */
export function walkers(picture, ways, moves) {
  const [layer, points, dots] = [picture.querySelector(".tokens"), lines(picture, ways), []];
  return (now) => {
    let used = 0;
    for (const [way, left, wanted] of moves) {
      if (left > now) break;
      const until = Math.max(wanted, left + SHORTEST);
      if (now >= until) continue;
      const { x, y } = along(points[way], (now - left) / (until - left));
      const dot = dots[used] ?? (dots[used] = layer.appendChild(part("circle", { r: DOT })));
      used += 1;
      dot.setAttribute("cx", x.toFixed(1));
      dot.setAttribute("cy", y.toFixed(1));
      dot.removeAttribute("display");
    }
    for (const dot of dots.slice(used)) dot.setAttribute("display", "none");
  };
}
