// The map of a play: steps with what waits and is worked on there, and the ways between them.

import { head, part, path } from "../process-map/drawing.js";
import { END } from "../process-map/layout.js";

const WIDEST = 5;

function arrow(edge, told, most) {
  const [section] = edge.sections;
  const wide = 1 + (WIDEST - 1) * Math.sqrt(told.count / most);
  return part("g", { class: "map-arrow", "data-key": told.key },
    part("path", { d: path(section), class: "line", "stroke-width": wide.toFixed(1) }),
    part("path", { d: head(section, 5 + wide), class: "head" }));
}

function step(node, told) {
  const middle = node.x + node.width / 2;
  return part("g", { class: "map-step", "data-key": told.key, "data-x": middle, "data-y": node.y + node.height / 2 },
    part("rect", { x: node.x, y: node.y, width: node.width, height: node.height, rx: 8 }),
    part("text", { x: middle, y: node.y + 16, class: "name" }, told.label),
    part("text", { x: middle, y: node.y + 30, class: "number" }));
}

function round(node, says) {
  const [x, y] = [node.x + node.width / 2, node.y + node.height / 2];
  const inside = node.id === END ? part("rect", { x: x - 3.5, y: y - 3.5, width: 7, height: 7, rx: 1.5 }) : part("path", { d: `M${x - 3} ${y - 4.5}l7 4.5l-7 4.5z` });
  return part("g", { class: "map-round", role: "img", "aria-label": says, "data-key": "", "data-x": x, "data-y": y },
    part("title", {}, says), part("circle", { cx: x, cy: y, r: 10 }), inside);
}

/** The whole picture, without dots and numbers. */
export function drawnPlay(placed, { steps, arrows, words }, title) {
  const [known, ways] = [new Map(steps.map((each) => [each.key, each])), new Map(arrows.map((each) => [each.key, each]))];
  const most = Math.max(1, ...arrows.map(({ count }) => count));
  const scene = part("g", { class: "scene" });
  for (const edge of placed.edges) scene.append(arrow(edge, ways.get(edge.id), most));
  scene.append(part("g", { class: "tokens", "aria-hidden": "true" }));
  for (const node of placed.children) {
    const drawing = known.has(node.id) ? step(node, known.get(node.id)) : round(node, node.id === END ? words.end : words.start);
    if (node.id === END) drawing.dataset.end = "";
    scene.append(drawing);
  }
  return part("svg", { class: "map play", role: "group", "aria-label": title, width: "100%", height: "100%" }, scene);
}

/** Write into each step how many wait there and are at work at a moment. */
export function numbers(canvas, { steps, ways, words }, moves, at) {
  const found = new Map(steps.map(({ key }) => [key, { waiting: 0, in_work: 0, people: 0 }]));
  for (const [way, left, wanted, begun, counted, done] of moves) {
    if (left > at) break;
    const here = at >= wanted && at < done && found.get(ways[way].target);
    if (!here) continue;
    here[at < begun ? "waiting" : "in_work"] += 1;
    if (at >= counted) here.people += 1;
  }
  for (const { key, has_people: hasPeople } of steps) {
    const group = canvas.querySelector(`.map-step[data-key="${CSS.escape(key)}"]`);
    const values = found.get(key);
    const told = (hasPeople ? words.people : words.alone).replace(/\{(\w+)\}/g, (_all, name) => values[name]);
    group.querySelector(".number").textContent = told;
    group.classList.toggle("waiting", values.waiting > 0);
  }
}

