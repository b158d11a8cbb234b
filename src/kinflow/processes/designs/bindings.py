"""What the elements of a design can be bound to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kinflow.automation.rules.plans import Planned
from kinflow.conditions import Condition

from .plans import WAITS_FOR_PEOPLE, Node


@dataclass(frozen=True)
class Task:
    """Work of a person: an activity about the record, for whom the scoring finds or for the record's owner.

    `assign` is "scoring", "owner", or whom the scoring finds one of: a unit ("unit:4") or a position ("position:7").
    `fields` of the record are asked for when it is finished, of which the `required` must be filled in.
    """

    subject: Mapping[str, str] = field(default_factory=dict)
    kind: str = "task"
    assign: str = "scoring"
    due: Mapping[str, Any] = field(default_factory=dict)
    working_time: bool = False
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The unit or position whose people alone get it; "" for all."""
        return self.assign if ":" in self.assign else ""


@dataclass(frozen=True)
class Automatic:
    """Steps that the program does, one after the other."""

    steps: tuple[Planned, ...]


@dataclass(frozen=True)
class Timer:
    """A length of time, by the clock or by working time.

    `together`: cases are collected, until so many wait or the first of them has waited for as long; 1 collects none.
    """

    duration: Mapping[str, Any]
    working_time: bool = False
    together: int = 1


@dataclass(frozen=True)
class Happening:
    """An event of the record, by its name in the log."""

    event: str


@dataclass(frozen=True)
class Holding:
    """A condition over the record: of a flow, or waited for."""

    condition: Condition


@dataclass(frozen=True)
class Results:
    """What came out of a person's task: of `of`, or of the newest one where ways from several lead there ("")."""

    results: tuple[str, ...]
    of: str = ""


@dataclass(frozen=True)
class Decided:
    """What a decision table said that was asked before: a test of one of its outcomes."""

    outcome: str
    test: str


@dataclass(frozen=True)
class Call:
    """Another design that runs before this one goes on."""

    design: int


Binding = Task | Automatic | Timer | Happening | Holding | Results | Decided | Call


def wants(node: Node) -> str:
    """What a node is bound to: task, do, design, timer, condition or event; "" for nothing."""
    element = node.element
    if element.kind in ("intermediateCatchEvent", "boundaryEvent") or node.kind == "listen":
        if element.event in ("timer", "conditional"):
            return "timer" if element.event == "timer" else "condition"
        if element.event in ("message", "signal"):
            return "event"
    if element.kind == "receiveTask":
        return "event"
    if node.kind != "work":
        return ""
    if element.kind == "callActivity":
        return "design"
    return "task" if element.kind in WAITS_FOR_PEOPLE else "do"
