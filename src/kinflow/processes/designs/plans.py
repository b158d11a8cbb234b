"""A BPMN model as what tokens are played on: the executable part, and what stands in the way of executing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..bpmn.model import ACTIVITIES, FLOW_NODES, SUBPROCESSES, Element, Model
from .compensating import undoing_of, wrongly_undone

WAITS_FOR_PEOPLE = frozenset({"task", "userTask", "manualTask"})
"""Tasks of people; all other tasks are done by the program."""


@dataclass(frozen=True)
class Node:
    """An element that a token can stand on.

    `kind` is what it does to tokens: pass, work, wait, choose, fork, include, race, inside, end, stop, fail, listen (it
    begins an event sub-process), undo (it has steps undone). `out` and `into` are ids of flows, `border` the boundary
    events on it, `scope` the sub-process it stands in ("" for none).
    """

    id: str
    kind: str
    element: Element
    scope: str = ""
    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    border: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called; its id where it has no name."""
        return self.element.name or self.element.id

    @property
    def is_aside(self) -> bool:
        """Whether no flow leads there: an event on a border, what an event begins, what undoes a step."""
        return bool(self.element.attached_to) or self.element.by_event or self.element.for_compensation

    @property
    def listens_on(self) -> bool:
        """Whether it begins an event sub-process each time that something happens."""
        return self.kind == "listen" and not self.element.interrupts and self.element.event in _EACH_TIME


@dataclass(frozen=True)
class Plan:
    """The nodes of one process by id, the ends of its flows, and where each scope begins."""

    nodes: Mapping[str, Node]
    sources: Mapping[str, str]
    targets: Mapping[str, str]
    starts: Mapping[str, tuple[str, ...]]
    before: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By flow into an inclusive gateway: the nodes from which a token can still come along it."""
    listens: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By scope the starts of its event sub-processes."""

    undoing: Mapping[str, str] = field(default_factory=dict)
    """By step what undoes it."""

    def holder_of(self, node: Node) -> str:
        """The sub-process whose token holds a token at a node; what listens stands around what it begins."""
        return self.nodes[node.scope].scope if node.kind == "listen" else node.scope


@dataclass(frozen=True)
class Fault:
    """What keeps a model from being executed: a code of `words.FAULTS`, and the element it is about."""

    code: str
    element: str = ""
    name: str = ""


_GATEWAYS = {
    "exclusiveGateway": "choose",
    "parallelGateway": "fork",
    "inclusiveGateway": "include",
    "eventBasedGateway": "race",
}
_CATCHES = frozenset({"timer", "message", "signal", "conditional"})
_EACH_TIME = frozenset({"message", "signal"})


def plan_of(model: Model, *, is_kept: bool = False) -> tuple[Plan | None, list[Fault]]:
    """The plan of a model's process, or what keeps it from being executed.

    `is_kept`: it was checked when it went into operation, and runs on whatever is asked of new ones since.
    """
    faults: list[Fault] = []
    process = _process(model, faults)
    if process is None:
        return None, faults
    inside = _inside(model, process)
    nodes = {e.id: e for e in inside}
    flows = [f for f in model.flows if f.kind == "sequenceFlow" and f.source in nodes and f.target in nodes]
    sources = {f.id: f.source for f in flows}
    targets = {f.id: f.target for f in flows}
    _join_links(nodes, sources, targets, faults)
    made = {e.id: _node(e, process, nodes, sources, targets, faults) for e in inside}
    starts = {scope: _starts(scope, made, faults) for scope in {n.scope for n in made.values()}}
    if not is_kept:
        faults += [Fault("dangling", name=note.about) for note in model.notes if note.code == "dangling"]
    for node in made.values():
        _check_ways(node, faults)
        if not is_kept:
            _check_parts(node, nodes, faults)
    undoing = undoing_of(nodes, model.flows)
    faults += [Fault(code, one.id, one.name) for code, one in wrongly_undone(nodes, model.flows, undoing)]
    plan = Plan(made, sources, targets, starts, listens=_listens(made), undoing=undoing)
    return (None, faults) if faults else (_with_before(plan), [])


def _process(model: Model, faults: list[Fault]) -> str | None:
    """The id of the process to execute."""
    holding = [
        p.id
        for p in model.processes
        if any(e.within == p.id and e.kind in FLOW_NODES for e in model.elements)
    ]
    if not holding:
        faults.append(Fault("empty"))
        return None
    if len(holding) > 1:
        faults.append(Fault("several"))
        return None
    return holding[0]


def _inside(model: Model, process: str) -> list[Element]:
    """The flow elements of the process, with those of its sub-processes."""
    scopes, found = {process}, []
    for element in model.elements:  # a sub-process stands before what is in it
        if element.within in scopes and element.kind in FLOW_NODES:
            found.append(element)
            if element.kind in SUBPROCESSES:
                scopes.add(element.id)
    return found


def _join_links(
    nodes: Mapping[str, Element], sources: dict[str, str], targets: dict[str, str], faults: list[Fault]
) -> None:
    """Let a link that throws lead to the one that catches it, as a flow of its own."""
    for element in nodes.values():
        if element.event != "link" or element.kind != "intermediateThrowEvent":
            continue
        caught = [
            e.id
            for e in nodes.values()
            if e.event == "link" and e.kind == "intermediateCatchEvent" and e.name == element.name
            and e.within == element.within
        ]  # fmt: skip
        if len(caught) != 1:
            faults.append(Fault("link", element.id, element.name))
            continue
        sources[f"link {element.id}"], targets[f"link {element.id}"] = element.id, caught[0]


def _node(
    element: Element,
    process: str,
    others: Mapping[str, Element],
    sources: Mapping[str, str],
    targets: Mapping[str, str],
    faults: list[Fault],
) -> Node:
    return Node(
        element.id,
        "listen" if _begins_by_event(element, others) else _kind(element, faults),
        element,
        "" if element.within == process else element.within,
        tuple(f for f, source in sources.items() if source == element.id),
        tuple(f for f, target in targets.items() if target == element.id),
        tuple(e.id for e in others.values() if e.attached_to == element.id and e.event != "compensate"),
    )


def _begins_by_event(element: Element, others: Mapping[str, Element]) -> bool:
    holder = others.get(element.within)
    return element.kind == "startEvent" and holder is not None and holder.by_event


def _listens(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes.values():
        if node.kind == "listen":
            scope = nodes[node.scope].scope
            found[scope] = (*found.get(scope, ()), node.id)
    return found


def _kind(element: Element, faults: list[Fault]) -> str:
    """What the element does to tokens; what is not executed is a fault."""
    kind, event = element.kind, element.event
    if kind in _GATEWAYS:
        return _GATEWAYS[kind]
    if kind == "subProcess":
        return "inside"
    if event == "compensate" and kind in ("endEvent", "intermediateThrowEvent"):
        return "undo"
    if kind == "endEvent":
        return {"terminate": "stop", "error": "fail"}.get(event, "end")
    if kind == "startEvent" or (
        kind == "intermediateThrowEvent" and event in ("", "link", "message", "signal")
    ):
        return "pass"
    if kind == "intermediateCatchEvent":
        if event in _CATCHES:
            return "wait"
        if event == "link":
            return "pass"
    if kind == "boundaryEvent" and event in _CATCHES | {"error", "compensate"}:
        return "pass"
    if kind not in SUBPROCESSES and kind.lower().endswith(("task", "activity")):
        return "wait" if kind == "receiveTask" else "work"
    faults.append(Fault("not_executed", element.id, element.name or kind))
    return "pass"


def _starts(scope: str, nodes: Mapping[str, Node], faults: list[Fault]) -> tuple[str, ...]:
    """Where a scope begins: at its only plain start event, or at what nothing leads to."""
    own = [n for n in nodes.values() if n.scope == scope]
    if scope and nodes[scope].element.by_event:
        _check_event_sub(nodes[scope], own, faults)
    starts = [n for n in own if n.element.kind == "startEvent"]
    if len(starts) > 1:
        plain = [n for n in starts if not n.element.event]
        if len(plain) != 1:
            faults.append(Fault("starts", scope))
        starts = plain[:1]
    if starts:
        return (starts[0].id,)
    first = tuple(n.id for n in own if not n.into and not n.is_aside)
    if not first:
        faults.append(Fault("no_start", scope))
    return first


def _check_event_sub(node: Node, own: list[Node], faults: list[Fault]) -> None:
    """One start that waits for something; an error interrupts; nothing leads to it, from it, or is on its border."""
    starts = [n.element for n in own if n.kind == "listen"]
    is_led = node.into or node.out or node.border or node.element.repeats
    fits = len(starts) == 1 and (
        starts[0].event in _CATCHES or (starts[0].event == "error" and starts[0].interrupts)
    )
    if is_led or not fits:
        faults.append(Fault("event_sub", node.id, node.name))


def _check_ways(node: Node, faults: list[Fault]) -> None:
    if (
        node.kind == "inside"
        and not node.is_aside
        and not node.element.name
        and not node.out
        and not node.into
    ):
        faults.append(Fault("alone", node.id, node.name))
    if node.kind == "race" and len(node.out) < 2:
        faults.append(Fault("race", node.id, node.name))


def _check_parts(node: Node, others: Mapping[str, Element], faults: list[Fault]) -> None:
    """A default is a way out; an event on a border stands on a step beside it."""
    if node.element.default and node.kind in ("choose", "include") and node.element.default not in node.out:
        faults.append(Fault("default", node.id, node.name))
    if node.element.kind != "boundaryEvent":
        return
    host = others.get(node.element.attached_to)
    if host is None or host.kind not in ACTIVITIES or host.within != node.element.within:
        faults.append(Fault("border", node.id, node.name))


def _with_before(plan: Plan) -> Plan:
    """The plan with what lies before each flow into an inclusive gateway, without passing that gateway."""
    before = {
        flow: _nodes_before(plan, flow, node.id)
        for node in plan.nodes.values()
        if node.kind == "include" and len(node.into) > 1
        for flow in node.into
    }
    return replace(plan, before=before)


def _nodes_before(plan: Plan, flow: str, join: str) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [plan.sources[flow]]
    while waiting:
        key = waiting.pop()
        if key in seen or key == join:
            continue
        seen.add(key)
        node = plan.nodes[key]
        waiting += [plan.sources[f] for f in node.into]
        if node.element.attached_to:
            waiting.append(node.element.attached_to)
    return frozenset(seen)
