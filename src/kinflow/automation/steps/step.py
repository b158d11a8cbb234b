"""What a step of a rule is: checked when the rule is kept, said in words, tried without effect, run once."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db.models import Model

from kinflow.conditions import Context
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import FieldError

S = TypeVar("S", bound="type[Step]")
registry: dict[str, type["Step"]] = {}


@dataclass(frozen=True)
class Doing:
    """One step of one run: what it is about, what caused it, who acts and whose permissions count.

    `record` is what the rule is about, of record type `kind`; `entry` what caused the run (None where time did) and
    `event` its data; `by` is the rule, because of the entry; `owner` the rule's owner as they are now; `key` is unique
    for this step of this run, so that an effect with this key happens once however often it is tried; `run_id` is 0 in a
    trial.
    """

    record: Model
    kind: str
    entry: Entry | None
    event: Mapping[str, Any]
    rule: Any
    by: Actor
    owner: Actor
    now: datetime
    key: str
    context: Context
    run_id: int = 0


@dataclass(frozen=True)
class Done:
    """What a step did, in words, and the records it made or changed.

    `until` lets the run go on only then; `waits_for` until it is woken by that name; `enters` names the list of inner
    steps to go on with; `stays` lets the same step be done again when the run goes on.
    """

    words: str
    records: tuple[Model, ...] = ()
    until: datetime | None = None
    waits_for: str = ""
    enters: str = ""
    stays: bool = False
    made: bool = field(default=False)
    """Whether the records were made by this step, so that a wrong batch of them can be undone."""


class Step(ABC):
    """One thing that a rule does; subclasses are frozen dataclasses whose fields are parameters."""

    name: ClassVar[str]
    label: ClassVar[Any]
    help: ClassVar[Any] = ""

    def check(self, kind: str) -> list[FieldError]:
        """What is wrong with it for records of the kind, seen before it runs; pointers are relative to it."""
        return []

    @abstractmethod
    def words(self, kind: str) -> str:
        """The step as a part of a sentence, in the active language."""

    @abstractmethod
    def would(self, doing: Doing) -> str:
        """What it would do now, in words; changes nothing."""

    def outcomes(self, doing: Doing) -> Mapping[str, Any]:
        """What it decides, by name: {"sort": …, "value": …}, for the gateways of a process; changes nothing."""
        return {}

    @abstractmethod
    def run(self, doing: Doing) -> Done:
        """Do it, inside the run's transaction and action. Raises Problem where it cannot be done."""


def step(cls: S) -> S:
    """Make a kind of step known under its name."""
    if registry.setdefault(cls.name, cls) is not cls:
        raise ValueError(f"two steps are called {cls.name}")
    return cls
