"""The report of a scoring on screen, the items behind each figure, and these as a file."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem, Refused
from kinflow.organisation.models import Person, Unit
from kinflow.records.access import visible
from kinflow.records.pages.answers import actor_of
from kinflow.web.doors import page

from ..scorings.models import Scoring
from .access import sees_reports, units_of
from .drawing import MOST_PEOPLE, cells_of, points_of, uneven_of
from .figures import figures_of
from .items import csv_lines, page_of, told_of
from .models import WHATS
from .wanted import Wanted, narrowed, wanted_from

PARTS = ("what", "week", "person", "by", "reason")


def _found(request: HttpRequest, pk: int) -> tuple[Scoring, Actor]:
    by = actor_of(request)
    if not sees_reports(by):
        raise Refused(remedy=_("Ask a team lead or a process owner."))
    return get_object_or_404(visible(by, Scoring.objects.all()), pk=pk), by


@page
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """All figures of some weeks; each leads to the items behind it."""
    scoring, by = _found(request, pk)
    problem: Problem | None = None
    try:
        wanted = wanted_from(scoring, request.GET.dict(), by)
    except Problem as refused:
        problem, wanted = refused, wanted_from(scoring, {}, by)
    figures = figures_of(wanted)
    context = {
        **_frame(wanted, by),
        "figures": figures,
        "problem": problem,
        "points": points_of(figures),
        "uneven": uneven_of(figures),
        "people": cells_of(figures),
        "more_people": max(0, len(figures.shares) - MOST_PEOPLE),
        "most_unassigned": max((n for _reason, n in figures.unassigned), default=1),
        "is_empty": not any(figures.counts.values()),
    }
    return render(
        request, "automation/scoring_report.html", context, status=problem.status if problem else 200
    )


def _frame(wanted: Wanted, by: Actor) -> dict[str, Any]:
    """What the head and the filters of both pages need."""
    units, own = Unit.objects.order_by("path"), units_of(by)
    query = wanted.query()
    return {
        "scoring": wanted.scoring,
        "wanted": wanted,
        "since": query["since"],
        "until": query["until"],
        "query": urlencode(query),
        "units": units if own is None else units.filter(pk__in=list(own)),
        "is_own": own is not None,
    }


@page
def items(request: HttpRequest, pk: int) -> HttpResponse:
    """The items behind a figure, the newest first."""
    scoring, by = _found(request, pk)
    wanted = wanted_from(scoring, request.GET.dict(), by)
    rows = narrowed(wanted, request.GET.dict())
    found, below = page_of(rows, request.GET.get("before", ""))
    chosen = {name: request.GET[name] for name in PARTS if request.GET.get(name)}
    query = urlencode(wanted.query() | chosen)
    context = {
        **_frame(wanted, by),
        "rows": told_of(found, by),
        "chosen": _chosen(chosen),
        "items_query": query,
        "below": f"?{query}&{urlencode({'before': below})}" if below else "",
    }
    return render(request, "automation/scoring_report_items.html", context)


def _chosen(chosen: dict[str, str]) -> dict[str, Any]:
    """What the items are narrowed to, in words."""
    ids = [int(chosen[name]) for name in ("person", "by") if name in chosen]
    names = {str(pk): person.name for pk, person in Person.objects.in_bulk(ids).items()}
    words = {**chosen, "what": dict(WHATS).get(chosen.get("what", ""), "")}
    return words | {name: names.get(chosen[name], "") for name in ("person", "by") if name in chosen}


@page
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The items behind a figure, or all of the report, as a CSV file."""
    scoring, by = _found(request, pk)
    rows = narrowed(wanted_from(scoring, request.GET.dict(), by), request.GET.dict())
    response = StreamingHttpResponse(csv_lines(rows, by), content_type="text/csv; charset=utf-8")
    name = f"scoring-{scoring.pk}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
