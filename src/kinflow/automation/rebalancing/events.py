"""What happens to proposals that move open work; each move is also an assignment of its kind."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import CAUSES, Rebalancing


@dataclass(frozen=True, kw_only=True)
class RebalancingProposed(Event):
    """Moves of open work were proposed."""

    rebalancing: Rebalancing
    cause: str
    moves: int
    price: float
    topic = "assignment"
    icon = "bolt"
    words = {"cause": dict(CAUSES)}
    sentence = _("{by} had moves proposed: {rebalancing}, {moves} moves")


@dataclass(frozen=True, kw_only=True)
class RebalancingApplied(Event):
    """The moves of a proposal were made, except those whose items had changed meanwhile."""

    rebalancing: Rebalancing
    moved: int
    skipped: int
    topic = "assignment"
    icon = "check"
    sentence = _("{by} applied {rebalancing}: {moved} moved, {skipped} skipped")


@dataclass(frozen=True, kw_only=True)
class RebalancingUndone(Event):
    """The moves of a proposal were taken back, except those of items that had gone on meanwhile."""

    rebalancing: Rebalancing
    returned: int
    kept: int
    topic = "assignment"
    icon = "undo"
    sentence = _("{by} took {rebalancing} back: {returned} returned, {kept} not")
