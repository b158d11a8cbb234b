"""A BPMN model taken apart, so that its ways can be led anew, and put together again without what nothing leads to."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kinflow.automation.bilingual import in_all_languages

from ..bpmn.layout import laid_out
from ..bpmn.model import FLOW_NODES, Element, Flow, Model, Names

CHOICE, SPLIT = "exclusiveGateway", "parallelGateway"
INCLUSIVE = "inclusiveGateway"
_GATEWAYS = (CHOICE, SPLIT, INCLUSIVE)
CATCH, RACE = "intermediateCatchEvent", "eventBasedGateway"
_ENDINGS = {CHOICE: "choice", CATCH: "wait"}


def _in_languages(name: Any) -> Names:
    return tuple(in_all_languages(lambda: name).items()) if name else ()


class Chart:
    """The elements and sequence flows of a model by their ids, and what they are bound to."""

    def __init__(self, model: Model, bindings: Mapping[str, Any]) -> None:
        self.model = model
        self.elements = {each.id: each for each in model.elements}
        self.flows = {each.id: each for each in model.flows}
        self.bindings: dict[str, Any] = dict(bindings)
        self.lanes = list(model.lanes)
        self.lost: list[dict[str, str]] = []
        """Names, by language, of the steps at which what other tools had said could not stay."""
        self._begins: dict[str, list[str]] = {}
        for e in self.elements.values():
            if e.kind in FLOW_NODES and (e.kind == "startEvent" or not (self.into(e.id) or e.attached_to)):
                self._begins.setdefault(e.within if e.within in self.elements else "", []).append(e.id)
        self._reached = self._reachable()

    def out(self, key: str) -> list[Flow]:
        """The flows that leave an element."""
        return [each for each in self._sequence() if each.source == key]

    def into(self, key: str) -> list[Flow]:
        """The flows that lead to an element."""
        return [each for each in self._sequence() if each.target == key]

    def border_of(self, key: str) -> list[Element]:
        """The events on the border of an element."""
        return [each for each in self.elements.values() if each.attached_to == key]

    def _sequence(self) -> Iterator[Flow]:
        return (each for each in self.flows.values() if each.kind == "sequenceFlow")

    def lead(self, flow: Flow, target: str) -> None:
        """Let a flow lead elsewhere; it stays what it is bound to."""
        self.flows[flow.id] = replace(flow, target=target)

    def leave(self, flow: Flow, source: str) -> None:
        """Let a flow leave another element."""
        self.flows[flow.id] = replace(flow, source=source)

    def end_of(self, flow: Flow) -> str:
        """Where a second flow beside this one can lead to: a gateway that would wait for both gets a choice before it."""
        target = flow.target
        if self.elements[target].kind not in (SPLIT, INCLUSIVE):
            return target
        merge = self.add(CHOICE, target)
        self.lead(flow, merge)
        self.join(merge, target)
        return merge

    def join(self, source: str, target: str, name: Any = "") -> str:
        """A new flow, with a name that is said in all languages; its id."""
        key = self._fresh(f"{source}_{target}")
        within, names = self.elements[source].within, _in_languages(name)
        self.flows[key] = Flow(key, source, target, name=str(name), within=within, names=names)
        return key

    def add(self, kind: str, beside: str, name: Any = "") -> str:
        """A new element where another one stands; its id."""
        key = self._fresh(f"{beside}_{_ENDINGS.get(kind, 'split')}")
        within, names = self.elements[beside].within, _in_languages(name)
        self.elements[key] = Element(key, kind, str(name), within, names=names)
        return key

    def change(self, key: str, **values: Any) -> None:
        """Change what an element is."""
        self.elements[key] = replace(self.elements[key], **values)

    def lay_in(self, key: str, names: Collection[str]) -> None:
        """Lay an element into the lane that is called so, where there is one; else it stays where it lies."""
        aim = next((lane.id for lane in self.lanes if lane.name in names), "")
        if aim:
            self.lanes = [
                replace(
                    lane,
                    members=(*(each for each in lane.members if each != key), *([key] * (lane.id == aim))),
                )
                for lane in self.lanes
            ]

    def lose(self, key: str) -> None:
        """Say that what other tools had said at an element could not stay."""
        element = self.elements[key]
        names = in_all_languages(lambda: element.name or key)
        self.lost.append({**names, **dict(element.names)})

    def drop_flow(self, flow: Flow) -> None:
        """Take a flow out."""
        del self.flows[flow.id]
        self.bindings.pop(flow.id, None)
        if flow.source in self.elements and self.elements[flow.source].default == flow.id:
            self.change(flow.source, default="")

    def drop(self, key: str) -> None:
        """Take an element out, with its flows, what stands on its border and what is in it."""
        for each in [f for f in self.flows.values() if key in (f.source, f.target)]:
            self.drop_flow(each)
        for border in self.border_of(key):
            self.drop(border.id)
        self.empty(key)
        self.elements.pop(key, None)
        self.bindings.pop(key, None)

    def empty(self, key: str) -> None:
        """Take out what is in a sub-process, so that it can become one step."""
        for inner in [e.id for e in self.elements.values() if e.within == key]:
            self.drop(inner)

    def _fresh(self, wish: str) -> str:
        taken, number = {*self.elements, *self.flows}, 1
        key = wish
        while key in taken:
            number += 1
            key = f"{wish}_{number}"
        return key

    def _reachable(self) -> set[str]:
        waiting = [each for each in self._begins.get("", ()) if each in self.elements]
        found = set(waiting)
        while waiting:
            key = waiting.pop()
            ahead = [f.target for f in self.out(key)]
            ahead += [e.id for e in self.border_of(key)]
            ahead += [each for each in self._begins.get(key, ()) if each in self.elements]
            fresh = [each for each in ahead if each not in found]
            found.update(fresh)
            waiting += fresh
        return found

    def tidied(self) -> Model:
        """The model with a new drawing, without what nothing leads to any more and gateways that decide nothing."""
        while self._tidy():
            pass
        kept = tuple(self.elements.values())
        lanes = tuple(
            replace(lane, members=tuple(each for each in lane.members if each in self.elements))
            for lane in self.lanes
        )
        flows = tuple(
            each
            for each in self.flows.values()
            if each.kind == "sequenceFlow" or {each.source, each.target} <= self._known()
        )
        bare = replace(self.model, elements=kept, flows=flows, lanes=lanes, boxes={}, routes={})
        return laid_out(bare)

    def _known(self) -> set[str]:
        return {*self.elements, *(each.id for each in self.model.participants)}

    def _tidy(self) -> bool:
        lost = self._reached - self._reachable()
        for key in lost & set(self.elements):
            self.drop(key)
            return True
        return any(
            self._tidy_gateway(each) for each in list(self.elements.values()) if each.kind in _GATEWAYS
        )

    def _tidy_gateway(self, gateway: Element) -> bool:
        out, seen = self.out(gateway.id), dict[str, Flow]()
        for flow in out:
            twin = seen.setdefault(flow.target, flow)
            if twin is not flow and gateway.kind == CHOICE:
                self.drop_flow(twin if gateway.default == flow.id else flow)
                return True
            straight = self.elements[flow.target].kind == SPLIT == gateway.kind
            if straight and len(out) > 1 and len(self.into(flow.target)) > 1:
                self.drop_flow(flow)
                return True
        if len(out) == 1:
            self.bindings.pop(out[0].id, None)
            if gateway.default:
                self.change(gateway.id, default="")
            into = self.into(gateway.id)
            if len(into) == 1 and into[0].source != gateway.id:
                self.lead(into[0], out[0].target)
                self.drop(gateway.id)
                return True
        return False
