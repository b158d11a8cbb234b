"""What happens to offers of work."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, typed
from kinflow.organisation.people.models import Person

from ..scorings.models import Scoring
from .terms import REASONS


@dataclass(frozen=True, kw_only=True)
class WorkOffered(Event):
    """A scoring offered an item to somebody, who may answer until `due_at`."""

    record: Model
    person: Person
    scoring: Scoring
    due_at: str
    card: dict[str, Any] = field(default_factory=dict)
    topic = "assignment"
    icon = "target"
    sentence = _("{by} offered {record} to {person}")


@dataclass(frozen=True, kw_only=True)
class OfferAccepted(Event):
    """Somebody accepted what was offered to them."""

    record: Model
    person: Person
    scoring: Scoring
    topic = "assignment"
    icon = "check"
    sentence = _("{person} accepted {record}")


@dataclass(frozen=True, kw_only=True)
class OfferDeclined(Event):
    """Somebody declined what was offered to them, and why; the next best person is asked."""

    record: Model
    person: Person
    scoring: Scoring
    reason: str
    note: str = typed(default="")
    topic = "assignment"
    icon = "x"
    words = {"reason": dict(REASONS)}
    sentence = _("{person} declined {record}: {reason}")


@dataclass(frozen=True, kw_only=True)
class OfferTimedOut(Event):
    """Somebody let an offer run out; the next best person is asked."""

    record: Model
    person: Person
    scoring: Scoring
    topic = "assignment"
    icon = "clock"
    sentence = _("{person} did not answer in time whether they take {record}")


@dataclass(frozen=True, kw_only=True)
class OfferWithdrawn(Event):
    """What was offered to somebody went to somebody else, or needs nobody any more."""

    record: Model
    person: Person
    scoring: Scoring
    topic = "assignment"
    icon = "undo"
    sentence = _("The offer of {record} to {person} was withdrawn")
