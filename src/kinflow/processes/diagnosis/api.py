"""The API of findings."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import Strict

from ..definitions.models import Process
from ..definitions.reading import refuse_strangers
from ..studio.subject import process_at
from .actions import dismiss_finding, take_up_finding
from .borders_told import borders_of
from .telling import finding_of, findings_of, gain_of, size_told

router = Router(tags=["processes"])


class AmountOut(Schema):
    """A number per month with its 95 % interval."""

    value: float
    low: float
    high: float


class MoneyOut(AmountOut):
    """Money per month."""

    currency: str


class PerMonthOut(Schema):
    """How big a finding is."""

    cases: AmountOut
    waiting_hours: AmountOut
    working_hours: AmountOut
    money: MoneyOut | None


class TestOut(Schema):
    """How it was made sure of."""

    name: str
    p: float
    effect: float
    words: str


class MoveOut(Schema):
    """A redesign best practice that fits."""

    key: str
    name: str
    text: str


class EvidenceOut(Schema):
    """A small table."""

    title: str
    columns: list[str]
    rows: list[list[str]]


class DismissedOut(Schema):
    """Why somebody put it aside."""

    reason: str
    by: str
    at: str


class FindingOut(Schema):
    """A finding; `key` stays the same as the log grows."""

    key: str
    kind: str
    theme: str
    title: str
    seen: str
    cause: str
    per_month: PerMonthOut
    gain: PerMonthOut = Field(description="Of `per_month` what worse findings have not counted already.")
    test: TestOut
    moves: list[MoveOut]
    evidence: list[EvidenceOut]
    facts: dict[str, Any]
    cases: list[str] = Field(description="The worst, at most 1,000.")
    case_count: int
    dismissed: DismissedOut | None
    url: str


class BorderOut(Schema):
    """Hand-overs from unit to unit: hours in working time, shares of the elapsed wait by cause."""

    giver: str
    taker: str
    times: int
    mean_hours: float
    hours_per_month: float
    causes: dict[str, float]


class GainOut(Schema):
    """What all findings together cost that nobody dismissed, and where cases wait between units."""

    gain: PerMonthOut | None = Field(description="Nothing is counted twice; the intervals are at least 95 %.")
    borders: list[BorderOut]


class DismissIn(Strict):
    """Which finding, and why it is put aside."""

    finding: str = Field(max_length=500)
    reason: str


class TakeUpIn(Strict):
    """Which finding."""

    finding: str = Field(max_length=500)


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _process(request: HttpRequest, pk: int) -> Process:
    refuse_strangers(_by(request))
    return process_at(str(pk))


@router.get("/processes/{int:pk}/findings", response=list[FindingOut], summary="What is wrong with a process")
def list_findings(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """All findings, worst first; dismissed ones say why. Words are in the language that is asked for."""
    return [each.answer() for each in findings_of(_process(request, pk), _by(request))]


@router.get(
    "/processes/{int:pk}/gain", response=GainOut, summary="What could be gained, and where cases wait"
)
def get_gain(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The sum of the findings, and the waits between units by their five causes, the longest first."""
    process, by = _process(request, pk), _by(request)
    findings_of(process, by)
    gain = gain_of(process, by)
    rates = str(process.rates.get("currency") or "CNY")
    borders = [each.answer() for each in borders_of(process, by)]
    return {"gain": size_told(gain, rates) if gain else None, "borders": borders}


@router.post("/processes/{int:pk}/findings/dismiss", response=FindingOut, summary="Dismiss a finding")
def post_dismiss(request: HttpRequest, pk: int, given: DismissIn) -> dict[str, Any]:
    """Put a finding aside with a reason; it stays aside as the log grows."""
    process = _process(request, pk)
    dismiss_finding(process=process, finding=given.finding, reason=given.reason, by=_by(request))
    return finding_of(process, given.finding, _by(request)).answer()


@router.post("/processes/{int:pk}/findings/take-up", response=FindingOut, summary="Take a finding up again")
def post_take_up(request: HttpRequest, pk: int, given: TakeUpIn) -> dict[str, Any]:
    """Look at a finding again that was put aside."""
    process = _process(request, pk)
    take_up_finding(process=process, finding=given.finding, by=_by(request))
    return finding_of(process, given.finding, _by(request)).answer()
