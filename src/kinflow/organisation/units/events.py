"""What happens to units."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import Unit
from .rules import KINDS


@dataclass(frozen=True, kw_only=True)
class UnitAdded(Event):
    """The organisation has a new part."""

    unit: Unit
    parent: Unit | None = None
    kind: str
    icon = "building"
    words = {"kind": dict(KINDS)}
    sentence = _("{by} added the unit {unit} ({kind})")


@dataclass(frozen=True, kw_only=True)
class UnitChanged(Event):
    """Fields of a unit got other values."""

    unit: Unit
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {unit}")


@dataclass(frozen=True, kw_only=True)
class UnitMoved(Event):
    """A unit belongs to another one now, with all units `below` it."""

    unit: Unit
    parent: Unit | None
    before: Unit | None
    below: list[Unit] = field(default_factory=list)
    icon = "building"
    sentence = _("{by} moved {unit} from {before} to {parent}")


@dataclass(frozen=True, kw_only=True)
class UnitClosed(Event):
    """A unit exists no longer; its history stays."""

    unit: Unit
    icon = "archive"
    sentence = _("{by} closed the unit {unit}")


@dataclass(frozen=True, kw_only=True)
class UnitReopened(Event):
    """A closed unit is used again."""

    unit: Unit
    icon = "refresh"
    sentence = _("{by} reopened the unit {unit}")
