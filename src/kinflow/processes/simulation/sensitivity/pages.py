"""Which inputs of a model matter, below the tab Simulation: asked, followed, read."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.records.long_work.models import DONE
from kinflow.records.long_work.pages import act_page, show
from kinflow.records.pages.answers import go_on
from kinflow.web.doors import page

from ...designs.wrong import wrong_fields
from ...studio.pages.frame import frame_of
from ...studio.subject import Subject, subject_of
from ..calibrating.models import Calibration
from ..calibrating.showing import verdict_told
from ..whatif.moves import move_of
from ..whatif.telling import words_of
from .access import may_ask, seen_sensitivities
from .actions import cancel_sensitivity, start_sensitivity
from .models import LEAST_TIMES, MOST_TIMES, PERCENTS, USUAL_TIMES, Sensitivity
from .telling import tornados_of

SHOWN = 20


def address_of(subject: Subject) -> str:
    """Where the sensitivities of a process are."""
    return f"/processes/{subject.process.key}/sensitivity/"


def _frame(subject: Subject) -> dict[str, Any]:
    return frame_of(subject, "simulation") | {
        "filter_form": None,
        "address": address_of(subject),
        "may_ask": may_ask(subject.by),
        "percents": PERCENTS,
        "least_times": LEAST_TIMES,
        "most_times": MOST_TIMES,
    }


@page
def sensitivities_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """What was asked, and the form; posted to, it begins. `moves` (JSON) are made first."""
    subject, problem = subject_of(request, key), None
    given = request.POST if request.method == "POST" else request.GET
    moves, times, percent = given.get("moves", ""), given.get("times", ""), given.get("percent", "")
    if request.method == "POST":
        try:
            row = start_sensitivity(
                process=subject.process,
                moves=_moves(moves),
                percent=_whole(percent),
                times=_whole(times) if times.strip() else USUAL_TIMES,
                by=subject.by,
            )
            return go_on(request, row.address, _("The inputs are being changed."))
        except Invalid as refused:
            problem = refused
    return _list(request, subject, problem, {"moves": moves, "times": times, "percent": percent})


def _list(
    request: HttpRequest, subject: Subject, problem: Problem | None, given: dict[str, str]
) -> HttpResponse:
    rows = seen_sensitivities(subject.by).filter(process=subject.process)[:SHOWN]
    context = _frame(subject) | {
        "rows": rows,
        "problem": problem,
        "wrong": wrong_fields(problem, {"percent": "/percent", "times": "/times"}),
        "is_calibrated": Calibration.objects.filter(process=subject.process, state=DONE).exists(),
        "moves": given["moves"],
        "times": given["times"] or USUAL_TIMES,
        "percent": given["percent"] or str(PERCENTS[-1]),
    }
    status = problem.status if problem else 200
    return render(request, "processes/simulation/sensitivities.html", context, status=status)


def _moves(text: str) -> list[dict[str, Any]]:
    try:
        told = json.loads(text or "[]")
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise Invalid(errors=[FieldError("/moves", _("This cannot be read."))])
    return told


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _row_of(subject: Subject, pk: int) -> Sensitivity:
    return get_object_or_404(seen_sensitivities(subject.by).filter(process=subject.process), pk=pk)


@page
def sensitivity_page(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """How far it is, or what came of it."""
    subject = subject_of(request, key)
    row = _row_of(subject, pk)
    context = _frame(subject) | {"row": row}
    return show(request, "processes/simulation/sensitivity.html", row, context, lambda: _told(row))


def _told(row: Sensitivity) -> dict[str, Any]:
    return {
        "verdict": verdict_told(row.calibration),
        "moves": words_of(row.process, row.calibration, [move_of(each) for each in row.moves]),
        "tornados": tornados_of(row) if row.state == DONE else [],
    }


cancel = act_page(
    lambda request, key, pk: _row_of(subject_of(request, key), pk),
    lambda row, by: cancel_sensitivity(sensitivity=row, by=by),
    gettext_lazy("It was cancelled."),
)
