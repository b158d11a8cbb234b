"""The tab What-ifs of a process: what was tried, and one with its figures before and after."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Invalid
from kinflow.records.access import may
from kinflow.records.long_work.models import DONE
from kinflow.records.long_work.pages import act_page, show
from kinflow.records.pages.answers import go_on, only_post
from kinflow.web.doors import page

from ...designs.access import may_change_designs
from ...studio.pages.frame import frame_of
from ...studio.subject import Subject, subject_of
from ..calibrating.models import Calibration
from ..calibrating.showing import verdict_told
from ..calibrating.tables import people_named
from ..calibrating.written import scenario_of
from ..satisfaction.actions import keep_satisfaction_model
from ..satisfaction.reckoning import NUMBERS
from .access import may_try, seen_what_ifs
from .actions import cancel_what_if, remove_what_if
from .models import WhatIf
from .pictures import load_chart, quadrangle_of
from .satisfying import satisfaction_told
from .telling import headline, moves_told, named_in, rows_told, warnings_of

TAB = "what-ifs"
SHOWN = 30


def address_of(subject: Subject) -> str:
    """The tab's address."""
    return f"/processes/{subject.process.key}/{TAB}/"


def what_if_frame(subject: Subject) -> dict[str, Any]:
    """What the tab's pages have in common: what-ifs are of the whole log, without filters."""
    return frame_of(subject, TAB) | {
        "filter_form": None,
        "address": address_of(subject),
        "may_try": may_try(subject.by),
    }


@page
def what_ifs_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """What was tried, the newest first."""
    subject = subject_of(request, key)
    rows = seen_what_ifs(subject.by).filter(process=subject.process)[:SHOWN]
    context = what_if_frame(subject) | {
        "rows": [
            {"row": row, "moves": moves_told(row), "headline": headline(row) if row.state == DONE else ""}
            for row in rows
        ],
        "is_calibrated": Calibration.objects.filter(process=subject.process, state=DONE).exists(),
    }
    return render(request, "processes/simulation/what_ifs.html", context)


@page
def what_if_page(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """One what-if: how far it is, or what came of it."""
    subject = subject_of(request, key)
    return _shown(request, subject, _row_of(subject, pk), request.GET)


@page
def keep_model(request: HttpRequest, key: str, pk: int, back: bool = False) -> HttpResponse:
    """Keep the numbers that were sent for this process's expected satisfaction, or go back to the stated ones."""
    if refused := only_post(request):
        return refused
    subject = subject_of(request, key)
    row = _row_of(subject, pk)
    numbers = {} if back else {name: request.POST.get(name, "") for name in NUMBERS}
    try:
        keep_satisfaction_model(process=subject.process, numbers=numbers, by=subject.by)
    except Invalid as problem:
        return _shown(request, subject, row, request.POST, problem)
    told = _("The process reckons with the stated numbers again.") if back else _("Kept for this process.")
    return go_on(request, f"{address_of(subject)}{pk}/#satisfaction", told)


def _row_of(subject: Subject, pk: int) -> WhatIf:
    return get_object_or_404(seen_what_ifs(subject.by).filter(process=subject.process), pk=pk)


def _shown(
    request: HttpRequest,
    subject: Subject,
    row: WhatIf,
    model: Mapping[str, Any],
    problem: Invalid | None = None,
) -> HttpResponse:
    """The page of a what-if; `model` are numbers to reckon satisfaction with, `problem` is what was wrong in them."""
    return show(
        request,
        "processes/simulation/what_if.html",
        row,
        what_if_frame(subject) | {"row": row},
        lambda: _whole(subject, row, model, problem),
        status=problem.status if problem else 200,
    )


def _whole(
    subject: Subject, row: WhatIf, model: Mapping[str, Any], problem: Invalid | None
) -> dict[str, Any]:
    named = named_in(row.process, row.calibration, scenario_of(row.calibration.scenario))
    context: dict[str, Any] = {
        "moves": moves_told(row),
        "again": json.dumps(row.moves, ensure_ascii=False),
        "verdict": verdict_told(row.calibration),
        "warnings": warnings_of(row, named),
    }
    if row.state != DONE:
        return context
    chart = load_chart(row, named)
    return context | {
        "headline": headline(row),
        "may_make": may_change_designs(subject.by),
        "figures": rows_told(row),
        "satisfaction": satisfaction_told(row, model, problem),
        "may_keep": may(subject.by, "processes.keep_satisfaction_model", subject.process),
        "quadrangle": quadrangle_of(row),
        "charts": [chart] if chart else [],
        "people": _people(subject, row) if subject.sees_people else [],
    }


def _people(subject: Subject, row: WhatIf) -> list[dict[str, str]]:
    """How much of their hours people work; for who may see single people only."""
    found = row.figures["utilisation"]
    names = people_named(subject.process, found)
    return [
        {
            "name": _("new") + f" {key}" if key.startswith("+") else names.get(key, key),
            **{
                side: f"{100 * (figure[0] or 0):.0f} %" if figure else "–"  # noqa: RUF001
                for side, figure in zip(("before", "after"), sides, strict=True)
            },
        }
        for key, sides in found.items()
    ]


def _at(request: HttpRequest, key: str, pk: int) -> WhatIf:
    return _row_of(subject_of(request, key), pk)


cancel = act_page(
    _at, lambda row, by: cancel_what_if(whatif=row, by=by), gettext_lazy("The what-if was cancelled.")
)
remove = act_page(
    _at,
    lambda row, by: remove_what_if(whatif=row, by=by),
    gettext_lazy("The what-if was removed."),
    lambda row: f"/processes/{row.process.key}/{TAB}/",
)
