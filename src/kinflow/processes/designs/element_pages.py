"""The page of one element of a design: what it is bound to, said in a form."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinflow.automation.rules.event_names import choices_for
from kinflow.automation.rules.forms import condition_of, content_of, edited
from kinflow.automation.rules.forms import rows_of as step_rows_of
from kinflow.automation.steps import registry as step_kinds
from kinflow.conditions.editing import UNIT_WORDS
from kinflow.customers.activities.rules import KINDS, RESULTS
from kinflow.kit.problem import FieldError, NotFound, Problem
from kinflow.records.faces import VOCABULARY
from kinflow.records.pages.answers import actor_of, go_on, tell
from kinflow.web.doors import page

from ..bpmn.model import ACTIVITIES
from ..bpmn.names import named_in
from ..bpmn.reading import read_bpmn
from ..bpmn.repeats import Repeats, repeats_of
from . import actions
from .access import may_change_designs
from .asked_fields import askable, asked_words
from .bindings import wants
from .groups import group_choices
from .models import ProcessDesign
from .naming import design_called
from .pages import design_at, kind_label
from .plans import WAITS_FOR_PEOPLE, Node, Plan, plan_of
from .reading_bindings import WAITING_STEPS, outcomes_in
from .telling import element_kinds
from .unnamed import placed_in
from .versions import newest
from .ways_form import way_sent, way_shown
from .wrong import wrong_fields

PAGE = "processes/designs/element.html"


def _element(design: ProcessDesign, element: str) -> tuple[Plan, Node, dict[str, Any]]:
    """The plan, the node, and the bindings of the newest version. Raises NotFound."""
    version = newest(design)
    plan, _faults = plan_of(placed_in(named_in(read_bpmn(bytes(version.content)), get_language() or "")))
    node = plan.nodes.get(element) if plan is not None else None
    if plan is None or node is None or not (wants(node) or _decides(node) or _may_repeat(node)):
        raise NotFound(_("There is nothing to say at this element."), remedy=_("Look at the design again."))
    return plan, node, version.bindings


def _decides(node: Node) -> bool:
    return node.kind in ("choose", "include") and len(node.out) > 1


def _may_repeat(node: Node) -> bool:
    return node.element.kind in ACTIVITIES and not node.element.by_event


@page
@require_http_methods(["GET", "POST"])
def element_page(request: HttpRequest, pk: int, element: str) -> HttpResponse:
    """What an element is bound to; POST keeps it as a new version."""
    design = design_at(request, pk)
    try:
        plan, node, bindings = _element(design, element)
    except NotFound:
        if not _is_beside(request):
            raise
        return render(request, f"{PAGE}#nothing")
    if _is_drawn_otherwise(request, node):
        return render(request, f"{PAGE}#otherwise")
    if request.method != "POST":
        return _show(request, design, plan, node, bindings, str(design.number))
    given = bindings | _sent(request.POST, design.kind, node)
    given = {key: one for key, one in given.items() if one}
    repeats = {node.id: asdict(_repeats(request.POST, node))} if _may_repeat(node) else {}
    seen = request.POST.get("seen", "")
    try:
        changed = actions.change_design(
            processdesign=design,
            bindings=given,
            repeats=repeats,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
            by=actor_of(request),
        )
    except Problem as problem:
        return _show(request, design, plan, node, given, seen, problem)
    told = _("This is version %(number)s now.") % {"number": changed.number}
    if _is_beside(request):
        _plan, now, _bindings = _element(changed, element)
        return tell(_show(request, changed, plan, now, given, str(changed.number)), told)
    return go_on(request, f"/process-design/{pk}/", told)


def _is_beside(request: HttpRequest) -> bool:
    """Whether the form is shown beside the drawing."""
    return "beside" in request.GET


def _is_drawn_otherwise(request: HttpRequest, node: Node) -> bool:
    """Whether the drawing, which is not saved yet, has another kind of element there than the newest version."""
    drawn = request.GET.get("drawn", "")
    return bool(drawn) and drawn != f"{node.element.kind}:{node.element.event}"


@page
@require_POST
def element_rows(request: HttpRequest, pk: int, element: str) -> HttpResponse:
    """The form after a step was added, moved or taken out, or another way of doing it chosen; nothing is kept yet."""
    design = design_at(request, pk)
    plan, node, bindings = _element(design, element)
    given = bindings | _sent(request.POST, design.kind, node)
    one = given.get(node.id)
    if one and "do" in one:
        try:
            one["do"] = edited(request.POST, content_of(request.POST, design.kind))["steps"]
        except (IndexError, KeyError, ValueError):
            one["do"] = content_of(request.POST, design.kind)["steps"]
    context = _form(design, plan, node, given)
    return render(request, f"{PAGE}#rows", context)


def _sent(sent: QueryDict, kind: str, node: Node) -> dict[str, Any]:
    """What the form says: by element or flow what it is bound to; nothing where it says nothing."""
    if _decides(node):
        return {flow: way_sent(sent, kind, flow) for flow in node.out}
    wanted = wants(node)
    if not wanted:
        return {}
    if wanted == "task" and sent.get("how") == "do":
        wanted = "do"
    match wanted:
        case "task":
            return {
                node.id: {
                    "subject": {lang: sent.get(f"subject:{lang}", "").strip() for lang in ("en", "zh-hans")},
                    "kind": sent.get("task_kind", "task"),
                    "assign": sent.get("assign", "scoring"),
                    "due": _duration(sent, "due"),
                    "working_time": "due:working" in sent,
                    **_asked(sent, kind),
                }
            }
        case "do":
            return {node.id: {"do": content_of(sent, kind)["steps"]}}
        case "timer":
            told = {"duration": _duration(sent, "duration"), "working_time": "duration:working" in sent}
            together = str(sent.get("together", "")).strip()
            if together not in ("", "1"):
                told["together"] = together
            return {node.id: told if told["duration"] or "together" in told else None}
        case "event":
            return {node.id: {"event": sent["event"]} if sent.get("event") else None}
        case "condition":
            return {node.id: {"condition": condition_of(sent.get("condition", ""), kind)}}
    return {node.id: {"design": sent["design"]} if sent.get("design") else None}


def _asked(sent: QueryDict, kind: str) -> dict[str, Any]:
    """The fields that the form lets a task ask for; nothing where it asks for none."""
    said = {name: sent.get(f"asks:{name}", "") for name in askable(kind)}
    fields = [name for name, how in said.items() if how]
    required = [name for name, how in said.items() if how == "required"]
    return {"fields": fields} | ({"required": required} if required else {}) if fields else {}


def _repeats(sent: QueryDict, node: Node) -> Repeats:
    """How often the form says that a step is done; as it is where the form does not ask."""
    if "repeats:how" not in sent:
        return repeats_of(node.element)
    how, times, until, again = (
        sent.get(f"repeats:{part}", "").strip() for part in ("how", "times", "until", "again")
    )
    return Repeats(how, times, until, again, "repeats:asks_first" in sent)


def _duration(sent: QueryDict, name: str) -> dict[str, Any]:
    amount = sent.get(f"{name}:amount", "").strip()
    return {"amount": amount, "unit": sent.get(f"{name}:unit", "hours")} if amount else {}


def _form(
    design: ProcessDesign,
    plan: Plan,
    node: Node,
    bindings: Mapping[str, Any],
    errors: Sequence[FieldError] = (),
) -> dict[str, Any]:
    """What the form shows."""
    one = bindings.get(node.id) or {}
    wanted = wants(node)
    by_program = "do" in one or wanted == "do"
    prefix = f"/bindings/{node.id}/do"
    inner = [FieldError(f"/steps{e.pointer.removeprefix(prefix)}", e.message) for e in errors]
    others = ProcessDesign.objects.filter(kind=design.kind, live_number__gt=0).exclude(pk=design.pk)
    return {
        "design": design,
        "kind": design.kind,
        "node": node,
        "wants": "ways" if _decides(node) else "do" if by_program else wanted,
        "may_collect": node.element.kind == "intermediateCatchEvent",
        "may_be_either": node.element.kind in WAITS_FOR_PEOPLE,
        "one": one,
        "units": [(unit.value, words) for unit, words in UNIT_WORDS.items()],
        "task_kinds": KINDS,
        "asks": [(name, field.label, _how_asked(one, name)) for name, field in askable(design.kind).items()],
        "asked": asked_words(design.kind, tuple(one.get("fields") or ()), tuple(one.get("required") or ())),
        "groups": group_choices(),
        "results": RESULTS,
        "outcomes": sorted(outcomes_in(bindings)),
        "subjects": [
            ("en", "English", _subject(one, "en")),
            ("zh-hans", "中文", _subject(one, "zh-hans")),
        ],
        "events": choices_for(design.kind),
        "designs": [(str(row.pk), design_called(row)) for row in others.order_by("name")],
        "called_design": str(one.get("design", "")),
        "ways": [way_shown(plan, node, flow, bindings, errors) for flow in node.out],
        "step_rows": step_rows_of(one.get("do"), design.kind, inner),
        "step_kinds": [cls for name, cls in step_kinds.items() if name not in WAITING_STEPS],
        "rows_url": f"/process-design/{design.pk}/element/{node.id}/rows/",
        "vocabulary": VOCABULARY,
    }


def _how_asked(one: Mapping[str, Any], name: str) -> str:
    """Whether a task asks for a field: "required", "asked" or ""."""
    if name in (one.get("required") or ()):
        return "required"
    return "asked" if name in (one.get("fields") or ()) else ""


def _subject(one: Mapping[str, Any], language: str) -> str:
    told = one.get("subject") or {}
    return str(told.get(language, "")) if isinstance(told, Mapping) else str(told)


def _places_of(node: str) -> dict[str, str]:
    """By field of the form where what is wrong with it stands."""
    bound = (
        "subject",
        "kind",
        "assign",
        "due",
        "duration",
        "together",
        "event",
        "condition",
        "design",
        "fields",
    )
    places = {each: f"/bindings/{node}/{each}" for each in bound}
    return places | {each: f"/repeats/{node}/{each}" for each in ("times", "until", "again")}


def _show(
    request: HttpRequest,
    design: ProcessDesign,
    plan: Plan,
    node: Node,
    bindings: Mapping[str, Any],
    seen: str,
    problem: Problem | None = None,
) -> HttpResponse:
    errors = problem.errors if problem else ()
    context = {
        **_form(design, plan, node, bindings, errors),
        "called": design_called(design),
        "kind_label": kind_label(design.kind),
        "element_kind": element_kinds().get(node.element.kind, node.element.kind),
        "seen": seen,
        "problem": problem,
        "wrong": wrong_fields(problem, _places_of(node.id)),
        "may_change": may_change_designs(actor_of(request)),
        "repeats": (_repeats(request.POST, node) if problem else repeats_of(node.element))
        if _may_repeat(node)
        else None,
        "hows": [
            ("", _("once")),
            ("parallel", _("several times, at once")),
            ("sequential", _("several times, in turn")),
            ("loop", _("again, while a condition holds")),
        ],
        "here": f"/process-design/{design.pk}/",
        "is_beside": _is_beside(request),
    }
    template = f"{PAGE}#form" if _is_beside(request) else PAGE
    return render(request, template, context, status=problem.status if problem else 200)
