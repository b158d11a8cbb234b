"""What happens to people here: coming, changing, learning, being away, leaving."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, personal
from kinflow.kit.place_words import language_words

from ..skills.models import Skill, Territory
from ..units.models import Unit
from .models import Person
from .rules import ABSENCE_KINDS, PRESENCES, WORK_KINDS


@dataclass(frozen=True, kw_only=True)
class PersonAdded(Event):
    """Somebody began to work here."""

    person: Person
    unit: Unit
    icon = "user"
    sentence = _("{by} added {person} to {unit}")


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Fields of a person got other values."""

    person: Person
    changes: dict[str, list[Any]] = personal(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {person}")


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Event):
    """Somebody stops working here; `open_work` counts by kind what others have to take over."""

    person: Person
    on: date
    open_work: dict[str, int] = field(default_factory=dict)
    icon = "user"
    sentence = _("{by} recorded that {person} leaves on {on}")


@dataclass(frozen=True, kw_only=True)
class SkillSet(Event):
    """A person has another level in a skill; 0 is none."""

    person: Person
    skill: Skill
    level: int
    before: int = 0
    icon = "star"
    sentence = _("{by} set {skill} of {person} to level {level}")


@dataclass(frozen=True, kw_only=True)
class LanguageSet(Event):
    """A person has another level in a language; 0 is none."""

    person: Person
    language: str
    level: int
    before: int = 0
    icon = "star"
    words = {"language": lambda code, _told: language_words(str(code))}
    sentence = _("{by} set the language {language} of {person} to level {level}")


@dataclass(frozen=True, kw_only=True)
class CapacitySet(Event):
    """A person takes another amount of one kind of work; without a limit, any."""

    person: Person
    kind: str
    limit: Decimal | None
    before: Decimal | None = None
    icon = "edit"
    words = {"kind": dict(WORK_KINDS)}
    sentence = _("{by} set the capacity of {person} for {kind} to {limit}")


@dataclass(frozen=True, kw_only=True)
class PresenceSet(Event):
    """Somebody came, went, or is busy."""

    person: Person
    presence: str
    before: str = ""
    icon = "clock"
    words = {"presence": dict(PRESENCES), "before": dict(PRESENCES)}
    sentence = _("{person}: {presence}")


@dataclass(frozen=True, kw_only=True)
class TerritoriesSet(Event):
    """Somebody looks after exactly these territories."""

    person: Person
    territories: list[Territory] = field(default_factory=list)
    icon = "map"
    sentence = _("{by} gave {person} the territories {territories}")


@dataclass(frozen=True, kw_only=True)
class AbsenceAdded(Event):
    """Somebody will be away."""

    person: Person
    kind: str = personal()
    starts_at: datetime
    ends_at: datetime
    icon = "calendar"
    words = {"kind": dict(ABSENCE_KINDS)}
    sentence = _("{by} entered an absence of {person} from {starts_at} to {ends_at}")


@dataclass(frozen=True, kw_only=True)
class AbsenceRemoved(Event):
    """Somebody will not be away after all."""

    person: Person
    kind: str = personal()
    starts_at: datetime
    ends_at: datetime
    icon = "calendar"
    words = {"kind": dict(ABSENCE_KINDS)}
    sentence = _("{by} removed the absence of {person} from {starts_at} to {ends_at}")
