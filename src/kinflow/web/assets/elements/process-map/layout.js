// Where steps and arrows stand: ELK's layered layout, counted in a worker so that the page stays quick.

import ELK from "elkjs/lib/elk-api.js";
import worker from "elkjs/lib/elk-worker.min.js?url";

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "SPLINES",
  "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.layered.spacing.nodeNodeBetweenLayers": "15",
  "elk.layered.spacing.edgeNodeBetweenLayers": "12",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
  "elk.spacing.nodeNode": "36",
  "elk.spacing.edgeNode": "20",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeLabel": "2",
  "elk.spacing.nodeSelfLoop": "14",
  "elk.padding": "[top=20,left=20,bottom=20,right=20]",
};
const ROUND = 22;
const HEIGHT = 38;
export const START = "\u25B6";
export const END = "\u25A0";

let engine;
let ruler;
const known = new WeakMap();

/** The width of words as they are drawn, in pixels. */
function width(words, font) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  return Math.ceil(1.06 * ruler.measureText(words).width); // figures of one width are wider than measured
}

function box(step) {
  return { id: step.key, width: Math.max(step.least ?? 108, width(step.label, "600 12.5px") + 28), height: HEIGHT };
}

/** What is placed; `rounds` are where things begin and end, if it is not the one start and the one end of cases. */
function graph({ steps, arrows, rounds: [begins, ends] = [[START], [END]] }, level, overlay) {
  const shown = steps.filter((step) => step.level <= level);
  const round = (id) => ({ id, width: ROUND, height: ROUND });
  return {
    id: "map",
    layoutOptions: OPTIONS,
    children: [...begins.map(round), ...shown.map(box), ...ends.map(round)],
    edges: arrows.filter((arrow) => arrow.level <= level).map((arrow) => ({
      id: arrow.key,
      sources: [arrow.from ?? START],
      targets: [arrow.to ?? END],
      labels: [{ text: arrow.words[overlay], width: width(arrow.words[overlay], "400 11px") + 12, height: 15 }],
      layoutOptions: { "elk.layered.priority.straightness": String(arrow.level === 0 ? 10 : 1) },
    })),
  };
}

/** The placed graph of what is shown at a level; the same is counted once. */
export async function layout(data, level, overlay) {
  engine ??= new ELK({ workerFactory: () => new Worker(worker) });
  if (!known.has(data)) known.set(data, new Map());
  const [kept, key] = [known.get(data), `${level} ${overlay}`];
  if (!kept.has(key)) kept.set(key, engine.layout(graph(data, level, overlay)));
  return kept.get(key);
}
