"""Editing in place: one field of a record, in lists, boards and facts alike; stale edits show both values."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kinflow.conditions import Kind
from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem, Refused
from kinflow.web.doors import page

from ..access import may_read
from ..changing import Stale, plain
from ..faces import Field, RecordType
from ..running import run_action
from ..values_given import BLANK, WrongValue, value_of
from .answers import actor_of, came_from, go_on, only_post, tell
from .facts import fact_html
from .fields import can_edit, input_for, seen_text
from .forms import FormInput, as_text
from .found import face_at, record_at
from .shown import shower, value_reader, value_shower


def readable_field(face: RecordType, name: str, by: Actor) -> Field:
    """The field, where this person may read it; Http404 otherwise."""
    field = face.by_name.get(name)
    if field is None or not may_read(by, field.sensitivity):
        raise Http404(name)
    return field


def _editable(face: RecordType, name: str, record: Any, by: Actor) -> Field:
    field = readable_field(face, name, by)
    if not can_edit(face, field, record, by):
        raise Refused(remedy=_("Ask the owner of the record, a team lead or an administrator."))
    return field


@page
def edit_field(request: HttpRequest, slug: str, pk: int, name: str) -> HttpResponse:
    """The form of one field in its place; after it is sent, the field's new value; with ?show just its value."""
    face, by = face_at(slug), actor_of(request)
    record = record_at(face, pk, by)
    if "show" in request.GET:
        return HttpResponse(fact_html(face, readable_field(face, name, by), record, by))
    field = _editable(face, name, record, by)
    if request.method != "POST":
        return _form(request, face, field, record, seen=seen_text(field, record))
    seen = request.POST.get("seen", "")
    try:
        _change(face, field, record, request, by)
    except Stale as stale:
        return _stale(request, face, field, record_at(face, pk, by), stale)
    except (WrongValue, Problem) as wrong:
        return _form(request, face, field, record, seen=seen, error=_told(wrong), given=request.POST)
    return _changed(face, field, record, record_at(face, pk, by), by)


def _told(wrong: Exception) -> str:
    errors = getattr(wrong, "errors", ())
    told = " ".join(str(e.message) for e in errors) or str(wrong)
    return f"{told} {getattr(wrong, 'remedy', '')}".strip()


def _change(face: RecordType, field: Field, record: Any, request: HttpRequest, by: Actor) -> None:
    """Run the change that the form asks for; the values its editor saw go with it."""
    asked = input_for(face, field)
    raw = request.POST.getlist("value") if asked.many else request.POST.get("value", "")
    value = value_of(asked, raw, by)
    try:
        seen = json.loads(request.POST.get("seen") or "null")
    except (ValueError, RecursionError):
        raise WrongValue(_("This form is broken; open it again.")) from None
    told = {} if "seen" not in request.POST else {field.name: seen}
    change(face, record, {field.name: None if value is BLANK else value}, told, by)


def change(
    face: RecordType, record: Any, changes: Mapping[str, Any], seen: Mapping[str, Any], by: Actor
) -> Any:
    """Run the face's change action; returns the record."""
    assert face.change is not None
    return run_action(face.change, {face.name: record, "changes": changes, "seen": seen}, by)


def _changed(face: RecordType, field: Field, before: Any, after: Any, by: Actor) -> HttpResponse:
    old, new = plain(value_reader(field)(before)), plain(value_reader(field)(after))
    response = HttpResponse(fact_html(face, field, after, by))
    if old == new:
        return response
    told = _("%(field)s changed") % {"field": field.label}
    return tell(response, told, undo_address(face, after.pk, {field.name: (old, new)}))


def undo_address(face: RecordType, pk: int, changes: Mapping[str, tuple[Any, Any]]) -> str:
    """The address that sets the fields back: {field: (old, new)}."""
    told = json.dumps({name: list(pair) for name, pair in changes.items()}, ensure_ascii=False)
    return f"{face.url(pk)}undo/?{urlencode({'changes': told})}"


@page
def undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Set fields back to what they were, unless somebody changed them again meanwhile."""
    if refused := only_post(request):
        return refused
    face, by = face_at(slug), actor_of(request)
    record = record_at(face, pk, by)
    try:
        pairs = {
            str(name): (old, new) for name, (old, new) in json.loads(request.GET.get("changes", "")).items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Http404("changes") from None
    for name in pairs:
        _editable(face, name, record, by)
    changes = {name: old for name, (old, _new) in pairs.items()}
    change(face, record, changes, {name: new for name, (_old, new) in pairs.items()}, by)
    return go_on(request, came_from(request, face.url(pk)), _("Taken back"))


def _form(
    request: HttpRequest,
    face: RecordType,
    field: Field,
    record: Any,
    *,
    seen: str,
    error: str = "",
    given: Mapping[str, Any] | None = None,
) -> HttpResponse:
    asked = input_for(face, field)
    value = value_reader(field)(record)
    many = [as_text(v) for v in value or ()] if asked.many else []
    text = ", ".join(many) if asked.many and asked.kind == "text" else as_text(value)
    shown = strip_tags(value_shower(field)(value)) if field.kind is Kind.RELATION and value else ""
    if given is not None:
        text, shown = str(given.get("value", "")), ""
    bound = FormInput(asked, text, many, shown, [error] if error else [], True)
    context = {"face": face, "field": field, "record": record, "bound": bound, "seen": seen}
    return render(request, "records/edit.html", context, status=422 if error else 200)


def _stale(request: HttpRequest, face: RecordType, field: Field, record: Any, stale: Stale) -> HttpResponse:
    """Both values: what stands there now, and what was entered."""
    raw = request.POST.get("value", "")
    words = {str(value): label for value, label in field.choices}
    context = {
        "face": face,
        "field": field,
        "record": record,
        "now": mark_safe(shower(face, field)(record)),  # noqa: S308
        "entered": words.get(raw, raw),
        "value": raw,
        "seen": seen_text(field, record),
        "stale": stale,
    }
    return render(request, "records/stale.html", context, status=409)
