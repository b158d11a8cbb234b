"""What happens to skills and territories."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

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
    sentence = _("{by} added the territory {territory}: {places}")


@dataclass(frozen=True, kw_only=True)
class TerritoryChanged(Event):
    """Fields of a territory got other values."""

    territory: Territory
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {territory}")
