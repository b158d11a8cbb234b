"""Which events are which steps: the first step that an event fits is what was done.

A step is met on three levels. On the finest, a step with a `detail` is told apart by that field's value
("…:discount_approval=refused"); on the middle one it is the step alone; on the coarsest it is the phase it belongs to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["details", "steps", "phases"]
LEVELS: tuple[Level, ...] = ("details", "steps", "phases")
OF_ACTIVITY = ("topic", "kind")
"""Fields of the activity that an entry mentions; all others are fields of the event."""
IS = "="
"""What stands between a step and its detail; keys have none."""


@dataclass(frozen=True)
class Step:
    """One step.

    `where` are values that fields of the event must have; `each` is a field whose every value is a step of its own;
    `begins` is the event that told when the same activity was begun. `outcome` says what it means for the case: "good" or
    "bad" ends, "again" where a case that had ended goes on.
    """

    key: str
    event: str
    name: str
    name_zh: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    each: str = ""
    detail: str = ""
    begins: str = ""
    phase: str = ""
    outcome: str = ""

    def fits(self, event: str, values: Mapping[str, str]) -> bool:
        """Whether an event with these values is this step."""
        return event == self.event and all(
            values.get(name, "") == wanted for name, wanted in self.where.items()
        )

    def told(self, values: Mapping[str, str]) -> str:
        """The step's key on the finest level."""
        own = f"{self.key}:{_plain(values.get(self.each, ''))}" if self.each else self.key
        detail = _plain(values.get(self.detail, "")) if self.detail else ""
        return f"{own}{IS}{detail}" if detail else own

    def owns(self, key: str) -> bool:
        """Whether a key of the middle level is this step's."""
        return key == self.key or (bool(self.each) and key.startswith(f"{self.key}:"))


def _plain(value: str) -> str:
    return value.replace(IS, "-")[:80]


def steps_of(kept: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps of a process as values."""
    return tuple(Step(**each) for each in kept)


def fields_of(steps: Sequence[Step]) -> tuple[str, ...]:
    """The fields that decide which step an event is."""
    named = {name for step in steps for name in (*step.where, step.each, step.detail) if name}
    return tuple(sorted(named))


def events_of(steps: Sequence[Step]) -> list[str]:
    """The events that the steps are made of."""
    return sorted({name for step in steps for name in (step.event, step.begins) if name})


def told_of(steps: Sequence[Step], event: str, values: Mapping[str, str]) -> str:
    """The finest key of the step that an event is; "" for none."""
    return next((step.told(values) for step in steps if step.fits(event, values)), "")


def step_key(key: str) -> str:
    """The middle level of a key of the finest."""
    return key.partition(IS)[0]


def step_named(steps: Sequence[Step], key: str) -> Step | None:
    """The step that a key of any of the two finer levels belongs to."""
    middle = step_key(key)
    return next((s for s in steps if s.key == middle), None) or next(
        (s for s in steps if s.owns(middle)), None
    )


def phase_key(steps: Sequence[Step], key: str) -> str:
    """The coarsest level of a key; a step without phase stays as it is."""
    step = step_named(steps, key)
    return (step.phase if step else "") or step_key(key)
