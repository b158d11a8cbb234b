"""The API of territories as rules: the map's figures, the rules, and plans that change them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.api.shapes import Id, Strict

from .access import sees_map, sees_plans
from .claims import rules_now
from .figures import pairs_for, places_for
from .models import USUAL_RANK, TerritoryPlan
from .plans import MOST, apply_territory_plan, propose_territory_plan, undo_territory_plan
from .rules import HIGHEST_RANK, LOWEST_RANK, MOST_NAMED

router = Router(tags=["territories"])
PAGE = 1000


class RuleIn(Strict):
    """A territory's rule; what is left out stays as it is."""

    territory: Id
    places: list[str] | None = Field(None, max_length=1000)
    condition: dict[str, Any] | None = None
    rank: int | None = Field(None, ge=HIGHEST_RANK, le=LOWEST_RANK)
    named: list[Id] | None = Field(None, max_length=MOST_NAMED)
    left_out: list[Id] | None = Field(None, max_length=MOST_NAMED)


class PlanIn(Strict):
    """The rules that the plan would change."""

    changes: list[RuleIn] = Field(min_length=1, max_length=MOST)


class RuleOut(Schema):
    """What a territory claims; `fault` says why its condition cannot be asked."""

    territory: int
    places: list[str]
    condition: dict[str, Any]
    rank: int = USUAL_RANK
    named: list[int]
    left_out: list[int]
    fault: str


class PlanOut(Schema):
    """A plan; `figures` holds what moves, accounts by territory before and after, gaps and undecided before and after."""

    id: int
    state: str
    changes: dict[str, Any]
    before: dict[str, Any]
    figures: dict[str, Any]
    made_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None


class MoveOut(Schema):
    """An account that goes from one territory (null: none) to another."""

    id: int
    account: int
    before: int | None
    after: int | None


class PlaceOut(Schema):
    """A place on the map: "CN-ZJ", "DE", "" where it is not known; accounts by territory, without one, undecided."""

    place: str
    accounts: int
    without: int
    undecided: int
    territories: dict[int, int]


class PairOut(Schema):
    """Two territories that claim the same accounts; tied: nothing decides between them."""

    one: int
    other: int
    tied: bool
    accounts: int


class MapOut(Schema):
    """The map as figures: of the accounts that the caller sees."""

    places: list[PlaceOut]
    overlaps: list[PairOut]


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _plan(request: HttpRequest, pk: int) -> TerritoryPlan:
    if not sees_plans(_by(request)):
        raise Refused(remedy=_("Ask an administrator or a process owner."))
    return get_object_or_404(TerritoryPlan, pk=pk)


@router.get("/territory-map", response=MapOut, summary="Accounts by place and territory, gaps and overlaps")
def get_map(request: HttpRequest) -> dict[str, Any]:
    """Of the accounts that the caller sees."""
    by = _by(request)
    if not sees_map(by):
        raise Refused(remedy=_("Ask an administrator."))
    return {
        "places": [
            {
                "place": place.code,
                "accounts": place.accounts,
                "without": place.without,
                "undecided": place.undecided,
                "territories": dict(place.by_territory),
            }
            for place in places_for(by).values()
        ],
        "overlaps": [
            {"one": pair.one, "other": pair.other, "tied": pair.is_tied, "accounts": pair.accounts}
            for pair in pairs_for(by)
        ],
    }


@router.get("/territory-rules", response=list[RuleOut], summary="The rules of all territories in use")
def list_rules(request: HttpRequest) -> list[dict[str, Any]]:
    """The strongest claim has an account: named, then by rank, by the narrower place, with a condition, by age."""
    if not sees_plans(_by(request)):
        raise Refused(remedy=_("Ask an administrator or a process owner."))
    return [{"territory": rule.territory_id, "fault": rule.fault, **rule.kept()} for rule in rules_now()]


@router.get("/territory-plans", response=list[PlanOut], summary="The newest plans")
def list_plans(request: HttpRequest) -> list[TerritoryPlan]:
    """At most a hundred, the newest first."""
    return list(TerritoryPlan.objects.all()[:100]) if sees_plans(_by(request)) else []


@router.post("/territory-plans", response={201: PlanOut}, summary="What other rules would move")
def post_plan(request: HttpRequest, given: PlanIn) -> tuple[int, TerritoryPlan]:
    """Nothing moves yet."""
    changes = {
        rule.territory: rule.model_dump(exclude={"territory"}, exclude_none=True) for rule in given.changes
    }
    return 201, propose_territory_plan(changes=changes, by=_by(request))


@router.get("/territory-plans/{int:pk}", response=PlanOut, summary="One plan")
def get_plan(request: HttpRequest, pk: int) -> TerritoryPlan:
    """With its figures."""
    return _plan(request, pk)


@router.get(
    "/territory-plans/{int:pk}/moves", response=list[MoveOut], summary="The accounts that a plan moves"
)
def list_moves(request: HttpRequest, pk: int, after: int = 0) -> list[dict[str, Any]]:
    """A thousand at once; `after` is the number of the last one seen."""
    rows = _plan(request, pk).moves.filter(pk__gt=max(0, min(after, 2**62))).order_by("pk")[:PAGE]
    return [{"id": m.pk, "account": m.account_id, "before": m.before_id, "after": m.after_id} for m in rows]


@router.post("/territory-plans/{int:pk}/apply", response=PlanOut, summary="Apply a plan")
def post_apply(request: HttpRequest, pk: int) -> TerritoryPlan:
    """The rules become those of the territories, and the accounts move, in one step."""
    return apply_territory_plan(plan=_plan(request, pk), by=_by(request))


@router.post("/territory-plans/{int:pk}/undo", response=PlanOut, summary="Take a plan back")
def post_undo(request: HttpRequest, pk: int) -> TerritoryPlan:
    """The rules become what they were before, unless somebody changed them since."""
    return undo_territory_plan(plan=_plan(request, pk), by=_by(request))
