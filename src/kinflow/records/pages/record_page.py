"""The page of one record: facts left, everything that happened in the middle, related records right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, Refused
from kinflow.web.doors import page

from ..access import accesses, may
from ..faces import RecordType, Verb
from ..running import run_action
from .answers import actor_of, came_from, go_on, only_post
from .boards import columns_for
from .composing import composer, middle_parts, side_parts
from .facts import sections_of
from .found import face_at, record_at
from .neighbours import LONGEST_ADDRESS
from .panels import panels_of
from .timelines import TOPICS, timeline
from .verbs import action_name, asks, offered

BUTTONS = 3
LONGEST_NOTE = 5000


@dataclass(frozen=True)
class Step:
    """One step of the stage line: its words, and whether it is done, now or ahead."""

    label: Any
    state: str


@dataclass(frozen=True)
class Button:
    """A verb as a button: whether it opens a dialog, and its look."""

    verb: Verb
    asks: bool
    css: str


@page
def record_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The page."""
    face, by = face_at(slug), actor_of(request)
    record = record_at(face, pk, by)
    told = request.GET.get("in", "")[:LONGEST_ADDRESS]
    shown, more = buttons_of(face, record, by)
    body = getattr(face, "body_template", "")
    context = {
        "face": face,
        "record": record,
        "record_title": str(face.title(record)) or face.number(record),
        "number": face.number(record),
        "subtitle": str(face.subtitle(record) or "") if face.subtitle else "",
        "back": f"/{face.slug}/?{told}" if told else f"/{face.slug}/",
        "came_by": told,
        "has_list": "in" in request.GET,
        "steps": steps_of(face, record),
        "buttons": shown,
        "menu": more,
        "sections": sections_of(face, record, by),
        "timeline": timeline(face, pk, by),
        "topics": TOPICS,
        "pk": pk,
        "here": face.url(pk),
        "composer": composer() if may_log(by) else None,
        "panels": panels_of(face, record, by),
        "body_template": body,
        "middle": [mark_safe(html) for part in middle_parts if (html := part(face, record, by))],  # noqa: S308
        "side": [mark_safe(html) for part in side_parts if (html := part(face, record, by))],  # noqa: S308
    }
    return render(request, "records/record.html", context)


def steps_of(face: RecordType, record: Any) -> list[Step]:
    """The stage line: the columns of the board, those before the record's own are done."""
    if face.board is None:
        return []
    field = face.by_name[face.board.field]
    now = getattr(record, field.column, None)
    columns = columns_for(face, now)
    key = now.pk if isinstance(now, models.Model) else now
    columns = [column for column in columns if column.tone != "bad" or column.value == key]
    values = [column.value for column in columns]
    if key not in values:
        return []
    at = values.index(key)
    bad = field.tones.get(key) == "bad"
    states = ["done" if i < at and not bad else "now" if i == at else "" for i in range(len(values))]
    return [Step(column.label, state) for column, state in zip(columns, states, strict=True)]


def buttons_of(face: RecordType, record: Any, by: Actor) -> tuple[Sequence[Button], Sequence[Button]]:
    """The verbs as buttons, the main ones first, and the rest for the menu."""
    verbs = sorted(offered(face, record, by), key=lambda verb: not verb.primary)
    made = [
        Button(verb, asks(face, verb), "main" if verb.primary and i == 0 else "")
        for i, verb in enumerate(verbs)
    ]
    return made[:BUTTONS], made[BUTTONS:]


def may_log(by: Actor) -> bool:
    """Whether the person may note what happened."""
    found = composer()
    if found is None:
        return False
    name = action_name(found.action)
    return any(name in access.run and may(by, name, kind=kind) for kind, access in accesses.items())


@page
def compose(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note what happened with this record."""
    if refused := only_post(request):
        return refused
    face, by = face_at(slug), actor_of(request)
    record = record_at(face, pk, by)
    found = composer()
    if found is None or not may_log(by):
        raise Refused(remedy=_("Ask an administrator."))
    text = request.POST.get("text", "").replace("\x00", "").strip()[:LONGEST_NOTE]
    if not text:
        raise Invalid(errors=[FieldError("/text", _("Write what happened."))])
    kinds = [kind for kind, _label, _icon in found.kinds]
    kind = request.POST.get("kind", "")
    subject, _break, rest = text.partition("\n")
    values = {
        "kind": kind if kind in kinds else (kinds or ["note"])[0],
        "subject": subject[:200],
        "outcome": (subject[200:] + "\n" + rest).strip(),
        "about": record,
        **_parties(face, record),
    }
    run_action(found.action, values, by)
    return go_on(request, came_from(request, face.url(pk)), _("Noted"))


def _parties(face: RecordType, record: Any) -> dict[str, Any]:
    """The account and the contact of what is noted."""
    found = {}
    for name in ("account", "contact"):
        value = record if face.name == name else getattr(record, name, None)
        if isinstance(value, models.Model):
            found[name] = value
    return found
