"""The page of an instance: where it stands, and what people may do where it goes otherwise."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kinflow.kit.problem import FieldError, Invalid, NotFound, Problem
from kinflow.records.access import may
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.records.pages.found import record_at
from kinflow.records.pages.timelines import TOPICS, timeline, timeline_part
from kinflow.web.doors import page

from ..deployments.actions import place_record
from ..designs.models import ProcessDesign
from ..designs.naming import design_called
from ..designs.wrong import wrong_elsewhere, wrong_fields
from . import actions
from .correcting import correct
from .models import ProcessInstance
from .seen import instance_at
from .showing import about_of, picture_of, standings

_FIELDS = {"reason": "/reason", "to": "/to"}


@page
@require_GET
def instance_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An instance: its picture, where it stands, what has happened."""
    return _show(request, instance_at(pk, actor_of(request)))


def _show(
    request: HttpRequest, instance: ProcessInstance, problem: Problem | None = None, verb: str = ""
) -> HttpResponse:
    """The page; with what was refused beside the form it was asked in."""
    by, sent = actor_of(request), request.POST
    wrong = wrong_fields(problem, _FIELDS)
    refused = {verb: {"reason": sent.get("reason", ""), "to": sent.get("to", ""), "wrong": wrong}}
    token = _number(sent.get("token", "")) if problem else None
    rows = standings(instance, by)
    face = registry["processinstance"]
    about, address = about_of(instance, by)
    context: dict[str, Any] = {
        "instance": instance,
        "called": design_called(instance.design),
        "about": about,
        "about_url": address,
        "rows": [(row, refused if row.token.number == token else {}) for row in rows],
        "cancelling": refused.get("cancel"),
        "picture": mark_safe(picture_of(instance, rows)),  # noqa: S308  # drawn by us, every name escaped
        "here": f"/process-instance/{instance.pk}/",
        "may_correct": instance.is_open and may(by, "processes.skip_step", instance),
        "may_choose": instance.is_open and may(by, "processes.choose_way", instance),
        "timeline": timeline(face, instance.pk, by),
        "topics": TOPICS,
        "face": face,
        "pk": instance.pk,
        "problem": problem,
        "others": wrong_elsewhere(problem, _FIELDS.values()),
    }
    status = problem.status if problem else 200
    return render(request, "processes/execution/instance.html", context, status=status)


@page
@require_GET
def timeline_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The timeline of one topic, or what is older than an entry."""
    instance_at(pk, actor_of(request))
    return timeline_part(request, registry["processinstance"], pk)


@page
@require_POST
def correct_page(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Choose a way, skip, move, try again, or cancel."""
    by, sent = actor_of(request), request.POST
    instance = instance_at(pk, by)
    told = {name: sent.get(name, "") for name in ("way", "to", "reason")}
    try:
        correct(instance, verb, token=_number(sent.get("token", "")), by=by, **told)
    except Problem as problem:
        instance.refresh_from_db()
        return _show(request, instance, problem, verb)
    return go_on(request, f"/process-instance/{pk}/", _("Done"))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@page
@require_POST
def start(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Start a process for the record."""
    by = actor_of(request)
    face = registry.get(kind)
    if face is None:
        raise NotFound(_("There is no such kind of record."))
    record = record_at(face, pk, by)
    design = ProcessDesign.objects.filter(pk=_number(request.POST.get("design", ""))).first()
    if design is None:
        raise Invalid(errors=[FieldError("/design", _("Choose a design."))])
    place_record(design=design, about=record, by=by)
    started = actions.start_process(design=design, about=record, by=by)
    return go_on(request, f"/process-instance/{started.pk}/", _("Started"))
