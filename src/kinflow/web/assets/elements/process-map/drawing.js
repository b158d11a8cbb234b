// The drawing of a placed map: arrows below, their numbers, steps above; every step and arrow is a link.

import { END, START } from "./layout.js";

const SPACE = "http://www.w3.org/2000/svg";
const CLASSES = 5;
const WIDEST = 6;

/** An element of a drawing. */
export function part(name, attributes = {}, ...inside) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** The class of a value, 0 (hardly anything) to 5 (the most). */
function heat(value, most) {
  if (!value || !most) return 0;
  const share = Math.sqrt(Math.min(1, value / most));
  return share < 0.15 ? 0 : Math.min(CLASSES, Math.ceil((share - 0.15) / 0.85 * CLASSES) || 1);
}

/** The line of a placed arrow. */
export function path({ startPoint, endPoint, bendPoints = [] }) {
  const rest = [...bendPoints, endPoint];
  let line = `M${startPoint.x} ${startPoint.y}`;
  while (rest.length) {
    const taken = rest.splice(0, 3);
    const letter = { 3: "C", 2: "Q", 1: "L" }[taken.length];
    line += `${letter}${taken.map(({ x, y }) => `${x} ${y}`).join(" ")}`;
  }
  return line;
}

/** The head of an arrow: a triangle that ends where the arrow does. */
export function head({ startPoint, endPoint, bendPoints = [] }, size) {
  const from = bendPoints.findLast(({ x, y }) => Math.hypot(endPoint.x - x, endPoint.y - y) > 1) ?? startPoint;
  const turn = Math.atan2(endPoint.y - from.y, endPoint.x - from.x);
  const at = (along, aside) => {
    const [x, y] = [endPoint.x - along * Math.cos(turn) - aside * Math.sin(turn), endPoint.y - along * Math.sin(turn) + aside * Math.cos(turn)];
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  return `M${at(0, 0)}L${at(size, size / 2)}L${at(size, -size / 2)}z`;
}

/** More classes of what differs from the other map beside it, and of what only the other one has. */
function beside({ marks, absent }, overlay) {
  return `${marks?.[overlay] ? ` differs ${marks[overlay]}` : ""}${absent ? " absent" : ""}`;
}

function arrow(edge, told, overlay, most) {
  const [section] = edge.sections;
  const wide = 1 + (WIDEST - 1) * Math.sqrt(told.count / (most.frequency || 1));
  const tone = `heat-${heat(told.values[overlay], most[overlay])}`;
  const link = part("a", { href: told.url, class: `map-arrow ${tone}${beside(told, overlay)}`, "data-key": told.key, "aria-label": told.says });
  link.append(
    part("title", {}, told.says),
    part("path", { d: path(section), class: "reach" }),
    part("path", { d: path(section), class: "line", "stroke-width": wide.toFixed(1) }),
    part("path", { d: head(section, 6 + wide), class: "head" }),
  );
  for (const label of told.absent ? [] : edge.labels ?? []) {
    link.append(part("text", { x: label.x + 6, y: label.y + 11 }, told.words[overlay]));
  }
  return link;
}

function step(node, told, overlay, most) {
  const tone = `heat-${heat(told.values[overlay], overlay === "frequency" ? most.steps : most[overlay])}`;
  const link = part("a", { href: told.url, class: `map-step ${tone}${beside(told, overlay)}`, "data-key": told.key, "aria-label": told.says });
  const middle = node.x + node.width / 2;
  link.append(
    part("title", {}, told.says),
    part("rect", { x: node.x, y: node.y, width: node.width, height: node.height, rx: 8 }),
    part("text", { x: middle, y: node.y + 16, class: "name" }, told.label),
    part("text", { x: middle, y: node.y + 30, class: "number" }, told.words[overlay]),
  );
  return link;
}

function round(node, says) {
  const [x, y, isEnd] = [node.x + node.width / 2, node.y + node.height / 2, node.id === END];
  const drawing = part("g", { class: "map-round", role: "img", "aria-label": says }, part("title", {}, says));
  drawing.append(part("circle", { cx: x, cy: y, r: 10 }));
  if (isEnd) drawing.append(part("rect", { x: x - 3.5, y: y - 3.5, width: 7, height: 7, rx: 1.5 }));
  else drawing.append(part("path", { d: `M${x - 3} ${y - 4.5}l7 4.5l-7 4.500z` }));
  return drawing;
}

/** The whole picture. */
export function drawn(placed, data, { overlay, most, title }) {
  const steps = new Map(data.steps.map((each) => [each.key, each]));
  const arrows = new Map(data.arrows.map((each) => [each.key, each]));
  const highs = { ...most, steps: Math.max(0, ...data.steps.map((each) => each.values.frequency)) };
  const scene = part("g", { class: "scene" });
  for (const edge of placed.edges) scene.append(arrow(edge, arrows.get(edge.id), overlay, highs));
  for (const node of placed.children) {
    if (node.id === START || node.id === END) scene.append(round(node, node.id === END ? data.words.end : data.words.start));
    else scene.append(step(node, steps.get(node.id), overlay, highs));
  }
  const named = part("title", {}, title);
  return part("svg", { class: overlay === "frequency" ? "map by-count" : "map by-time", role: "group", "aria-label": title, width: "100%", height: "100%" }, named, scene);
}
