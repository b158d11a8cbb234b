"""What happens to imported logs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ..definitions.models import Process
from .models import ImportedLog


@dataclass(frozen=True, kw_only=True)
class LogGiven(Event):
    """A log of another system was given."""

    importedlog: ImportedLog
    kind: str
    icon = "upload"
    sentence = _("{by} gave the log {importedlog}")


@dataclass(frozen=True, kw_only=True)
class LogMapped(Event):
    """Somebody decided how a log is read."""

    importedlog: ImportedLog
    icon = "edit"
    sentence = _("{by} decided how the log {importedlog} is read")


@dataclass(frozen=True, kw_only=True)
class LogStarted(Event):
    """The reading of a log was started."""

    importedlog: ImportedLog
    icon = "play"
    sentence = _("{by} let the log {importedlog} be read")


@dataclass(frozen=True, kw_only=True)
class LogRead(Event):
    """A log was read, and is a process now."""

    importedlog: ImportedLog
    process: Process
    cases: int
    events: int
    icon = "check"
    sentence = _("The log {importedlog} was read: {cases} cases, {events} events")


@dataclass(frozen=True, kw_only=True)
class LogFailed(Event):
    """A log could not be read, and why."""

    importedlog: ImportedLog
    fault: str
    icon = "warning"
    sentence = _("The log {importedlog} could not be read: {fault}")


@dataclass(frozen=True, kw_only=True)
class LogCancelled(Event):
    """Somebody ended the reading of a log before its end."""

    importedlog: ImportedLog
    icon = "x"
    sentence = _("{by} cancelled the reading of the log {importedlog}")


@dataclass(frozen=True, kw_only=True)
class LogRemoved(Event):
    """A log was removed."""

    importedlog: ImportedLog
    name_given: str
    icon = "trash"
    sentence = _("{by} removed the log {name_given}")
