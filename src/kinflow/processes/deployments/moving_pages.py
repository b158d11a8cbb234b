"""The page that moves running instances to another version: which step is which, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinflow.kit.problem import Problem
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.web.doors import page

from ..designs.kept import NotFit, shown_plan
from ..designs.models import DesignVersion, ProcessDesign
from ..designs.naming import design_called
from ..designs.pages import design_at
from ..designs.wrong import wrong_elsewhere, wrong_fields
from ..execution.models import OPEN, ProcessToken
from . import moving
from .access import may_deploy
from .mapping import proposed
from .running import versions_at_work

_FIELDS = {"number": "/number", "to": "/to", "reason": "/reason"}


@page
@require_http_methods(["GET", "POST"])
def moving_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps of one version beside those of another, as proposed; POST has the instances moved."""
    design, problem = design_at(request, pk), None
    number, to = _versions(request, design)
    if request.method == "POST":
        try:
            moving.move_instances(
                processdesign=design,
                number=number,
                to=to,
                mapping=_mapping(request.POST),
                reason=request.POST.get("reason", ""),
                by=actor_of(request),
            )
        except Problem as error:
            problem = error
        else:
            return go_on(request, f"/process-design/{pk}/live/", _("The instances are being moved."))
    return _show(request, design, number, to, problem)


def _versions(request: HttpRequest, design: ProcessDesign) -> tuple[int, int]:
    """From which version to which; where nothing else is asked the oldest at work, and the one in operation or newest."""
    at_work = [number for number, _count in versions_at_work(design)]
    asked = request.POST if request.method == "POST" else request.GET
    given = [
        int(text) if (text := asked.get(name, "")).isdecimal() and len(text) < 10 else 0
        for name in ("from", "to")
    ]
    number = given[0] or (at_work[-1] if at_work else 1)
    return number, given[1] or next(
        (n for n in (design.live_number, design.number) if n and n != number), number
    )


def _mapping(sent: QueryDict) -> dict[str, str]:
    return {key[4:]: str(sent[key]) for key in sent if key.startswith("map:") and sent[key]}


def _show(
    request: HttpRequest, design: ProcessDesign, number: int, to: int, problem: Problem | None
) -> HttpResponse:
    rows: list[dict[str, Any]] = []
    try:
        old, new = shown_plan(design.pk, number), shown_plan(design.pk, to)
    except (NotFit, DesignVersion.DoesNotExist):
        rows = []
    else:
        given = _mapping(request.POST) if request.method == "POST" else proposed(old, new)
        counted = _standing(design, number)
        for node in old.nodes.values():
            choices = [(n.id, n.name) for n in new.nodes.values() if n.kind == node.kind]
            error = _of_step(problem, node.id)
            row = {
                "id": node.id,
                "name": node.name,
                "to": given.get(node.id, ""),
                "choices": choices,
                "error": error,
            }
            rows.append(row | {"count": counted.get(node.id, 0)})
        rows.sort(key=lambda row: -int(row["count"]))
    at_work = versions_at_work(design)
    context = {
        "design": design,
        "called": design_called(design),
        "here": f"/process-design/{design.pk}/",
        "number": number,
        "to": to,
        "rows": rows,
        "at_work": at_work,
        "waiting": dict(at_work).get(number, 0),
        "versions": list(DesignVersion.objects.filter(design=design).values_list("number", flat=True)[:50]),
        "stays": [row["name"] for row in rows if row["count"] and not row["to"]],
        "may_move": may_deploy(actor_of(request)),
        "reason": request.POST.get("reason", ""),
        "problem": problem,
        "wrong": wrong_fields(problem, _FIELDS),
        "others": _elsewhere(problem, rows),
    }
    return render(
        request, "processes/deployments/moving.html", context, status=problem.status if problem else 200
    )


def _of_step(problem: Problem | None, step: str) -> str:
    """What is wrong with what was chosen for a step."""
    return wrong_fields(problem, {step: f"/mapping/{step}"}).get(step, "")


def _elsewhere(problem: Problem | None, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong and has no field on the page."""
    shown = {*_FIELDS.values(), *(f"/mapping/{row['id']}" for row in rows)}
    return wrong_elsewhere(problem, shown)


def _standing(design: ProcessDesign, number: int) -> dict[str, int]:
    rows = ProcessToken.objects.filter(
        instance__design=design, instance__number=number, instance__state__in=OPEN, instance__is_shadow=False
    )
    return dict(rows.order_by().values_list("node").annotate(n=Count("pk")))
