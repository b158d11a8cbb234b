"""The benefit of deployments over the API: what it brought, and what is expected of it."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Router, Schema
from pydantic import Field

from kinflow.kit.problem import NotFound
from kinflow.records.api.shapes import BIGGEST_ID
from kinflow.records.faces import registry
from kinflow.records.pages.found import record_at

from ..deployments.models import Deployment
from .actions import expect_benefit
from .figures import FIGURES
from .judging import Result, benefit_of
from .lasting import Curve
from .milestones import called
from .states import states_of

router = Router(tags=["processes"])
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The deployment's id.")]


class FigureOut(Schema):
    """One figure: the means of the groups, the difference with the mix taken out, and what may be said of it.

    `low` and `high` hold for one look, `always_low` and `always_high` for any number. Shares are percentage points.
    """

    figure: str
    compared: int
    new: int
    mean_compared: float | None
    mean_new: float | None
    plain: float | None
    value: float | None
    low: float | None
    high: float | None
    always_low: float | None
    always_high: float | None
    is_mixed: bool = Field(description="Whether the records are too few to take all of their mix out.")
    verdict: str
    goal: float | None
    reached: str
    promised: tuple[float, float, float] | None
    kept: str
    needed: int | None


class BenefitOut(Schema):
    """The benefit over the records that the caller may see; `way` is how it is known, `is_part` that some are unseen.

    `milestone` is the step of a process until which "step_hours" are counted ({"process", "step"}, or empty).
    """

    way: str
    horizon_days: int
    records: int
    following: int
    next_counted_at: datetime | None
    is_part: bool
    states: list[str] = Field(description="What cannot be told yet, and why, in the caller's language.")
    found: str
    expected_at: datetime | None
    milestone: dict[str, Any]
    figures: list[FigureOut]


class CurveOut(Schema):
    """How soon it comes: the share to which it has come by each hour, from `low` to `high`, known up to `until`."""

    records: int
    until: float
    hours: list[float]
    share: list[float]
    low: list[float]
    high: list[float]


class BarOut(Schema):
    """A share of the records, with its 95 % interval at one look (Wilson)."""

    share: float
    low: float
    high: float


class SpreadOut(Schema):
    """How a figure is spread, the new group first: curves for hours, else bars of records followed to the end.

    A share has one bar. A count has one for each number from 0, the last (of ten) for 9 and more.
    """

    figure: str
    label: str
    unit: str
    curves: list[CurveOut]
    bars: list[list[BarOut]]


class ExpectedIn(Schema):
    """What is expected: `goals` [{"figure", "by"}], `promise` [{"figure", "low", "value", "high"}]."""

    model_config = {"extra": "forbid"}

    horizon_days: int = Field(..., ge=1, le=365)
    goals: list[dict[str, Any]] = Field([], max_length=20)
    promise: list[dict[str, Any]] = Field([], max_length=20)
    found: str = Field("", max_length=1000)
    seen: int | None = Field(None, ge=1, le=2_000_000_000)


@router.get("/deployment/{int:pk}/benefit", response=BenefitOut, operation_id="deployment_benefit")
def read_benefit(request: HttpRequest, pk: Pk) -> BenefitOut:
    """What a deployment brought, against its goals and what was promised."""
    return _told(_deployment(request, pk), request)


@router.get(
    "/deployment/{int:pk}/benefit/{figure}", response=SpreadOut, operation_id="deployment_benefit_figure"
)
def read_spread(request: HttpRequest, pk: Pk, figure: str) -> SpreadOut:
    """How one figure of a deployment's benefit is spread in both groups."""
    row = _deployment(request, pk)
    found = benefit_of(row, request.by, timezone.now()).spreads.get(figure)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(
            _("This deployment has no such figure."), remedy=_("Its benefit names the figures that it has.")
        )
    return SpreadOut(
        figure=figure,
        label=called(row, figure),
        unit=FIGURES[figure].unit,
        curves=[_curve(each) for each in found.curves or ()],
        bars=[[BarOut(**vars(bar)) for bar in side] for side in found.bars] if not found.curves else [],
    )


def _curve(one: Curve) -> CurveOut:
    points = {name: getattr(one, name).tolist() for name in ("hours", "share", "low", "high")}
    return CurveOut(records=one.records, until=one.until, **points)


@router.put("/deployment/{int:pk}/benefit", response=BenefitOut, operation_id="deployment_expect_benefit")
def put_expected(request: HttpRequest, pk: Pk, given: ExpectedIn) -> BenefitOut:
    """Say what is expected of a deployment."""
    by = request.by  # type: ignore[attr-defined]
    row = expect_benefit(deployment=_deployment(request, pk), by=by, **given.model_dump())
    return _told(row, request)


def _told(row: Deployment, request: HttpRequest) -> BenefitOut:
    found = benefit_of(row, request.by, timezone.now())  # type: ignore[attr-defined]
    return BenefitOut(
        way=found.way,
        horizon_days=row.horizon_days,
        records=found.records,
        following=found.following,
        next_counted_at=found.next_at,
        states=[one.text for one in states_of(row, found)],
        is_part=found.is_part,
        found=row.found,
        expected_at=row.expected_at,
        milestone=row.milestone,
        figures=[_figure(one) for one in found.results],
    )


def _figure(one: Result) -> FigureOut:
    own = {
        name: getattr(one, name)
        for name in ("figure", "verdict", "goal", "reached", "promised", "kept", "needed")
    }
    names = set(FigureOut.model_fields) - set(own)
    return FigureOut(**own, **{name: getattr(one.difference, name) for name in names})


def _deployment(request: HttpRequest, pk: int) -> Deployment:
    found: Deployment = record_at(registry["deployment"], pk, request.by)  # type: ignore[attr-defined]
    return found
