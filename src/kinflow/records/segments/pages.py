"""Segments on screen: the editor with its live count, and two beside each other."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import EVERYTHING, ConditionError, parse_text, to_q
from kinflow.kit.problem import Problem, Refused
from kinflow.web.doors import page

from ..access import may, visible
from ..faces import RecordType, registry
from ..pages.answers import actor_of, go_on
from ..pages.filters import names_in
from ..pages.wanted import Vocabulary
from ..places import sees_kind
from .access import sees_segment
from .actions import change_segment, create_segment
from .comparing import overlap_of
from .membership import field_of
from .models import BY_HAND, CONDITION, FOUNDING, WAYS, Segment, called
from .parts import percent_of
from .rules import neutral

MOST_COUNTED = 100_000


def _kinds(by: Any) -> list[RecordType]:
    found = [
        face for face in registry.values() if face.place and field_of(face.name) and sees_kind(by, face.name)
    ]
    return sorted(found, key=lambda face: str(face.plural))


@page
def new(request: HttpRequest) -> HttpResponse:
    """A new segment: first of what, then its name and its condition."""
    by = actor_of(request)
    if not may(by, "records.create_segment", kind="segment"):
        raise Refused(remedy=_("Ask a team lead or an administrator."))
    kinds = _kinds(by)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    face = next((each for each in kinds if each.name == kind), None)
    if face is None:
        return render(request, "records/segments/kinds.html", {"kinds": kinds})
    given: dict[str, Any] = {
        "way": request.GET.get("way", CONDITION),
        "condition": request.GET.get("where", ""),
    }
    if request.method != "POST":
        return _show(request, face, given)
    given = _sent(request)
    try:
        condition = _read(given["condition"], face, request)
        segment = create_segment(kind=face.name, **given | {"condition": condition}, by=by)
    except Problem as problem:
        return _show(request, face, given, problem=problem)
    return go_on(request, f"/segments/{segment.pk}/", _("Created; its members are being counted."))


@page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a segment."""
    by, segment = actor_of(request), get_object_or_404(Segment, pk=pk)
    face = registry[segment.kind]
    if not sees_segment(by, segment) or not may(by, "records.change_segment", segment):
        raise Refused(remedy=_("Ask the owner of the segment, a team lead or an administrator."))
    given: dict[str, Any] = {
        name: getattr(segment, name) for name in ("name", "name_zh", "about", "way", "condition")
    }
    if request.method != "POST":
        return _show(request, face, given, segment=segment)
    given = _sent(request) | {"way": segment.way}
    changes = {name: given[name] for name in ("name", "name_zh", "about")}
    try:
        if segment.way == CONDITION:
            changes["condition"] = _read(given["condition"], face, request)
        change_segment(segment=segment, changes=changes, by=by)
    except Problem as problem:
        return _show(request, face, given, segment=segment, problem=problem)
    return go_on(request, f"/segments/{pk}/", _("Saved"))


def _sent(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in ("name", "name_zh", "about", "way", "condition")}


def _read(text: str, face: RecordType, request: HttpRequest) -> Any:
    """The condition that was sent, over what the person may read. Raises ConditionError."""
    parse_text(text, face.name, Vocabulary(actor_of(request)))
    return json.loads(text) if text.strip() else {}


def _show(
    request: HttpRequest,
    face: RecordType,
    given: Mapping[str, Any],
    *,
    segment: Segment | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    vocabulary = Vocabulary(actor_of(request))
    raw = given.get("condition") or {}
    try:
        text = raw if isinstance(raw, str) else json.dumps(raw)
        names = names_in(parse_text(text, face.name, vocabulary))
    except ConditionError:
        names = {}
    context = {
        "face": face,
        "segment": segment,
        "given": given,
        "raw": raw,
        "names": names,
        "ways": WAYS,
        "by_hand": given.get("way") == BY_HAND,
        "vocabulary": vocabulary,
        "errors": {e.pointer.strip("/").split("/")[0]: e.message for e in problem.errors} if problem else {},
        "problem": problem,
        "here": f"/segments/{segment.pk}/edit/" if segment else f"/segments/new/?kind={face.name}",
    }
    return render(request, "records/segments/editor.html", context, status=problem.status if problem else 200)


@page
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a segment is counted; when it is, the page is shown anew."""
    segment = get_object_or_404(Segment, pk=pk)
    if not sees_segment(actor_of(request), segment):
        raise Refused(remedy=_("Ask a team lead or an administrator."))
    answer = render(
        request, "records/segments/progress.html", {"segment": segment, "percent": percent_of(segment)}
    )
    if segment.state != FOUNDING:
        answer["HX-Refresh"] = "true"
    return answer


@page
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """How many records the condition of the form means now, of those that the person sees."""
    by, face = actor_of(request), registry.get(kind)
    if face is None or not sees_kind(by, kind):
        raise Refused(remedy=_("Ask a team lead or an administrator."))
    context: dict[str, Any] = {"face": face}
    try:
        meant = parse_text(request.POST.get("condition", ""), kind, Vocabulary(by))
        rows = visible(by, face.model._default_manager.all())
        if meant != EVERYTHING:
            rows = rows.filter(to_q(meant, neutral(timezone.now())))
        count = rows.order_by()[: MOST_COUNTED + 1].count()
        context |= {"count": f"{min(count, MOST_COUNTED):,}", "capped": count > MOST_COUNTED}
    except ConditionError as refused:
        context["problem"] = refused
    return render(request, "records/segments/count.html", context)


@page
def compare(request: HttpRequest) -> HttpResponse:
    """Two segments of one record type beside each other."""
    by = actor_of(request)
    one = get_object_or_404(Segment, pk=_number(request.GET.get("one", "")))
    if not sees_segment(by, one):
        raise Refused(remedy=_("Ask a team lead or an administrator."))
    others = Segment.objects.filter(kind=one.kind).exclude(pk=one.pk).order_by("name")[:500]
    other = next((each for each in others if str(each.pk) == request.GET.get("other", "")), None)
    context: dict[str, Any] = {"one": one, "others": [(s.pk, called(s)) for s in others], "other": other}
    if other is not None:
        found = overlap_of(one, other, by)
        face = registry[one.kind]
        within = {"field": "segments", "op": "any_of", "value": [one.pk]}
        beyond = {"field": "segments", "op": "any_of", "value": [other.pk]}
        context |= {
            "overlap": found,
            "parts": [
                (_("Only in “%(name)s”") % {"name": one}, found.first, _list(face, within, {"not": beyond})),
                (_("In both"), found.both, _list(face, within, beyond)),
                (
                    _("Only in “%(name)s”") % {"name": other},
                    found.second,
                    _list(face, {"not": within}, beyond),
                ),
            ],
        }
    return render(request, "records/segments/compare.html", context)


def _number(raw: str) -> int:
    return int(raw) if raw.isdecimal() and len(raw) < 19 else 0


def _list(face: RecordType, *parts: Any) -> str:
    return list_url(face, {"all": list(parts)})


def list_url(face: RecordType, condition: Any) -> str:
    """The address of the record type's list with a condition as filter."""
    return f"/{face.slug}/?{urlencode({'where': json.dumps(condition, separators=(',', ':'))})}"
