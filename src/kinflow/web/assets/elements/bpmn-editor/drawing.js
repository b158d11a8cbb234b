// bpmn-js set up for the editor: its words, its colours from the page's tokens, what it tells and what can be asked of it.

import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "./drawing.css";
import Modeler from "bpmn-js/lib/Modeler.js";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer.js";
import { keys } from "./keys.js";

const COLOURS = { defaultFillColor: "var(--surface)", defaultStrokeColor: "var(--ink-2)", defaultLabelColor: "var(--ink)" };
const MARGIN = 20; // pixels around the whole drawing

/** A drawing in the container; `words` are bpmn-js's English words and those to show, `only` shows without changing. */
export function begin(container, words, only) {
  const translate = (text, values = {}) => (words[text] ?? text).replace(/{([^}]+)}/g, (all, key) => values[key] ?? all);
  const made = new (only ? NavigatedViewer : Modeler)({
    container,
    bpmnRenderer: COLOURS,
    textRenderer: { defaultStyle: { fontFamily: getComputedStyle(container).fontFamily, fontSize: 12 } },
    additionalModules: [{ translate: ["value", translate] }],
  });
  return new Drawing(made, only);
}

class Drawing {
  #marked = [];

  constructor(made, only) {
    this.made = made;
    this.steps = 0;
    if (!only) keys(made);
  }

  on(what, then) {
    if (what === "changed") this.made.on("commandStack.changed", ({ trigger }) => {
      if (trigger === "clear") return;
      this.steps += 1;
      then();
    });
    else this.made.on("selection.changed", ({ newSelection }) => {
      this.chosen = newSelection.length === 1 ? idOf(newSelection[0]) : null;
      if (this.chosen) then(this.chosen);
    });
    if (what === "chosen" && !this.made.get("selection", false)) this.made.on("element.click", ({ element }) => then((this.chosen = idOf(element))));
  }

  async open(xml) {
    await this.made.importXML(xml);
    this.fit();
  }

  async xml() {
    return (await this.made.saveXML({ format: true })).xml;
  }

  /** Mark the elements at which something is wrong: a coloured border, and a sign so that colour alone need not be seen. */
  mark(elements) {
    const [canvas, overlays, known] = ["canvas", "overlays", "elementRegistry"].map((name) => this.made.get(name));
    overlays.remove({ type: "fault" });
    for (const id of this.#marked) if (known.get(id)) canvas.removeMarker(id, "is-faulty");
    this.#marked = [...new Set(elements)].filter((id) => known.get(id));
    for (const id of this.#marked) {
      canvas.addMarker(id, "is-faulty");
      const html = Object.assign(document.createElement("span"), { className: "editor-fault", textContent: "!" });
      html.ariaHidden = "true";
      if (!known.get(id).waypoints) overlays.add(id, "fault", { position: { top: -10, right: 10 }, html });
    }
  }

  has(id) {
    return Boolean(this.made.get("elementRegistry").get(id));
  }

  /** What kind of element it is, and what its event is about, as in a file: "serviceTask:", "boundaryEvent:timer". */
  kindOf(id) {
    const drawn = this.made.get("elementRegistry").get(id)?.businessObject;
    const named = (part) => (part ? part.$type.replace("bpmn:", "").replace("EventDefinition", "").replace(/^./, (first) => first.toLowerCase()) : "");
    return drawn ? `${named(drawn)}:${named(drawn.eventDefinitions?.[0])}` : "";
  }

  /** Take over how often a step is done, as the form beside the drawing keeps it. */
  repeat(id, told) {
    const element = this.made.get("elementRegistry").get(id);
    const [make, modeling] = [this.made.get("bpmnFactory", false), this.made.get("modeling", false)];
    if (!element || !modeling) return;
    const { how, times, until, again, asksFirst } = told;
    if (repeatsOf(element.businessObject.loopCharacteristics) === [how, times, until, again, asksFirst !== undefined].join("\n")) return;
    const text = (body) => (body ? make.create("bpmn:FormalExpression", { body }) : undefined);
    const kinds = {
      "": () => undefined,
      loop: () => make.create("bpmn:StandardLoopCharacteristics", { testBefore: asksFirst !== undefined, loopMaximum: Number(times) || undefined, loopCondition: text(again) }),
    };
    const several = () => make.create("bpmn:MultiInstanceLoopCharacteristics", { isSequential: how === "sequential", loopCardinality: text(times), completionCondition: text(until) });
    modeling.updateProperties(element, { loopCharacteristics: (kinds[how] ?? several)() });
  }

  goTo(id) {
    const element = this.made.get("elementRegistry").get(id);
    if (!element) return;
    this.made.get("canvas").scrollToElement(element);
    this.made.get("selection", false)?.select(element);
    this.made.get("canvas").focus?.();
  }

  fit() {
    const canvas = this.made.get("canvas");
    const { inner, outer } = canvas.viewbox();
    const palette = canvas.getContainer().querySelector(".djs-palette"); // it lies on the drawing
    const left = (palette ? palette.offsetLeft + palette.offsetWidth : 0) + MARGIN;
    const wide = outer.width - left - MARGIN;
    const scale = Math.min(1, wide / inner.width, (outer.height - 2 * MARGIN) / inner.height);
    canvas.viewbox({
      x: inner.x - (left + (wide - inner.width * scale) / 2) / scale,
      y: inner.y - (outer.height / scale - inner.height) / 2,
      width: outer.width / scale,
      height: outer.height / scale,
    });
  }

  undo() {
    this.made.get("commandStack").undo();
  }

  redo() {
    this.made.get("commandStack").redo();
  }

  get canUndo() {
    return this.made.get("commandStack").canUndo();
  }

  get canRedo() {
    return this.made.get("commandStack").canRedo();
  }

  destroy() {
    this.made.destroy();
  }
}

/** How often a step is done, as a text to compare: how, how often, enough when, again while, whether that is asked first. */
function repeatsOf(marker) {
  if (!marker) return ["", "", "", "", false].join("\n");
  if (marker.$type === "bpmn:StandardLoopCharacteristics") return ["loop", marker.loopMaximum ?? "", "", marker.loopCondition?.body ?? "", Boolean(marker.testBefore)].join("\n");
  return [marker.isSequential ? "sequential" : "parallel", marker.loopCardinality?.body ?? "", marker.completionCondition?.body ?? "", "", false].join("\n");
}

function idOf(element) {
  return element.labelTarget?.id ?? element.id;
}
