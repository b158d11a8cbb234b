"""The places of a net for the parts of a BPMN model, and what asks for a whole scope of them to be empty."""

from collections.abc import Mapping

from ..bpmn.model import FLOW_NODES, Element, Flow, Model
from ..designs.compensating import undoing_of
from .nets import Net


class Places:
    """The net of a model while it is made: where tokens stand, what leads where, what is noted."""

    def __init__(self, model: Model, step_of: Mapping[str, str]) -> None:
        self.model = model
        self.step_of = step_of
        self.net = Net()
        self.notes: dict[tuple[str, str], int] = {}
        self.nodes = {e.id: e for e in model.elements if e.kind in FLOW_NODES}
        self.inside: dict[str, list[Element]] = {}
        for element in self.nodes.values():
            self.inside.setdefault(element.within, []).append(element)
        self.incoming: dict[str, list[Flow]] = {}
        self.outgoing: dict[str, list[Flow]] = {}
        for flow in model.flows:
            if flow.kind == "sequenceFlow" and flow.source in self.nodes and flow.target in self.nodes:
                self.incoming.setdefault(flow.target, []).append(flow)
                self.outgoing.setdefault(flow.source, []).append(flow)
        self.on_border: dict[str, list[Element]] = {}
        self.scoped: list[
            tuple[str, int, int, str, str]
        ] = []  # step, takes, puts; scopes to be empty, to be emptied
        self.undoing = undoing_of(self.nodes, model.flows)
        for element in self.nodes.values():
            if element.attached_to:
                self.on_border.setdefault(element.attached_to, []).append(element)

    def note(self, code: str, element: Element | None = None, about: str = "") -> None:
        """Take down that something is judged otherwise than it is drawn."""
        key = (code, (element.name or element.id) if element else about)
        self.notes[key] = self.notes.get(key, 0) + 1

    def _into(self, element: Element) -> int:
        return self.net.place(f"in {element.id}")

    def _on(self, flow: Flow) -> int:
        """Where a token stands on a flow: before its target, or on the flow where the target waits for several."""
        target = self.nodes[flow.target]
        waits = target.kind in ("parallelGateway", "inclusiveGateway") and len(self.incoming[target.id]) > 1
        return self.net.place(f"on {flow.id}") if waits else self._into(target)

    def _out(self, element: Element) -> int:
        """All flows out of an element."""
        puts = 0
        for flow in self.outgoing.get(element.id, []):
            puts |= self._on(flow)
        return puts | (self.net.place(f"undone {element.id}") if element.for_compensation else 0)

    def _start_of(self, element: Element) -> Element | None:
        """What begins an event sub-process."""
        starts = [e for e in self.inside.get(element.id, []) if e.kind == "startEvent"]
        return starts[0] if len(starts) == 1 else None

    def _listening(self, scope: str) -> int:
        """The places of what listens in a scope from its begin on."""
        places = 0
        for element in self.inside.get(scope, []):
            if element.by_event and self._start_of(element):
                places |= self.net.place(f"listens {element.id}")
        return places

    def _scoped_transitions(self) -> None:
        """Adds what asks for a whole scope to be empty, or empties it, now that all places are known."""
        for step, takes, puts, empty, clears in self.scoped:
            listens = self._listening(empty)
            self.net.add(
                step,
                takes,
                puts,
                empty=self._places_of(empty) & ~listens,
                clears=self._places_of(clears) | listens,
            )

    def _places_of(self, scope: str) -> int:
        if not scope:
            return 0
        places = self.net.place(f"begin {scope}")
        waiting = [scope]
        while waiting:
            for element in self.inside.get(waiting.pop(), []):
                waiting.append(element.id)
                for prefix in ("in", "done", "active", "begin", "listens", "busy", "undone"):
                    places |= self.net.places.get(f"{prefix} {element.id}", 0)
                for flow in self.outgoing.get(element.id, []):
                    places |= self.net.places.get(f"on {flow.id}", 0)
        return places
