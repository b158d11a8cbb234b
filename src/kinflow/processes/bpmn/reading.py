"""BPMN 2.0 XML to a model, with a list of what was not taken as it stands."""

from collections import Counter
from typing import TypeVar

from lxml import etree

from .boxes import boxes_and_routes
from .foreign import Keeping
from .model import (
    BESIDE,
    FLOW_NODES,
    SUBPROCESSES,
    Element,
    Flow,
    Lane,
    Model,
    Note,
    Participant,
    Process,
)
from .names import names_on
from .nodes import (
    LOOP,
    READ_OF_REPEATS,
    SEVERAL,
    asks_first,
    how_repeated,
    local,
    of_compensation,
    of_repeats,
    plain,
    text_of,
    times_of,
)
from .xml import LONGEST_NAME, LONGEST_TEXT, MODEL, MOST_ELEMENTS, MOST_FLOWS, NotBpmn, parsed

_T = TypeVar("_T", Element, Lane, Participant, Flow)

DATA_FLOWS = {"dataInputAssociation", "dataOutputAssociation"}
FLOWS = {"sequenceFlow", "messageFlow", "association"}
# what says how a part is meant, or only serves the execution by the tool that wrote it
READ_WITH_THEIR_OWNER = {
    "incoming", "outgoing", "flowNodeRef", "text", "script", "conditionExpression", "laneSet", "childLaneSet", "lane",
    "participant", "process", "collaboration", "definitions", "category", "categoryValue", "sourceRef", "targetRef",
    LOOP, SEVERAL, "dataStore", "message", "signal", "error",
    "escalation", "itemDefinition", "documentation",
}  # fmt: skip


def read_bpmn(content: bytes) -> Model:
    """The model of a .bpmn file of any vendor. Raises NotBpmn."""
    return _Reading(parsed(content)).model()


def read_given(content: bytes) -> Model:
    """The model of a file that somebody gives, if it is not larger than anybody could look at. Raises NotBpmn."""
    model = read_bpmn(content)
    parts: list[Process | Participant | Lane | Element] = [
        *model.processes, *model.participants, *model.lanes, *model.elements,
    ]  # fmt: skip
    if len(parts) > MOST_ELEMENTS or len(model.flows) > MOST_FLOWS:
        raise NotBpmn("too_large")
    for part in (*parts, *model.flows):
        is_text = isinstance(part, Element) and part.kind in BESIDE
        most = LONGEST_TEXT if is_text else LONGEST_NAME
        if len(part.name) > most or any(len(name) > most for _language, name in part.names):
            raise NotBpmn("long_name", part.name[:40])
    return model


class _Reading:
    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.processes: list[Process] = []
        self.participants: list[Participant] = []
        self.lanes: list[Lane] = []
        self.elements: list[Element] = []
        self.flows: list[Flow] = []
        self.skipped: Counter[tuple[str, str]] = Counter()
        self.made = 0
        self.keeping = Keeping(root)
        self.errors = {
            node.get("id", ""): node.get("errorCode", "").strip() or node.get("id", "")
            for node in root.iterchildren(f"{{{MODEL}}}error")
        }
        self.categories = {
            node.get("id", ""): node.get("value", "") for node in root.iter(f"{{{MODEL}}}categoryValue")
        }

    def model(self) -> Model:
        for child in self.root.iterchildren(f"{{{MODEL}}}collaboration"):
            self._collaboration(child)
        for child in self.root:
            match local(child):
                case "process":
                    self._process(child)
                case other if other and other not in READ_WITH_THEIR_OWNER and other != "extensionElements":
                    self.skipped["not_read", other] += 1
        if not self.processes and not self.participants:
            raise NotBpmn("no_process")
        beside = self.keeping.at(self.root)
        self._count_unread()
        self._drop_dangling()
        boxes, routes = boxes_and_routes(self.root)
        known = {element.id for element in self.elements} | {lane.id for lane in self.lanes}
        known |= {participant.id for participant in self.participants}
        flows = {flow.id for flow in self.flows}
        return Model(
            name=self.root.get("name", ""),
            processes=tuple(self.processes),
            participants=tuple(self.participants),
            lanes=tuple(self.lanes),
            elements=tuple(self.elements),
            flows=tuple(self.flows),
            boxes={key: box for key, box in boxes.items() if key in known},
            routes={key: route for key, route in routes.items() if key in flows},
            exporter=self.root.get("exporter", ""),
            foreign=beside,
            spaces=self.keeping.spaces(),
            notes=tuple(
                Note(code, about, count) for (code, about), count in sorted(self.skipped.items()) if count
            ),
        )

    def _id(self, node: etree._Element) -> str:
        """Its id; one of our own where it has none."""
        self.made += 1
        return node.get("id") or f"made_{self.made}"

    def _process(self, node: etree._Element) -> None:
        key = self._id(node)
        process = Process(key, node.get("name", ""), names_on(node), self.keeping.at(node, key))
        self.processes.append(process)
        for lane_set in node.iterchildren(f"{{{MODEL}}}laneSet"):
            self._lanes(lane_set, process.id, "")
        self._content(node, process.id)

    def _lanes(self, lane_set: etree._Element, process: str, parent: str) -> None:
        for node in lane_set.iterchildren(f"{{{MODEL}}}lane"):
            members = tuple(plain(text_of(ref)) for ref in node.iterchildren(f"{{{MODEL}}}flowNodeRef"))
            key, name = self._id(node), node.get("name", "")
            kept = self.keeping.at(node, key)
            lane = Lane(key, process, name, members, parent, names_on(node), kept)
            self.lanes.append(lane)
            for inner in node.iterchildren(f"{{{MODEL}}}childLaneSet"):
                self._lanes(inner, process, lane.id)

    def _collaboration(self, node: etree._Element) -> None:
        for child in node:
            kind = local(child)
            if kind == "participant":
                key, name, process = self._id(child), child.get("name", ""), plain(child.get("processRef"))
                kept = self.keeping.at(child, key)
                self.participants.append(Participant(key, name, process, names_on(child), kept))
            elif kind in FLOWS:
                self._flow(child, kind, "")
            elif kind in BESIDE:
                self._element(child, kind, "")
            elif kind and kind != "extensionElements":
                self.skipped["not_read", kind] += 1

    def _content(self, owner: etree._Element, within: str) -> None:
        """What stands in a process or sub-process; walked with a stack, since files may nest as deep as they like."""
        waiting = [(owner, within)]
        while waiting:
            holder, inside = waiting.pop()
            for node in holder:
                kind = local(node)
                if kind in FLOW_NODES or kind in BESIDE:
                    element = self._element(node, kind, inside)
                    if kind in SUBPROCESSES:
                        waiting.append((node, element.id))
                elif kind in FLOWS:
                    self._flow(node, kind, inside)

    def _element(self, node: etree._Element, kind: str, within: str) -> Element:
        key = self._id(node)
        element = Element(
            id=key,
            kind=kind,
            name=self._name(node, kind),
            within=within,
            event=self._event(node),
            attached_to=plain(node.get("attachedToRef")),
            interrupts=node.get("cancelActivity", node.get("isInterrupting", "true")) != "false",
            repeats=how_repeated(node),
            times=times_of(node),
            until=of_repeats(node, "completionCondition"),
            again=of_repeats(node, "loopCondition"),
            asks_first=asks_first(node),
            by_event=node.get("triggeredByEvent") == "true",
            script=text_of(node.find(f"{{{MODEL}}}script")),
            default=plain(node.get("default")),
            code=self._code(node),
            for_compensation=node.get("isForCompensation") == "true",
            undoes=plain(of_compensation(node, "activityRef")),
            awaits=of_compensation(node, "waitForCompletion") != "false",
            names=names_on(node) if kind not in ("textAnnotation", "group") else (),
            foreign=self.keeping.at(node, key),
        )
        self.elements.append(element)
        if element.script:
            self.skipped["script", element.name or element.id] += 1
        for child in node:
            if local(child) in DATA_FLOWS:
                self._data_flow(child, element.id, within)
        return element

    def _name(self, node: etree._Element, kind: str) -> str:
        if kind == "textAnnotation":
            return text_of(node.find(f"{{{MODEL}}}text"))
        if kind == "group":
            return self.categories.get(plain(node.get("categoryValueRef")), "")
        return " ".join(node.get("name", "").split())

    def _event(self, node: etree._Element) -> str:
        found = [
            local(child)[: -len("EventDefinition")]
            for child in node
            if local(child).endswith("EventDefinition")
        ]
        if len(found) > 1:
            self.skipped["several_events", node.get("name") or node.get("id") or ""] += 1
        return found[0] if found else ""

    def _code(self, node: etree._Element) -> str:
        """The code of the error that an event throws or catches; its id where the error has no code."""
        told = node.find(f"{{{MODEL}}}errorEventDefinition")
        named = plain(told.get("errorRef")) if told is not None else ""
        return self.errors.get(named, named)

    def _flow(self, node: etree._Element, kind: str, within: str) -> None:
        key = self._id(node)
        self.flows.append(
            Flow(
                key,
                plain(node.get("sourceRef")),
                plain(node.get("targetRef")),
                kind,
                " ".join(node.get("name", "").split()),
                text_of(node.find(f"{{{MODEL}}}conditionExpression")),
                within,
                names_on(node),
                self.keeping.at(node, key),
            )
        )

    def _data_flow(self, node: etree._Element, owner: str, within: str) -> None:
        kind = local(node)
        refs = {local(child): plain(text_of(child)) for child in node}
        source = refs.get("sourceRef", "") if kind == "dataInputAssociation" else owner
        target = owner if kind == "dataInputAssociation" else refs.get("targetRef", "")
        key = self._id(node)
        kept = self.keeping.at(node, key)
        self.flows.append(Flow(key, source, target, kind, within=within, foreign=kept))

    def _count_unread(self) -> None:
        """Counts what vendors added where nothing is kept, and parts of BPMN that are neither kept nor drawn."""
        for kind, many in self.keeping.left_out():
            self.skipped["extension", kind] += many
        for node in self.root.iter():
            kind = local(node)
            parent = node.getparent()
            if parent is not None and local(parent) in (SEVERAL, LOOP) and kind not in ("", *READ_OF_REPEATS):
                self.skipped["not_read", kind] += 1
            if (
                kind
                and parent is not None
                and (local(parent) in SUBPROCESSES | {"process"} or local(parent) in FLOW_NODES)
                and not kind.endswith("EventDefinition")
                and kind not in FLOW_NODES | BESIDE | FLOWS | DATA_FLOWS | READ_WITH_THEIR_OWNER
                and kind != "extensionElements"
            ):
                self.skipped["not_read", kind] += 1

    def _drop_dangling(self) -> None:
        """Leaves out flows without ends, and things of the same id after the first."""
        processes = {process.id for process in self.processes}
        self.elements = self._first_of_each(self.elements, set(processes))  # none holds what it stands in
        seen = {element.id for element in self.elements}
        self.lanes = self._first_of_each(self.lanes, seen)
        self.participants = self._first_of_each(self.participants, seen)
        ends, flows = seen | processes, []
        for flow in self._first_of_each(self.flows, seen):
            if flow.source in ends and flow.target in ends:
                flows.append(flow)
            elif flow.kind not in DATA_FLOWS:  # those may lead to the inputs of a call, which are not drawn
                self.skipped["dangling", flow.name or flow.id] += 1
        self.flows = flows

    def _first_of_each(self, things: list[_T], seen: set[str]) -> list[_T]:
        kept = []
        for thing in things:
            if thing.id in seen:
                self.skipped["same_id", thing.id] += 1
            else:
                seen.add(thing.id)
                kept.append(thing)
        return kept
