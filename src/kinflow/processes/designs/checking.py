"""A design checked: whether its model can be executed, is sound, and says at each element what happens there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kinflow.kit.problem import FieldError

from ..bpmn.model import Model, Note
from .bindings import Binding, Call, wants
from .plans import Fault, Node, Plan, plan_of
from .reading_bindings import read_bindings
from .repeating import read_repeats
from .soundness import unsound

_MISSING = {
    "do": "no_do",
    "design": "no_design",
    "timer": "no_timer",
    "event": "no_event",
    "condition": "no_condition_wait",
}

_NOT_TAKEN = ("same_id", "several_events")
"""Notes of the reading that say that less would run than the file has."""


@dataclass(frozen=True)
class Checked:
    """What a design's content comes to: its plan and bindings, what is missing, and what was given wrongly; `notes` tell
    what in the file is not taken as it stands.

    Only without `faults` and `errors` can it go into operation.
    """

    plan: Plan | None
    bindings: Mapping[str, Binding]
    faults: list[Fault]
    errors: list[FieldError]
    notes: tuple[Note, ...] = ()

    @property
    def is_fit(self) -> bool:
        """Whether it can go into operation."""
        return self.plan is not None and not self.faults and not self.errors


def checked(kind: str, model: Model, given: Mapping[str, Any]) -> Checked:
    """Check a model with the bindings given, for records of the kind."""
    plan, faults = plan_of(model)
    faults += [Fault(note.code, name=note.about) for note in model.notes if note.code in _NOT_TAKEN]
    if plan is None:
        return Checked(None, {}, faults, [], model.notes)
    errors: list[FieldError] = []
    bindings = read_bindings(kind, plan, given, errors)
    read_repeats(kind, plan, faults)
    faults += unsound(model, plan)
    for node in plan.nodes.values():
        faults += _missing(node, bindings)
    return Checked(plan, bindings, faults, errors, model.notes)


def _missing(node: Node, bindings: Mapping[str, Binding]) -> list[Fault]:
    """What the node does not say."""
    if wants(node) not in ("", "task") and node.id not in bindings:
        return [Fault(_MISSING[wants(node)], node.id, node.name)]
    if node.kind not in ("choose", "include") or len(node.out) < 2:
        return []
    open_ways = [f for f in node.out if f not in bindings and f != node.element.default]
    decided_by_person = node.kind == "choose" and len(open_ways) == len(node.out)
    if not open_ways or decided_by_person:
        return []
    return [Fault("no_condition", node.id, node.name)]


def called_by(bindings: Mapping[str, Binding]) -> set[int]:
    """The designs that these bindings call."""
    return {b.design for b in bindings.values() if isinstance(b, Call)}


def calls_itself(design: int, calls: Mapping[int, set[int]]) -> bool:
    """Whether a design comes, by calls, to itself again."""
    seen: set[int] = set()
    waiting = list(calls.get(design, ()))
    while waiting:
        one = waiting.pop()
        if one == design:
            return True
        if one not in seen:
            seen.add(one)
            waiting += calls.get(one, ())
    return False
