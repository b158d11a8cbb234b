"""What runs by a design, on its diagram: where it waits and for how long, what is stuck; many are set right at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kinflow.kit.problem import Problem
from kinflow.records.access import may
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.web.doors import page

from ..bpmn.drawing import drawn
from ..designs.kept import model_of
from ..designs.models import ProcessDesign
from ..designs.naming import design_called
from ..designs.pages import design_at
from ..designs.wrong import wrong_elsewhere, wrong_fields
from .access import may_deploy
from .running import Waiting, correct_many, stuck_of, targets_of, versions_at_work, waiting_by_element

_FIELDS = {"reason": "/reason", "to": "/to", "tokens": "/tokens"}


@page
@require_http_methods(["GET", "POST"])
def running_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The instances of a version on its diagram, and what is stuck; POST sets many right."""
    design, by, problem = design_at(request, pk), actor_of(request), None
    sent = request.POST
    if request.method == "POST":
        chosen = [int(one) for one in sent.getlist("token") if one.isdecimal() and len(one) < 16]
        try:
            done, refused = correct_many(
                design,
                chosen,
                sent.get("verb", ""),
                reason=sent.get("reason", ""),
                to=sent.get("to", ""),
                by=by,
            )
        except Problem as error:
            problem = error
        else:
            told = ngettext("%(n)s set right", "%(n)s set right", done) % {"n": done}
            return go_on(request, f"/process-design/{pk}/running/", " ".join([told, *refused[:3]]))
    return _show(request, design, problem)


def _show(request: HttpRequest, design: ProcessDesign, problem: Problem | None) -> HttpResponse:
    by, versions = actor_of(request), versions_at_work(design)
    asked = request.GET.get("version", "")
    known = [number for number, _count in versions] or [design.live_number or design.number]
    number = int(asked) if asked.isdecimal() and len(asked) < 10 and int(asked) in known else known[0]
    waiting = waiting_by_element(design, number, timezone.now()) if versions else []
    context: dict[str, Any] = {
        "design": design,
        "called": design_called(design),
        "here": f"/process-design/{design.pk}/",
        "versions": versions,
        "number": number,
        "waiting": [
            (one, time_words(one.longest.total_seconds()), time_words(one.shortest.total_seconds()))
            for one in waiting
        ],
        "picture": mark_safe(_picture(design, number, waiting)),  # noqa: S308  # drawn by us, every name escaped
        "stuck": stuck_of(design, by),
        "targets": targets_of(design),
        "may_correct": may(by, "processes.skip_step", kind="processinstance"),
        "may_move": may_deploy(by),
        "problem": problem,
        "wrong": wrong_fields(problem, _FIELDS),
        "others": wrong_elsewhere(problem, _FIELDS.values()),
        "sent": request.POST,
        "chosen": request.POST.getlist("token") if problem else None,
    }
    return render(
        request, "processes/deployments/running.html", context, status=problem.status if problem else 200
    )


def time_words(seconds: float) -> str:
    """A length of time in its largest whole unit."""
    minutes = int(seconds // 60)
    if not minutes:
        return _("less than a minute")
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _picture(design: ProcessDesign, number: int, waiting: list[Waiting]) -> str:
    """The version as SVG with how many wait at each element, and how long the longest has."""
    marks = {one.element: "bpmn-bad" if one.stuck else "bpmn-warn" for one in waiting}
    figures = {one.element: _figure(one) for one in waiting}
    return drawn(model_of(design.pk, number), label=design_called(design), marks=marks, figures=figures)


def _figure(one: Waiting) -> str:
    """How many wait and for how long, so short that it fits into a step."""
    seconds = one.longest.total_seconds()
    words = _("%(n)s · up to %(time)s") if seconds >= 60 else _("%(n)s · just now")
    return words % {"n": one.count, "time": time_words(seconds)}
