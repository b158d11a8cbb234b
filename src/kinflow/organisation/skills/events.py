"""What happens to skills and territories."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event
from kinflow.kit.place_words import place_words

from .models import Skill, Territory


@dataclass(frozen=True, kw_only=True)
class SkillAdded(Event):
    """There is a new skill to have and to need."""

    skill: Skill
    code: str
    icon = "star"
    sentence = _("{by} added the skill {skill}")


@dataclass(frozen=True, kw_only=True)
class SkillChanged(Event):
    """Fields of a skill got other values."""

    skill: Skill
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {skill}")


@dataclass(frozen=True, kw_only=True)
class TerritoryAdded(Event):
    """There is a new territory to look after."""

    territory: Territory
    places: list[str]
    icon = "map"
    words = {"places": lambda code, _told: place_words(str(code))}
    sentence = _("{by} added the territory {territory}: {places}")


@dataclass(frozen=True, kw_only=True)
class TerritoryChanged(Event):
    """Fields of a territory got other values."""

    territory: Territory
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {territory}")


@dataclass(frozen=True, kw_only=True)
class SkillRetired(Event):
    """The skill is given to nobody any more; its history stays."""

    skill: Skill
    icon = "archive"
    sentence = _("{by} retired the skill {skill}")


@dataclass(frozen=True, kw_only=True)
class SkillTakenUp(Event):
    """A retired skill is used again."""

    skill: Skill
    icon = "refresh"
    sentence = _("{by} took the skill {skill} up again")


@dataclass(frozen=True, kw_only=True)
class TerritoryRetired(Event):
    """The territory is given to nobody any more; its history stays."""

    territory: Territory
    icon = "archive"
    sentence = _("{by} retired the territory {territory}")


@dataclass(frozen=True, kw_only=True)
class TerritoryTakenUp(Event):
    """A retired territory is used again."""

    territory: Territory
    icon = "refresh"
    sentence = _("{by} took the territory {territory} up again")
