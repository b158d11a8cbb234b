"""Designs on screen: the list, one design with its picture and what is missing, its versions."""

import json
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kinflow.automation.rules.event_names import kinds
from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, NotFound, Problem, Refused
from kinflow.records.access import visible
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.web.doors import page

from ..bpmn.drawing import drawn
from ..bpmn.words import note_words
from ..bpmn.writing import write_bpmn
from ..bpmn.xml import MOST_BYTES
from ..execution.models import OPEN, STUCK, ProcessToken
from ..redesigns.models import Redesign
from ..redesigns.telling import told_redesign
from . import actions
from .access import may_change_designs, sees_designs
from .checking import Checked
from .fitness import NotFitForOperation
from .kept import checked_version, filed_model, model_of
from .models import DesignVersion, ProcessDesign
from .naming import design_called
from .shipped import SHIPPED
from .sources import Source, source_of
from .telling import rows_of
from .versions import newest
from .words import fault_words
from .wrong import wrong_fields


def refuse_unseen(by: Actor) -> None:
    """Raise Refused where designs are not for this actor."""
    if not sees_designs(by):
        raise Refused(
            _("Designs are for process owners, leads and administrators."), remedy=_("Ask one of them.")
        )


def design_at(request: HttpRequest, pk: int) -> ProcessDesign:
    """The design of an address. Raises Refused, NotFound."""
    by = actor_of(request)
    refuse_unseen(by)
    row = visible(by, ProcessDesign.objects.select_related("owner")).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("There is no design %(number)s.") % {"number": pk})
    return row


@page
@require_http_methods(["GET", "POST"])
def designs(request: HttpRequest) -> HttpResponse:
    """The designs, and the place to give a file; POST takes one in."""
    by, problem = actor_of(request), None
    refuse_unseen(by)
    source = source_of(request)
    if request.method == "POST":
        try:
            return HttpResponseRedirect(f"/process-design/{_added(request, by, source).pk}/")
        except Problem as error:
            problem = error
    found = visible(by, ProcessDesign.objects.select_related("owner")).annotate(
        running=Count("instances", filter=Q(instances__state__in=OPEN, instances__is_shadow=False)),
        stuck=Count("instances", filter=Q(instances__state=STUCK, instances__is_shadow=False)),
    )
    rows: list[dict[str, Any]] = [
        {"design": row, "name": design_called(row), "kind": kind_label(row.kind)}
        for row in found.order_by("name")
    ]
    known = {row["design"].name for row in rows}
    context = {
        "rows": rows,
        "shipped": [(each, kind_label(each.kind)) for each in SHIPPED if each.names()[0] not in known],
        "kinds": kinds(),
        "can_give": may_change_designs(by),
        "source": source,
        "problem": problem,
        "wrong": wrong_fields(problem, {each: f"/{each}" for each in ("name", "kind", "file")}),
        "sent": request.POST,
        "most": MOST_BYTES // 1_000_000,
    }
    return render(
        request, "processes/designs/designs.html", context, status=problem.status if problem else 200
    )


def _added(request: HttpRequest, by: Actor, source: Source | None) -> ProcessDesign:
    """The design that was added: a reference process, a model of the studio, or a file that was given."""
    if key := request.POST.get("shipped", ""):
        return actions.add_shipped_design(key=key, by=by)
    sent = request.POST
    content = source.content() if source is not None else file_of(request)
    return actions.add_design(file=content, kind=sent.get("kind", ""), name=sent.get("name", ""), by=by)


def kind_label(kind: str) -> str:
    """What records of a kind are called."""
    return str(registry[kind].plural) if kind in registry else kind


def file_of(request: HttpRequest) -> bytes:
    """The file that was sent, at most a byte more than is read. Raises Invalid where there is none."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid(errors=[FieldError("/file", _("Choose a file."))])
    content: bytes = upload.read(MOST_BYTES + 1)
    return content


@page
@require_GET
def design_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A design's newest version: its picture with what is running, what is missing, what happens at each element."""
    return show_design(request, design_at(request, pk))


def show_design(request: HttpRequest, design: ProcessDesign, problem: Problem | None = None) -> HttpResponse:
    """The page of a design, with what was refused if anything was."""
    by, versions = actor_of(request), _versions(design, actor_of(request))
    found = checked_version(design, newest(design))
    waiting = waiting_at(design)
    context = {
        "design": design,
        "called": design_called(design),
        "kind": kind_label(design.kind),
        "here": f"/process-design/{design.pk}/",
        "faults": [fault_words(fault) for fault in found.faults] + [e.message for e in found.errors],
        "notes": [note_words(note) for note in found.notes],
        "is_fit": found.is_fit,
        "picture": mark_safe(picture_of(design, found, waiting)),  # noqa: S308  # drawn by us, every name escaped
        "rows": [(row, waiting.get(row.id, 0)) for row in _rows(design, found)],
        "running": design.instances.filter(state__in=OPEN, is_shadow=False).count(),
        "stuck": design.instances.filter(state=STUCK, is_shadow=False).count(),
        "versions": versions,
        "is_redesigned": any(row.number == design.number and made for row, made in versions),
        "asked": quote(json.dumps(_running_of(design))),
        "may_change": may_change_designs(by),
        "problem": problem,
        "wrong": wrong_fields(problem, {"file": "/file"}),
        "is_newest_live": design.live_number == design.number,
    }
    return render(
        request, "processes/designs/design.html", context, status=problem.status if problem else 200
    )


def _running_of(design: ProcessDesign) -> dict[str, Any]:
    """The condition of the instances that are counted as running."""
    asked = [
        {"field": "design", "op": "is", "value": design.pk},
        {"field": "state", "op": "any_of", "value": list(OPEN)},
        {"field": "is_shadow", "op": "is", "value": False},
    ]
    return {"all": asked}


def _versions(design: ProcessDesign, by: Actor) -> list[tuple[DesignVersion, dict[str, Any] | None]]:
    """The newest versions, each with the moves that made it."""
    rows = DesignVersion.objects.filter(design=design).defer("content")[:20]
    made = {each.number: each for each in Redesign.objects.filter(design=design)}
    return [(row, told_redesign(made[row.number], by) if row.number in made else None) for row in rows]


def _rows(design: ProcessDesign, found: Checked) -> list[Any]:
    return rows_of(design.kind, found.plan, found.bindings) if found.plan else []


def waiting_at(design: ProcessDesign) -> dict[str, int]:
    """By element how many tokens of running instances stand there."""
    rows = ProcessToken.objects.filter(
        instance__design=design, instance__state__in=OPEN, instance__is_shadow=False
    )
    return dict(
        rows.exclude(state__in=("listens", "undoable")).order_by().values_list("node").annotate(n=Count("pk"))
    )


def picture_of(design: ProcessDesign, found: Checked, waiting: dict[str, int]) -> str:
    """The newest version as SVG: what is missing marked, with how many instances wait where."""
    marks = {fault.element: "bpmn-warn" for fault in found.faults if fault.element}
    figures = {node: ngettext("%(n)s here", "%(n)s here", n) % {"n": n} for node, n in waiting.items()}
    links = {row.id: f"/process-design/{design.pk}/element/{row.id}/" for row in _rows(design, found)}
    model = model_of(design.pk, design.number)
    return drawn(model, label=design_called(design), marks=marks, figures=figures, links=links)


@page
@require_POST
def give_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Another model as a new version; what its elements are bound to stays where they have the same ids."""
    design = design_at(request, pk)
    try:
        changed = actions.change_design(processdesign=design, file=file_of(request), by=actor_of(request))
    except Problem as problem:
        return show_design(request, design, problem)
    return go_on(
        request, f"/process-design/{pk}/", _("This is version %(number)s now.") % {"number": changed.number}
    )


@page
@require_POST
def operate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the newest version into operation."""
    design = design_at(request, pk)
    try:
        actions.put_into_operation(processdesign=design, by=actor_of(request))
    except NotFitForOperation as problem:
        return show_design(request, design, problem)
    return go_on(request, f"/process-design/{pk}/", _("New instances run by this version from now on."))


@page
@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Start no further instances."""
    actions.take_off(processdesign=design_at(request, pk), by=actor_of(request))
    return go_on(request, f"/process-design/{pk}/", _("No new instances start; running ones finish."))


@page
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a design that nothing ever ran by."""
    actions.remove_design(processdesign=design_at(request, pk), by=actor_of(request))
    return go_on(request, "/process-design/", _("The design is gone."))


@page
@require_GET
def bpmn_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version's model as a BPMN file, with a drawing."""
    design = design_at(request, pk)
    answer = HttpResponse(write_bpmn(filed_model(design.pk, design.number)), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="design-{design.pk}.bpmn"'
    return answer
