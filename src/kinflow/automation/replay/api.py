"""The API of replays and proposed weights."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.access import visible
from kinflow.records.api.shapes import Strict
from kinflow.records.long_work.telling import LongWorkOut, work_told, works_told

from ..access import may_try_scorings
from ..scorings.models import Scoring
from .access import seen_replays
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


def _found(request: HttpRequest, pk: int) -> tuple[Scoring, Actor]:
    by: Actor = request.by  # type: ignore[attr-defined]
    if not may_try_scorings(by):
        raise Refused(remedy=_("Ask a process owner."))
    return get_object_or_404(visible(by, Scoring.objects.all()), pk=pk), by


def _replay(request: HttpRequest, pk: int, number: int) -> tuple[ScoringReplay, Actor]:
    scoring, by = _found(request, pk)
    return get_object_or_404(seen_replays(by), pk=number, scoring=scoring), by


def _learning(request: HttpRequest, pk: int, number: int) -> tuple[WeightLearning, Actor]:
    scoring, by = _found(request, pk)
    return get_object_or_404(WeightLearning.objects.select_related("scoring"), pk=number, scoring=scoring), by


def _shown(row: ScoringReplay, told: dict[str, Any]) -> dict[str, Any]:
    names = ("number", "content", "since", "until", "figures")
    return {"scoring": row.scoring_id, **told, **{name: getattr(row, name) for name in names}}


def _move(row: ReplayMove) -> dict[str, Any]:
    names = ("id", "at", "points_before", "points_after", "is_on_card", "is_own")
    told = {name: getattr(row, name) for name in names}
    return {"item": row.object_id, "before": row.before_id, "after": row.after_id, **told}


def _learnt(row: WeightLearning, told: dict[str, Any]) -> dict[str, Any]:
    names = ("number", "since", "until", "criteria", "proposed")
    return {"scoring": row.scoring_id, **told, **{name: getattr(row, name) for name in names}}


@router.get("/{int:pk}/replays", response=list[ReplayOut], summary="The newest replays of a scoring")
def list_replays(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """At most a hundred, the newest first."""
    scoring, by = _found(request, pk)
    return [_shown(*each) for each in works_told(seen_replays(by).filter(scoring=scoring)[:NEWEST])]


@router.post("/{int:pk}/replays", response={201: ReplayOut}, summary="Replay a scoring over a period")
def post_replay(request: HttpRequest, pk: int, given: ReplayIn) -> tuple[int, dict[str, Any]]:
    """The worker replays it; nobody's work changes."""
    scoring, by = _found(request, pk)
    row = start_replay(scoring=scoring, **given.model_dump(), by=by)
    return 201, _shown(row, work_told(row))


@router.get("/{int:pk}/replays/{int:number}", response=ReplayOut, summary="One replay")
def get_replay(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """With its figures when it is done."""
    row, _by = _replay(request, pk, number)
    return _shown(row, work_told(row))


@router.post("/{int:pk}/replays/{int:number}/cancel", response=ReplayOut, summary="Cancel a replay")
def post_cancel(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """It ends before its end."""
    row, by = _replay(request, pk, number)
    row = cancel_replay(replay=row, by=by)
    return _shown(row, work_told(row))


@router.get(
    "/{int:pk}/replays/{int:number}/moves", response=MovesOut, summary="The items that would have moved"
)
def list_moves(request: HttpRequest, pk: int, number: int, after: str = "") -> dict[str, Any]:
    """A thousand at once; `after` is what the page before gave."""
    moves, last = moves_page(_replay(request, pk, number)[0], after, PAGE)
    return {"items": [_move(row) for row in moves], "after": last}


@router.get(
    "/{int:pk}/learning", response=list[LearningOut], summary="The newest proposed weights of a scoring"
)
def list_learnings(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """At most a hundred, the newest first."""
    scoring, _by = _found(request, pk)
    return [_learnt(*each) for each in works_told(WeightLearning.objects.filter(scoring=scoring)[:NEWEST])]


@router.post("/{int:pk}/learning", response={201: LearningOut}, summary="Learn weights from how work ended")
def post_learning(request: HttpRequest, pk: int, given: LearnIn) -> tuple[int, dict[str, Any]]:
    """The worker proposes them beside the present ones; they count nowhere."""
    scoring, by = _found(request, pk)
    row = learn_weights(scoring=scoring, **given.model_dump(), by=by)
    return 201, _learnt(row, work_told(row))


@router.get("/{int:pk}/learning/{int:number}", response=LearningOut, summary="One learning of weights")
def get_learning(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """How far it is, or what is proposed."""
    row, _by = _learning(request, pk, number)
    return _learnt(row, work_told(row))


@router.post(
    "/{int:pk}/learning/{int:number}/cancel", response=LearningOut, summary="Cancel a learning of weights"
)
def post_cancel_learning(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """It ends before its end."""
    row, by = _learning(request, pk, number)
    row = cancel_learning(learning=row, by=by)
    return _learnt(row, work_told(row))
