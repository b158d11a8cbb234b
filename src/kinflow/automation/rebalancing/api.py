"""The API of rebalancing: propose moves, read them, apply them, take them back."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import Strict

from .access import seen_rebalancings
from .applying import apply_rebalancing, undo_rebalancing
from .models import Rebalancing
from .proposing import propose_rebalancing

router = Router(tags=["rebalancing"])
PAGE = 1000


class ProposeIn(Strict):
    """Whose open work of which kinds, why, at what price of a move, and at most how many items a person."""

    cause: str
    kinds: list[str] = Field(max_length=10)
    people: list[int] = Field(default_factory=list, max_length=5000)
    units: list[int] = Field(default_factory=list, max_length=1000)
    price: float = 5
    most: int | None = None


class RebalancingOut(Schema):
    """A proposal; `figures` holds moves, points gained, what has no place or no scoring, and loads by kind."""

    id: int
    cause: str
    people: list[int]
    kinds: list[str]
    price: float
    most: int | None
    state: str
    figures: dict[str, Any]
    made_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None


class MoveOut(Schema):
    """One move; `reason` says why it was skipped or not taken back."""

    id: int
    kind: str
    item: int
    before: int
    after: int
    gain: float
    state: str
    reason: str


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _found(request: HttpRequest, pk: int) -> Rebalancing:
    return get_object_or_404(seen_rebalancings(_by(request)), pk=pk)


@router.get("", response=list[RebalancingOut], summary="The newest proposals")
def list_rebalancings(request: HttpRequest) -> list[Rebalancing]:
    """At most a hundred, the newest first."""
    return list(seen_rebalancings(_by(request))[:100])


@router.post("", response={201: RebalancingOut}, summary="Propose the least disruptive moves")
def post_rebalancing(request: HttpRequest, given: ProposeIn) -> tuple[int, Rebalancing]:
    """Nothing moves yet."""
    return 201, propose_rebalancing(**given.model_dump(), by=_by(request))


@router.get("/{int:pk}", response=RebalancingOut, summary="One proposal")
def get_rebalancing(request: HttpRequest, pk: int) -> Rebalancing:
    """With its figures."""
    return _found(request, pk)


@router.get("/{int:pk}/moves", response=list[MoveOut], summary="The moves of a proposal")
def list_moves(request: HttpRequest, pk: int, after: int = 0) -> list[dict[str, Any]]:
    """A thousand at once; `after` is the number of the last one seen."""
    rows = _found(request, pk).moves.filter(pk__gt=max(0, min(after, 2**62))).order_by("pk")[:PAGE]
    return [
        {
            "id": m.pk,
            "kind": m.kind,
            "item": m.object_id,
            "before": m.before_id,
            "after": m.after_id,
            "gain": m.gain,
            "state": m.state,
            "reason": m.reason,
        }
        for m in rows
    ]


@router.post("/{int:pk}/apply", response=RebalancingOut, summary="Make the moves")
def post_apply(request: HttpRequest, pk: int) -> Rebalancing:
    """What changed meanwhile is skipped, and says why."""
    return apply_rebalancing(rebalancing=_found(request, pk), by=_by(request))


@router.post("/{int:pk}/undo", response=RebalancingOut, summary="Take the moves back")
def post_undo(request: HttpRequest, pk: int) -> Rebalancing:
    """What nobody moved since goes back; the rest stays, and says why."""
    return undo_rebalancing(rebalancing=_found(request, pk), by=_by(request))
