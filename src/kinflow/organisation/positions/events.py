"""What happens to positions."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ..units.models import Unit
from .models import Position


@dataclass(frozen=True, kw_only=True)
class PositionAdded(Event):
    """A unit has a new post."""

    position: Position
    unit: Unit
    level: int
    icon = "user"
    sentence = _("{by} added the position {position} to {unit}")


@dataclass(frozen=True, kw_only=True)
class PositionChanged(Event):
    """Fields of a position got other values."""

    position: Position
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {position}")


@dataclass(frozen=True, kw_only=True)
class PositionRetired(Event):
    """The position is given to nobody any more; its history stays."""

    position: Position
    icon = "archive"
    sentence = _("{by} retired the position {position}")


@dataclass(frozen=True, kw_only=True)
class PositionTakenUp(Event):
    """A retired position is used again."""

    position: Position
    icon = "refresh"
    sentence = _("{by} took the position {position} up again")
