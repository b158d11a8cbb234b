"""What happens to decision tables."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import DecisionTable


@dataclass(frozen=True, kw_only=True)
class TableAdded(Event):
    """There is a new decision table."""

    decisiontable: DecisionTable
    icon = "plus"
    sentence = _("{by} added decision table {decisiontable}")


@dataclass(frozen=True, kw_only=True)
class TableChanged(Event):
    """A decision table has another name, or a new version: `number` is the newest."""

    decisiontable: DecisionTable
    number: int
    icon = "edit"
    sentence = _("{by} changed decision table {decisiontable}: version {number}")


@dataclass(frozen=True, kw_only=True)
class TablePutLive(Event):
    """A version of a decision table counts from now on."""

    decisiontable: DecisionTable
    number: int
    before: int | None = None
    icon = "play"
    sentence = _("{by} let version {number} of decision table {decisiontable} count")


@dataclass(frozen=True, kw_only=True)
class TableTakenOff(Event):
    """No version of a decision table counts any more."""

    decisiontable: DecisionTable
    icon = "pause"
    sentence = _("{by} took decision table {decisiontable} off")


@dataclass(frozen=True, kw_only=True)
class TableRemoved(Event):
    """A decision table is gone that never counted, or that nothing uses."""

    decisiontable: DecisionTable
    called: str
    icon = "trash"
    sentence = _("{by} removed decision table {called}")
