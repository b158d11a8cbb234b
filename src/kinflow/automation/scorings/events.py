"""What happens to scorings."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event
from kinflow.organisation.people.models import WORK_KINDS

from .models import Scoring


@dataclass(frozen=True, kw_only=True)
class ScoringAdded(Event):
    """There is a new way to find the person for a kind of work."""

    scoring: Scoring
    kind: str
    icon = "star"
    words = {"kind": dict(WORK_KINDS)}
    sentence = _("{by} added scoring {scoring} for {kind}")


@dataclass(frozen=True, kw_only=True)
class ScoringChanged(Event):
    """A scoring got other values; `number` is its version from now on."""

    scoring: Scoring
    number: int
    changes: dict[str, Any] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed scoring {scoring}: version {number}")


@dataclass(frozen=True, kw_only=True)
class ScoringRestored(Event):
    """An earlier version of a scoring counts again, as a new one."""

    scoring: Scoring
    number: int
    restored: int
    icon = "refresh"
    sentence = _("{by} took version {restored} of scoring {scoring} up again, as version {number}")


@dataclass(frozen=True, kw_only=True)
class ScoringSwitchedOn(Event):
    """A scoring is used from now on."""

    scoring: Scoring
    icon = "play"
    sentence = _("{by} switched scoring {scoring} on")


@dataclass(frozen=True, kw_only=True)
class ScoringSwitchedOff(Event):
    """A scoring is not used any more."""

    scoring: Scoring
    icon = "pause"
    sentence = _("{by} switched scoring {scoring} off")
