"""All processes: how much goes through them, how long that takes, what it costs, and where that is going."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.records.access import may
from kinflow.records.pages.answers import actor_of
from kinflow.web.doors import page

from ...definitions.portfolio import Row, portfolio
from ...diagnosis.telling import gain_told, worst_of
from ...diagnosis.words.saying import money_of
from ..spans import count, share, span, working_span
from ..sparkline import points
from ..trends import has_turned


@page
def portfolio_page(request: HttpRequest) -> HttpResponse:
    """The processes that are switched on, each with its figures."""
    by, now = actor_of(request), timezone.now()
    rows = [_row(each, by, now) for each in portfolio(by, now)]
    may_make = may(by, "processes.add_process", kind="process")
    return render(request, "processes/studio/portfolio.html", {"rows": rows, "may_make": may_make})


def _row(row: Row, by: Actor, now: datetime) -> dict[str, Any]:
    process, figures = row.process, row.figures
    shown = {"process": process, "url": f"/processes/{process.key}/"}
    if figures is None:
        return shown | {"is_gone": True}
    open_cases = _("%(count)s open") % {"count": count(figures.open)}
    return shown | {
        "cases": count(figures.cases),
        "open": open_cases if figures.open else "",
        "month": count(round(figures.begun_per_month)),
        "spark": points(figures.begun_by_month),
        "median": span(figures.median_seconds),
        "p90": span(figures.p90_seconds),
        "trend": _trend(figures.trend),
        "tone": _tone(figures.trend, has_turned(process, by, now)),
        "cost": _cost(figures.cost_per_month, figures.currency or "CNY"),
        "work": working_span(figures.work_seconds_per_case or None),
        "worst": worst_of(process, by),
        "gain": gain_told(process, by),
    }


def _trend(change: float | None) -> str:
    if not change or abs(change) < 0.005:
        return ""
    words = _("%(percent)s faster") if change < 0 else _("%(percent)s slower")
    return words % {"percent": share(abs(change))}


def _tone(change: float | None, has_turned: bool) -> str:
    """Good or bad only where it is more than chance."""
    if not change or not has_turned:
        return ""
    return "good" if change < 0 else "bad"


def _cost(amount: float | None, currency: str) -> str:
    """A dash where nothing was measured: steps without a begin and an end tell no work."""
    return money_of(amount, currency) if amount else "–"  # noqa: RUF001
