// The drawing of a placed object-centric map: arrows by kind of object, each kind in its colour, with its dashes and sign.

import { head, part, path } from "../process-map/drawing.js";

const WIDEST = 6;
const DASHES = ["", "8 4", "2 3", "10 3 2 3", "5 5", "1 4", "12 4", "6 2 1 2"];

function arrow(edge, told, most) {
  const [section] = edge.sections;
  const wide = 1 + (WIDEST - 1) * Math.sqrt(told.count / (most.frequency || 1));
  const drawing = part("g", { class: `kind-arrow hue-${told.kind}` }, part("title", {}, told.says));
  drawing.append(
    part("path", { d: path(section), class: "reach" }),
    part("path", { d: path(section), class: "line", "stroke-width": wide.toFixed(1), "stroke-dasharray": DASHES[told.kind % DASHES.length] }),
    part("path", { d: head(section, 6 + wide), class: "head" }),
  );
  return drawing;
}

function label(edge, told, overlay) {
  return (edge.labels ?? []).map((each) => part("text", { x: each.x + 6, y: each.y + 11, class: `kind-label hue-${told.kind}` }, told.words[overlay]));
}

function step(node, told, overlay) {
  const middle = node.x + node.width / 2;
  return part("g", { class: "map-step heat-0", role: "img", "aria-label": told.says },
    part("title", {}, told.says),
    part("rect", { x: node.x, y: node.y, width: node.width, height: node.height, rx: 8 }),
    part("text", { x: middle, y: node.y + 16, class: "name" }, told.label),
    part("text", { x: middle, y: node.y + 30, class: "number" }, told.words[overlay]),
  );
}

/** Where objects of a kind begin (a ring with its sign) or end (filled, with its sign). */
function round(node, kind, isEnd) {
  const [x, y] = [node.x + node.width / 2, node.y + node.height / 2];
  const says = isEnd ? kind.ends : kind.begins;
  return part("g", { class: `kind-round hue-${kind.hue}${isEnd ? " end" : ""}`, role: "img", "aria-label": says },
    part("title", {}, says),
    part("circle", { cx: x, cy: y, r: 11 }),
    part("text", { x, y: y + 4 }, kind.sign),
  );
}

/** The whole picture. */
export function drawn(placed, data, overlay) {
  const steps = new Map(data.steps.map((each) => [each.key, each]));
  const arrows = new Map(data.arrows.map((each) => [each.key, each]));
  const rounds = new Map(data.rounds.flatMap((side, isEnd) => side.map((id, at) => [id, [data.kinds[at], Boolean(isEnd)]])));
  const scene = part("g", { class: "scene" });
  for (const edge of placed.edges) scene.append(arrow(edge, arrows.get(edge.id), data.most));
  for (const edge of placed.edges) scene.append(...label(edge, arrows.get(edge.id), overlay));
  for (const node of placed.children) {
    if (rounds.has(node.id)) scene.append(round(node, ...rounds.get(node.id)));
    else scene.append(step(node, steps.get(node.id), overlay));
  }
  const title = data.titles[overlay];
  return part("svg", { class: "map by-kind", role: "group", "aria-label": title, width: "100%", height: "100%" }, part("title", {}, title), scene);
}
