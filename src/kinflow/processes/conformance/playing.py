"""A BPMN model to the net that its tokens are played on, with notes on what is judged otherwise than drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from ..bpmn.model import SUBPROCESSES, Element, Flow, Model, Note
from ..designs.compensating import undone_by
from .nets import Net
from .places import Places

MOST_INCLUSIVE = 6


@dataclass(frozen=True)
class Playable:
    """The net of a model, and what it does not say exactly."""

    net: Net
    notes: tuple[Note, ...]


def playable(model: Model, step_of: Mapping[str, str]) -> Playable:
    """The net; `step_of` names the step of the log that an element stands for: other elements are silent."""
    return _Player(model, step_of).play()


class _Player(Places):
    def play(self) -> Playable:
        for process in self.model.processes:
            if self._has_steps(process.id):
                self.net.initial |= self._scope(process.id) | self._listening(process.id)
                self._end_listening(process.id)
            elif self.inside.get(process.id):
                self.note("other_process", about=process.name)
        for flow in self.model.flows:
            if flow.condition:
                self.note("condition", about=flow.name)
        self._scoped_transitions()
        return Playable(self.net, tuple(Note(code, about, n) for (code, about), n in self.notes.items()))

    def _has_steps(self, scope: str) -> bool:
        waiting = [scope]
        while waiting:
            for element in self.inside.get(waiting.pop(), []):
                if element.id in self.step_of:
                    return True
                waiting.append(element.id)
        return False

    def _scope(self, scope: str) -> int:
        """Plays what stands in a process or sub-process; the place where it begins."""
        begin = self.net.place(f"begin {scope}")
        elements = self.inside.get(scope, [])
        starts = [e for e in elements if e.kind == "startEvent"]
        for start in starts:
            self.net.add("", begin, self._into(start))
        if not starts:
            first = [
                e
                for e in elements
                if not self.incoming.get(e.id)
                and not e.attached_to
                and not e.by_event
                and not e.for_compensation
                and not _catches_link(e)
            ]
            puts = 0
            for element in first:
                puts |= self._into(element)
            self.net.add("", begin, puts)
        for element in elements:
            self._element(element)
        return begin

    def _element(self, element: Element) -> None:
        if element.by_event and element.kind in SUBPROCESSES:
            self._event_subprocess(element)
        elif element.kind.endswith("Gateway"):
            self._gateway(element)
        elif element.kind == "boundaryEvent":
            if element.event == "compensate" and element.attached_to not in self.undoing:
                self.note("compensation", element)
        elif element.kind == "endEvent" and element.event == "terminate":
            self.scoped.append(("", self._into(element), 0, "", element.within))
        elif element.kind in SUBPROCESSES and self.inside.get(element.id):
            self._subprocess(element)
        elif element.event == "link" and not self.outgoing.get(element.id):
            self._link(element)
        else:
            self._step(element)

    def _step(self, element: Element) -> None:
        """A step or an event: done once, or again and again where it repeats; left early by what happens on its
        border.
        """
        step = self.step_of.get(element.id, "")
        into, out = self._into(element), self._out(element)
        border = [e for e in self.on_border.get(element.id, []) if e.event != "compensate"]
        if element.event == "compensate":
            self._undo(element)
        if not border and not element.repeats:
            self.net.add(step, into, out)
            return
        done = self.net.place(f"done {element.id}")
        self.net.add(step, into, done)
        self.net.add("", done, out)
        if element.repeats:
            self.net.add("", done, into)
        if element.asks_first:
            self.net.add("", into, done)
        for event in border:
            happens = self.step_of.get(event.id, "")
            if event.interrupts:
                self.net.add(happens, into, self._out(event))
                self.net.add(happens, done, self._out(event))
            else:
                self.net.add(happens, done, out | self._out(event))

    def _undo(self, element: Element) -> None:
        """Any step that can be undone there may be, one after the other."""
        into, busy = self._into(element), self.net.place(f"busy {element.id}")
        for handler in undone_by(self.nodes, self.undoing, element):
            self.net.add("", into, busy | self.net.place(f"in {handler}"))
            self.net.add("", busy | self.net.place(f"undone {handler}"), into)

    def _subprocess(self, element: Element) -> None:
        into, out = self._into(element), self._out(element)
        active = self.net.place(f"active {element.id}")
        if element.kind == "adHocSubProcess":
            self.note("ad_hoc", element)
            self.net.add("", into, active)
            self.net.add("", active, out)
            for inner in self.inside[element.id]:
                if inner.id in self.step_of:
                    self.net.add(self.step_of[inner.id], active, active)
            return
        begin = self._scope(element.id) | self._listening(element.id)
        self.net.add("", into, active | begin)
        self.scoped.append(("", active, out, element.id, ""))
        if element.repeats:
            self.scoped.append(("", active, into, element.id, ""))
        for event in self.on_border.get(element.id, []):
            if event.event == "compensate":
                continue
            happens = self.step_of.get(event.id, "")
            if event.interrupts:
                self.scoped.append((happens, active, self._out(event), "", element.id))
            else:
                self.scoped.append((happens, active, out | self._out(event), element.id, ""))

    def _end_listening(self, process: str) -> None:
        """What listens ends with the process."""
        for element in self.inside.get(process, []):
            if listens := self.net.places.get(f"listens {element.id}", 0):
                self.scoped.append(("", listens, 0, process, ""))

    def _event_subprocess(self, element: Element) -> None:
        """Begins at any time while its scope goes on: instead of all else there, or beside it, one after the other."""
        start = self._start_of(element)
        if start is None:
            self.note("event_subprocess", element)
            return
        listens, active = self.net.place(f"listens {element.id}"), self.net.place(f"active {element.id}")
        for inner in self.inside[element.id]:
            self._element(inner)
        begun = active | self._into(start) | self._listening(element.id)
        self.scoped.append(("", listens, begun, "", element.within if start.interrupts else ""))
        self.scoped.append(("", active, 0 if start.interrupts else listens, element.id, ""))

    def _gateway(self, element: Element) -> None:
        flows = self.outgoing.get(element.id, [])
        before = self.incoming.get(element.id, [])
        several = element.kind in ("parallelGateway", "inclusiveGateway") and len(before) > 1
        takes = 0
        for flow in before:
            takes |= self._on(flow)
        middle = self._into(element)
        too_wide = element.kind == "inclusiveGateway" and max(len(flows), len(before)) > MOST_INCLUSIVE
        if element.kind == "complexGateway":
            self.note("complex", element)
        if too_wide:
            self.note("inclusive", element)
        if several and element.kind == "parallelGateway":
            self.net.add("", takes, middle)
        elif several and too_wide:
            for flow in before:
                self.net.add("", self._on(flow), middle)
        elif several:
            self._inclusive_join(element, before, middle)
        if element.kind == "parallelGateway" or not flows:
            self.net.add("", middle, self._out(element))
        elif element.kind == "inclusiveGateway" and not too_wide:
            for chosen in _subsets(flows):
                puts = 0
                for flow in chosen:
                    puts |= self._on(flow)
                self.net.add("", middle, puts)
        else:
            for flow in flows:
                self.net.add("", middle, self._on(flow))

    def _inclusive_join(self, element: Element, before: list[Flow], middle: int) -> None:
        """Waits for all tokens that can still come, as BPMN 2.0 (13.4.3) says: by ways to flows not yet reached only."""
        ways = {flow.id: self._ways_to(flow, element) for flow in before}
        for chosen in _subsets(before):
            takes = reached = missing = 0
            for flow in before:
                if flow in chosen:
                    takes |= self._on(flow)
                    reached |= ways[flow.id]
                else:
                    missing |= ways[flow.id]
            self.net.add("", takes, middle, empty=missing & ~reached & ~takes)

    def _ways_to(self, flow: Flow, join: Element) -> int:
        """The places from which a token can come along a flow, without passing the gateway."""
        places = self._on(flow)
        seen = {join.id}
        waiting = [flow.source]
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            node = self.nodes[key]
            places |= self._into(node)
            if node.attached_to:
                waiting.append(node.attached_to)
            if node.kind in SUBPROCESSES and self.inside.get(node.id):
                places |= self.net.place(f"active {node.id}")
            if node.repeats or self.on_border.get(node.id):
                places |= self.net.place(f"done {node.id}")
            for earlier in self.incoming.get(key, []):
                places |= self._on(earlier)
                waiting.append(earlier.source)
        return places

    def _link(self, element: Element) -> None:
        """Goes on at the link of the same name."""
        for other in self.inside.get(element.within, []):
            if other.event == "link" and other.name == element.name and _catches_link(other):
                self.net.add("", self._into(element), self._into(other))
                return
        self.net.add("", self._into(element), 0)


def _catches_link(element: Element) -> bool:
    return element.event == "link" and element.kind == "intermediateCatchEvent"


def _subsets(flows: list[Flow]) -> list[tuple[Flow, ...]]:
    return [chosen for count in range(1, len(flows) + 1) for chosen in combinations(flows, count)]
