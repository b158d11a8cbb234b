"""What happens with searches for the best moves."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ...definitions.models import Process
from .models import MoveSearch


@dataclass(frozen=True, kw_only=True)
class OfMoveSearch:
    """What happens with a search for the best moves of a process."""

    movesearch: MoveSearch
    process: Process


class MoveSearchStarted(OfMoveSearch, Event):
    """Somebody has the best moves of a process looked for."""

    icon = "clock"
    sentence = _("{by} had the best moves for {process} looked for")


@dataclass(frozen=True, kw_only=True)
class MoveSearchResumed(OfMoveSearch, Event):
    """Somebody lets a search go on where it stopped, up to so many plays."""

    plays: int
    icon = "clock"
    sentence = _("{by} let the search for the best moves for {process} go on, up to {plays} plays")


@dataclass(frozen=True, kw_only=True)
class MoveSearchFinished(OfMoveSearch, Event):
    """A search ended: how many choices were tried in how many plays, and how many of them nothing beats."""

    tried: int
    plays: int
    best: int
    icon = "check"
    sentence = _("Of {tried} combinations of moves for {process} nothing beats {best}")


class MoveSearchStopped(OfMoveSearch, Event):
    """Somebody stopped a search; it can go on."""

    icon = "x"
    sentence = _("{by} stopped the search for the best moves for {process}")


@dataclass(frozen=True, kw_only=True)
class MoveSearchFailed(OfMoveSearch, Event):
    """A search could not go on; `fault` is a word of `running.FAULTS`."""

    fault: str
    icon = "alert"
    sentence = _("The search for the best moves for {process} could not go on")


class MoveSearchRemoved(OfMoveSearch, Event):
    """Somebody removed a search with all that was tried."""

    icon = "trash"
    sentence = _("{by} removed a search for the best moves for {process}")
