"""The page of an instance: where it stands, and what people may do where it goes otherwise."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kinflow.kit.problem import FieldError, Invalid, NotFound, Problem
from kinflow.records.access import may, visible
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of, came_from, go_on
from kinflow.records.pages.timelines import TOPICS, timeline
from kinflow.web.doors import page

from ..designs.naming import design_called
from . import actions
from .models import ProcessInstance
from .showing import about_of, picture_of, standings


def _instance_at(request: HttpRequest, pk: int) -> ProcessInstance:
    rows = visible(actor_of(request), ProcessInstance.objects.select_related("design__owner"))
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(_("There is no process instance %(number)s.") % {"number": pk})
    return row


@page
@require_GET
def instance_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An instance: its picture, where it stands, what has happened."""
    return _show(request, _instance_at(request, pk))


def _show(request: HttpRequest, instance: ProcessInstance, problem: Problem | None = None) -> HttpResponse:
    by = actor_of(request)
    rows = standings(instance, by)
    face = registry["processinstance"]
    about, address = about_of(instance, by)
    context: dict[str, Any] = {
        "instance": instance,
        "called": design_called(instance.design),
        "about": about,
        "about_url": address,
        "rows": rows,
        "picture": mark_safe(picture_of(instance, rows)),  # noqa: S308  # drawn by us, every name escaped
        "here": f"/process-instance/{instance.pk}/",
        "may_correct": instance.is_open and may(by, "processes.skip_step", instance),
        "may_choose": instance.is_open and may(by, "processes.choose_way", instance),
        "timeline": timeline(face, instance.pk, by),
        "topics": TOPICS,
        "face": face,
        "pk": instance.pk,
        "problem": problem,
    }
    status = problem.status if problem else 200
    return render(request, "processes/execution/instance.html", context, status=status)


@page
@require_POST
def correct(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Choose a way, skip, move, try again, or cancel."""
    instance, by = _instance_at(request, pk), actor_of(request)
    token, reason = request.POST.get("token", ""), request.POST.get("reason", "")
    try:
        number = int(token) if token.isdecimal() and len(token) < 10 else 0
        match verb:
            case "choose":
                way = request.POST.get("way", "")
                actions.choose_way(processinstance=instance, token=number, way=way, by=by)
            case "skip":
                actions.skip_step(processinstance=instance, token=number, reason=reason, by=by)
            case "move":
                to = request.POST.get("to", "")
                actions.move_token(processinstance=instance, token=number, to=to, reason=reason, by=by)
            case "again":
                actions.retry_step(processinstance=instance, token=number, by=by)
            case "cancel":
                actions.cancel_process(processinstance=instance, reason=reason, by=by)
            case _:
                raise Invalid(errors=[FieldError("/verb", _("There is no such thing to do."))])
    except Problem as problem:
        instance.refresh_from_db()
        return _show(request, instance, problem)
    return go_on(request, came_from(request, f"/process-instance/{pk}/"), _("Done"))
