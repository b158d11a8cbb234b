"""Who does the steps of a design, and which step of a person follows which."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...bpmn.model import ACTIVITIES, Element, Model
from ..bindings import Automatic, Binding, Task
from ..plans import WAITS_FOR_PEOPLE

OWNER = "owner"


@dataclass(frozen=True)
class Drawn:
    """A design as it is looked at: its model and what its elements are bound to."""

    model: Model
    bindings: Mapping[str, Binding]

    @cached_property
    def people(self) -> tuple[Element, ...]:
        """The steps that people do."""
        return tuple(each for each in self.model.elements if self.is_of_people(each))

    def is_of_people(self, element: Element) -> bool:
        """Whether a person does it: a task of a person that no steps of the program stand for."""
        return element.kind in WAITS_FOR_PEOPLE and not isinstance(self.bindings.get(element.id), Automatic)

    def task(self, element: Element) -> Task:
        """What a step of a person is bound to; the usual task where nothing is said."""
        bound = self.bindings.get(element.id)
        return bound if isinstance(bound, Task) else Task()

    @cached_property
    def lane_of(self) -> Mapping[str, str]:
        """By element the innermost lane that it stands in."""
        depth = {lane.id: 0 for lane in self.model.lanes}
        parents = {lane.id: lane.parent for lane in self.model.lanes}
        for key in depth:
            above = parents[key]
            while above in parents and depth[key] < len(parents):
                depth[key] += 1
                above = parents[above]
        found: dict[str, str] = {}
        for lane in sorted(self.model.lanes, key=lambda each: depth[each.id]):
            found |= dict.fromkeys(lane.members, lane.id)
        return found

    def hand(self, element: Element) -> str:
        """Whose hand a step of a person is in: its lane's, the record owner's, or of whom the scoring finds for it.

        Two steps that the scoring finds somebody for, each for itself, are in two hands.
        """
        if element.id in self.lane_of:
            return f"lane {self.lane_of[element.id]}"
        return OWNER if self.task(element).assign == OWNER else f"scoring {element.id}"

    @cached_property
    def after(self) -> Mapping[str, Sequence[str]]:
        """By element where its flows lead; what is on a step's border follows the step, and a sub-process is gone
        through."""
        found: dict[str, list[str]] = {}
        for flow in self.model.flows:
            if flow.kind == "sequenceFlow":
                found.setdefault(flow.source, []).append(flow.target)
        for each in self.model.elements:
            if each.attached_to:
                found.setdefault(each.attached_to, []).append(each.id)
        entered = {flow.target for flow in self.model.flows if flow.kind == "sequenceFlow"}
        for sub in self.model.elements:
            if inner := [each for each in self.model.elements if each.within == sub.id]:
                on = found.pop(sub.id, [])
                found[sub.id] = [e.id for e in inner if e.id not in entered and not e.attached_to]
                found |= {e.id: on for e in inner if e.id not in found}
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Element]:
        """The elements by their ids."""
        return {each.id: each for each in self.model.elements}

    def next_of_people(self, start: str) -> list[Element]:
        """The steps of people that come next after an element, over all that is not one."""
        return self.reached([start], lambda each: self.is_of_people(each))

    def reached(self, starts: Iterable[str], is_wanted: Callable[[Element], bool]) -> list[Element]:
        """The first wanted elements on all ways after these, in the order of the file."""
        waiting = [to for start in starts for to in self.after.get(start, ())]
        seen: set[str] = set()
        found: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key in seen or key not in self.by_id:
                continue
            seen.add(key)
            if is_wanted(self.by_id[key]):
                found.add(key)
            else:
                waiting += self.after.get(key, ())
        return [each for each in self.model.elements if each.id in found]

    @cached_property
    def pairs(self) -> tuple[tuple[Element, Element], ...]:
        """Steps of people and those that come next, without what comes back to itself."""
        return tuple(
            (each, other)
            for each in self.people
            for other in self.next_of_people(each.id)
            if other.id != each.id
        )

    @cached_property
    def work(self) -> tuple[Element, ...]:
        """All steps, of people and of the program."""
        return tuple(each for each in self.model.elements if each.kind in ACTIVITIES)
