"""The benefit of deployments over the API: what it brought, and what is expected of it."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema
from pydantic import Field

from kinflow.records.api.shapes import BIGGEST_ID
from kinflow.records.faces import registry
from kinflow.records.pages.found import record_at

from ..deployments.models import Deployment
from .actions import expect_benefit
from .judging import Result, benefit_of

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
    is_part: bool
    found: str
    expected_at: datetime | None
    milestone: dict[str, Any]
    figures: list[FigureOut]


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
