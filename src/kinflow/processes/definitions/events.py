"""What happens to processes."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import Process


@dataclass(frozen=True, kw_only=True)
class ProcessAdded(Event):
    """There is a new process to look at."""

    process: Process
    case_kind: str = ""
    icon = "flow"
    sentence = _("{by} added process {process}")


@dataclass(frozen=True, kw_only=True)
class ProcessChanged(Event):
    """A process got other steps, goals, cost rates or names."""

    process: Process
    changes: dict[str, Any] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed process {process}")


@dataclass(frozen=True, kw_only=True)
class ProcessSwitchedOn(Event):
    """A process is among those that are looked at again."""

    process: Process
    icon = "play"
    sentence = _("{by} took process {process} up again")


@dataclass(frozen=True, kw_only=True)
class ProcessSwitchedOff(Event):
    """A process is not looked at any more."""

    process: Process
    icon = "pause"
    sentence = _("{by} put process {process} aside")
