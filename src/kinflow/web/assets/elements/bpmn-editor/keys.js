// The keyboard's way through the drawing: N goes from element to element, Enter to what can be done with it, Tab and Enter through palette and pad.

const ENTRIES = ".djs-palette .entry, .djs-context-pad .entry";

/** Make a modeler's palette and pad reachable by keys. */
export function keys(made) {
  const container = made.get("canvas").getContainer();
  const named = () => {
    for (const entry of container.querySelectorAll(ENTRIES)) {
      Object.assign(entry, { tabIndex: 0, role: "button", ariaLabel: entry.title || entry.dataset.action });
    }
  };
  for (const event of ["palette.create", "palette.changed", "contextPad.open"]) made.on(event, () => queueMicrotask(named));
  container.addEventListener("keydown", (event) => {
    const entry = event.target.closest(ENTRIES);
    if (!entry) return;
    if (event.key === "Escape") made.get("canvas").focus();
    else if (event.key === "Enter" || event.key === " ") act(made, entry, event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  made.get("keyboard").addListener(2000, ({ keyEvent }) => {
    if (keyEvent.ctrlKey || keyEvent.metaKey || keyEvent.altKey) return;
    if (keyEvent.key.toLowerCase() === "n") return next(made, keyEvent.shiftKey ? -1 : 1);
    if (keyEvent.key !== "Enter") return;
    const first = container.querySelector(".djs-context-pad .entry");
    first?.focus();
    return Boolean(first);
  });
}

function next(made, step) {
  const all = made.get("elementRegistry").filter((each) => each.parent && !each.labelTarget && !each.waypoints);
  all.sort((a, b) => a.x - b.x || a.y - b.y);
  const at = all.indexOf(made.get("selection").get()[0]);
  const to = all.at(at < 0 ? 0 : (at + step) % all.length);
  if (!to) return false;
  made.get("canvas").scrollToElement(to);
  made.get("selection").select(to);
  return true;
}

/** Do what an entry says; what it would put where the pointer is goes after the chosen element, or into the middle. */
function act(made, entry, event) {
  const name = entry.dataset.action;
  if (entry.closest(".djs-context-pad")) return made.get("contextPad").triggerEntry(name, "click", event);
  const type = TYPES[name];
  if (!type) return made.get("palette").triggerEntry(name, "click", event);
  const shape = made.get("elementFactory").createShape(type);
  const [chosen] = made.get("selection").get();
  if (chosen && !chosen.waypoints && chosen.type !== "bpmn:EndEvent") made.get("autoPlace").append(chosen, shape);
  else {
    const { x, y, width, height } = made.get("canvas").viewbox();
    made.get("modeling").createShape(shape, { x: x + width / 2, y: y + height / 2 }, made.get("canvas").getRootElement());
  }
  made.get("selection").select(shape);
  made.get("canvas").focus();
}

const TYPES = {
  "create.start-event": { type: "bpmn:StartEvent" },
  "create.intermediate-event": { type: "bpmn:IntermediateThrowEvent" },
  "create.end-event": { type: "bpmn:EndEvent" },
  "create.exclusive-gateway": { type: "bpmn:ExclusiveGateway" },
  "create.task": { type: "bpmn:Task" },
  "create.subprocess-expanded": { type: "bpmn:SubProcess", isExpanded: true },
};
