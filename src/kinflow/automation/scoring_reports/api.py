"""The API of scorings' reports: the figures, and the items behind them."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.access import visible

from ..scorings.models import Scoring
from .access import sees_reports
from .figures import figures_of
from .items import page_of
from .wanted import narrowed, wanted_from

router = Router(tags=["assignment"])
PAGE = 1000


class WeekOut(Schema):
    """A week by its Monday; `possible` and `gini` are null where the week is not counted."""

    week: date
    given: int
    reached: float
    best: float
    possible: float | None
    gini: float | None


class SharesOut(Schema):
    """What one person got, a number for each week."""

    person: int
    given: int
    by_week: list[int]


class DeciderOut(Schema):
    """Who decided otherwise and how often; `lost` points in those `known` of which the score card tells."""

    person: int | None
    count: int
    known: int
    lost: float


class ReportOut(Schema):
    """A scoring's report over whole weeks; `share` is reached by possible in the weeks that are counted."""

    since: date
    until: date
    counts: dict[str, int]
    share: float | None
    weeks: list[WeekOut]
    people: list[SharesOut]
    overrides: list[DeciderOut]
    unassigned: dict[str, int]


class OutcomeOut(Schema):
    """One item; `entry` is the number of its entry in the log."""

    entry: int
    at: datetime
    what: str
    kind: str
    item: int
    person: int | None
    by: int | None
    points: float | None
    best: float | None
    reason: str


class OutcomesOut(Schema):
    """A page of items; `before` leads to the next one, null where there is none."""

    items: list[OutcomeOut]
    before: str | None


def _found(request: HttpRequest, pk: int) -> tuple[Scoring, Actor]:
    by: Actor = request.by  # type: ignore[attr-defined]
    if not sees_reports(by):
        raise Refused(remedy=_("Ask a team lead or a process owner."))
    return get_object_or_404(visible(by, Scoring.objects.all()), pk=pk), by


@router.get("/{int:pk}/report", response=ReportOut, summary="How a scoring did")
def get_report(
    request: HttpRequest, pk: int, since: str = "", until: str = "", unit: str = ""
) -> dict[str, Any]:
    """Points reached and possible, fairness, overrides and what nobody got; the last 13 weeks unless asked otherwise."""
    scoring, by = _found(request, pk)
    wanted = wanted_from(scoring, {"since": since, "until": until, "unit": unit}, by)
    figures, query = figures_of(wanted), wanted.query()
    return {
        "since": query["since"],
        "until": query["until"],
        "counts": figures.counts,
        "share": figures.share,
        "weeks": [vars(week) for week in figures.weeks],
        "people": [
            {"person": one.person_id, "given": one.given, "by_week": one.by_week} for one in figures.shares
        ],
        "overrides": [{**vars(one), "person": one.person_id} for one in figures.deciders],
        "unassigned": dict(figures.unassigned),
    }


@router.get("/{int:pk}/report/items", response=OutcomesOut, summary="The items behind a figure")
def list_report_items(
    request: HttpRequest,
    pk: int,
    since: str = "",
    until: str = "",
    unit: str = "",
    what: str = "",
    week: str = "",
    person: str = "",
    decider: str = "",
    reason: str = "",
    before: str = "",
) -> dict[str, Any]:
    """A thousand at once, the newest first; `what` is given, left, overridden or handed_back."""
    scoring, by = _found(request, pk)
    wanted = wanted_from(scoring, {"since": since, "until": until, "unit": unit}, by)
    narrow = {"what": what, "week": week, "person": person, "by": decider, "reason": reason}
    rows, below = page_of(narrowed(wanted, narrow), before, PAGE)
    return {
        "items": [
            {
                "entry": row.entry_id,
                "at": row.at,
                "what": row.what,
                "kind": row.kind,
                "item": row.object_id,
                "person": row.person_id,
                "by": row.by_id,
                "points": row.points,
                "best": row.best,
                "reason": row.reason,
            }
            for row in rows
        ],
        "before": below or None,
    }
