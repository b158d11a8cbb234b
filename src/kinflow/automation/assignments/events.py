"""What happens in assignment beside the assignment itself, which every kind of work records as its own."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, typed
from kinflow.organisation.people.models import Person

from ..scorings.models import Scoring


@dataclass(frozen=True, kw_only=True)
class WorkLeftOver(Event):
    """Nobody was eligible; it went to the fallback person, if there is one, and these were told."""

    record: Model
    scoring: Scoring | None = None
    fallback: Person | None = None
    told: tuple[Person, ...] = ()
    reasons: dict[str, int] = field(default_factory=dict)
    card: dict[str, Any] = field(default_factory=dict)
    topic = "assignment"
    icon = "alert"
    sentence = _("{by} found nobody for {record}")


@dataclass(frozen=True, kw_only=True)
class WorkHandedBack(Event):
    """Somebody gave an item back, and why; the next best person gets it."""

    record: Model
    person: Person
    reason: str = typed(default="")
    topic = "assignment"
    icon = "reply"
    sentence = _("{person} handed {record} back: {reason}")


@dataclass(frozen=True, kw_only=True)
class AssignmentOverridden(Event):
    """A person decided otherwise than the scoring, and why."""

    record: Model
    person: Person
    before: Person | None = None
    scoring: Scoring | None = None
    reason: str = typed(default="")
    topic = "assignment"
    icon = "user"
    sentence = _("{by} gave {record} to {person} instead: {reason}")
