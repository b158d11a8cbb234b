"""What happens to findings."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ..definitions.models import Process


@dataclass(frozen=True, kw_only=True)
class FindingDismissed(Event):
    """Somebody put a finding of a process aside, and said why."""

    process: Process
    finding: str
    reason: str
    icon = "x"
    sentence = _("{by} dismissed a finding of process {process}: {reason}")


@dataclass(frozen=True, kw_only=True)
class FindingTakenUp(Event):
    """A finding of a process that was put aside is looked at again."""

    process: Process
    finding: str
    icon = "undo"
    sentence = _("{by} took a finding of process {process} up again")
