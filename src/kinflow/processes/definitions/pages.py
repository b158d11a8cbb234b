"""The settings of a process on screen: what it is called, its goals, cost rates, phases and steps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.kit.problem import Problem
from kinflow.records.access import may
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..studio.pages.frame import frame_of
from ..studio.subject import process_at, refuse_unseen, subject_of
from .actions import change_process, switch_process
from .forms import OUTCOMES, changes_of, faults_of, goals_shown, rates_shown, wrong_in
from .models import Process

TAB = "settings"


@page
def settings_page(request: HttpRequest, key: str) -> HttpResponse:
    """What a process says; what is sent changes it."""
    refuse_unseen(actor_of(request))
    process = process_at(key)
    if request.method != "POST":
        return _show(request, key, process, str(process.version))
    sent, seen = changes_of(request.POST, process), request.POST.get("seen", "")
    try:
        number = int(seen) if seen.isdecimal() and len(seen) < 10 else None
        changed = change_process(process=process, changes=sent, seen=number, by=actor_of(request))
    except Problem as problem:
        for name, value in sent.items():
            setattr(process, name, value)
        return _show(request, key, process, seen, problem)
    return go_on(request, f"/processes/{changed.key}/{TAB}/", _("Saved."))


def _show(
    request: HttpRequest, key: str, process: Process, seen: str, problem: Problem | None = None
) -> HttpResponse:
    subject, wrong = subject_of(request, key), wrong_in(problem, process.goals)
    context: dict[str, Any] = {
        "own": process,
        "seen": seen,
        "goals": goals_shown(process.goals, wrong),
        "rates": rates_shown(process.rates, wrong),
        "outcomes": OUTCOMES,
        "may_change": may(subject.by, "processes.change_process", subject.process),
        "wrong": wrong,
        "errors": faults_of(problem, wrong),
        "fault": problem if problem and not problem.errors else None,
    }
    frame = frame_of(subject, TAB) | {"filter_form": None}
    status = problem.status if problem else 200
    return render(request, "processes/definitions/settings.html", frame | context, status=status)


@page
def switch_page(request: HttpRequest, key: str) -> HttpResponse:
    """Put a process aside, or take it up again."""
    if refused := only_post(request):
        return refused
    refuse_unseen(actor_of(request))
    is_active = request.POST.get("is_active") == "true"
    process = switch_process(process=process_at(key), is_active=is_active, by=actor_of(request))
    told = _("%(name)s is in use.") if is_active else _("%(name)s is put aside.")
    return go_on(request, f"/processes/{process.key}/{TAB}/", told % {"name": process.called})
