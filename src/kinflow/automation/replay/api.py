"""The API of replays and proposed weights."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import Strict
from kinflow.records.long_work.doors import Doors
from kinflow.records.long_work.telling import LongWorkOut

from .access import scoring_for, seen_learnings, seen_replays
from .actions import cancel_replay, start_replay
from .learning_actions import cancel_learning, learn_weights
from .models import ReplayMove, ScoringReplay, WeightLearning
from .showing import moves_page

router = Router(tags=["assignment"])
PAGE, NEWEST = 1000, 100


class ReplayIn(Strict):
    """What is replayed: `content` as a scoring has it, or a version's number, or neither (the present one); days."""

    content: dict[str, Any] | None = None
    number: int | None = None
    since: str = ""
    until: str = ""


class LearnIn(Strict):
    """From which days' items weights are learnt; the last year unless said otherwise."""

    since: str = ""
    until: str = ""


class ReplayOut(LongWorkOut):
    """A replay; `figures` are there when it is done.

    In `figures`, `is_complete` is false where not all of the period was read from the log yet: replay it again later.
    `empty` says why there are no items: gone (none is there any more), no_cards (work was given out, but not with a score
    card of this scoring), nothing (nothing was given out).
    """

    scoring: int
    number: int | None
    content: dict[str, Any]
    since: datetime
    until: datetime
    figures: dict[str, Any]


class MoveOut(Schema):
    """An item that would have gone to somebody else; `after` is null where nobody would have got it."""

    id: int
    at: datetime
    item: int
    before: int | None
    after: int | None
    points_before: float | None
    points_after: float | None
    is_on_card: bool
    is_own: bool


class MovesOut(Schema):
    """A page of moves; `after` leads to the next one, null where there is none."""

    items: list[MoveOut]
    after: int | None


class LearningOut(LongWorkOut):
    """Proposed weights, in the order of `criteria`; they count nowhere. `proposed` is there when it is done.

    `is_complete` in `proposed` is false where not all of the period was read from the log yet.
    """

    scoring: int
    number: int
    since: datetime
    until: datetime
    criteria: list[dict[str, Any]]
    proposed: dict[str, Any]


def _shown(row: ScoringReplay, told: dict[str, Any], _by: Actor) -> dict[str, Any]:
    names = ("number", "content", "since", "until", "figures")
    return {"scoring": row.scoring_id, **told, **{name: getattr(row, name) for name in names}}


def _move(row: ReplayMove) -> dict[str, Any]:
    names = ("id", "at", "points_before", "points_after", "is_on_card", "is_own")
    told = {name: getattr(row, name) for name in names}
    return {"item": row.object_id, "before": row.before_id, "after": row.after_id, **told}


def _learnt(row: WeightLearning, told: dict[str, Any], _by: Actor) -> dict[str, Any]:
    names = ("number", "since", "until", "criteria", "proposed")
    return {"scoring": row.scoring_id, **told, **{name: getattr(row, name) for name in names}}


replays = Doors(
    module=__name__,
    router=router,
    root="/{int:pk}/replays",
    whole=scoring_for,
    seen=seen_replays,
    called="replay",
    out=ReplayOut,
    shown=_shown,
)
replays.listed("list_replays", "The newest replays of a scoring", NEWEST)
replays.begun(
    "post_replay",
    "Replay a scoring over a period",
    "The worker replays it; nobody's work changes.",
    ReplayIn,
    start_replay,
)
replays.read("get_replay", "One replay")
replays.cancelled("post_cancel", "Cancel a replay", cancel_replay)

learnings = Doors(
    module=__name__,
    router=router,
    root="/{int:pk}/learning",
    whole=scoring_for,
    seen=seen_learnings,
    called="learning",
    out=LearningOut,
    shown=_learnt,
)
learnings.listed("list_learnings", "The newest proposed weights of a scoring", NEWEST)
learnings.begun(
    "post_learning",
    "Learn weights from how work ended",
    "The worker proposes them beside the present ones; they count nowhere.",
    LearnIn,
    learn_weights,
)
learnings.read("get_learning", "One learning of weights")
learnings.cancelled(
    "post_cancel_learning",
    "Cancel a learning of weights",
    cancel_learning,
)


@router.get(
    "/{int:pk}/replays/{int:number}/moves", response=MovesOut, summary="The items that would have moved"
)
def list_moves(request: HttpRequest, pk: int, number: int, after: str = "") -> dict[str, Any]:
    """A thousand at once; `after` is what the page before gave."""
    moves, last = moves_page(replays.row(request, pk, number), after, PAGE)
    return {"items": [_move(row) for row in moves], "after": last}
