"""The middle pane: everything that happened around a record, newest first, by day, from the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kinflow.eventlog import Actor, event
from kinflow.eventlog.narration import Told
from kinflow.eventlog.timeline import timeline_of
from kinflow.web.doors import page

from ..faces import RecordType
from ..telling import ACTOR_WORDS, tell
from .answers import actor_of
from .found import face_at, record_at

PAGE = 30
TOPICS = [
    ("", gettext_lazy("All")),
    ("contact", pgettext_lazy("topic of events", "Contact")),
    ("sale", pgettext_lazy("topic of events", "Sale")),
    ("service", pgettext_lazy("topic of events", "Service")),
    ("marketing", pgettext_lazy("topic of events", "Marketing")),
    ("assignment", pgettext_lazy("topic of events", "Assignment")),
    ("change", pgettext_lazy("topic of events", "Changes")),
]
ACTORS = {
    "rule": gettext_lazy("rule: %(name)s"),
    "process": gettext_lazy("process: %(name)s"),
    "integration": gettext_lazy("integration: %(name)s"),
    "portal": gettext_lazy("portal: %(name)s"),
    "import": gettext_lazy("import: %(name)s"),
}
TEXTS = (
    "note",
    "text",
    "description",
    "outcome",
    "solution",
    "question",
    "answer",
    "body",
    "notes",
    "reason",
    "comment",
)
LONGEST_BODY = 2000


@dataclass(frozen=True)
class Item:
    """One entry as it is shown."""

    told: Told
    time: str
    who: str
    body: str
    changes: Sequence[tuple[str, Any, Any]]
    cause: int | None


@dataclass(frozen=True)
class Day:
    """The entries of one day."""

    label: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Timeline:
    """A page of a timeline, and the address of what is older ("" at the end)."""

    days: Sequence[Day]
    older: str
    topic: str


def timeline(face: RecordType, pk: int, by: Actor, *, topic: str = "", before: int | None = None) -> Timeline:
    """The entries that mention the record, by day; `topic` keeps to one kind of them."""
    names = [e.name for e in event.registry.values() if e.topic == topic] if topic else []
    entries = timeline_of(face.name, pk, before=before, names=names, limit=PAGE + 1)
    more = entries[PAGE - 1].pk if len(entries) > PAGE else None
    older = f"{face.url(pk)}timeline/?topic={topic}&before={more}" if more else ""
    return Timeline(_days(tell(entries[:PAGE], by)), older, topic)


def _days(told: Sequence[Told]) -> list[Day]:
    zone = timezone.get_current_timezone()
    today = timezone.localdate()
    days: list[tuple[date, list[Item]]] = []
    for each in told:
        local = each.at.astimezone(zone)
        if not days or days[-1][0] != local.date():
            days.append((local.date(), []))
        days[-1][1].append(_item(each, local))
    return [Day(day_words(day, today), items) for day, items in days]


def _item(told: Told, local: datetime) -> Item:
    entry = told.entry
    changes = told.details.get("changes")
    given = changes.items() if isinstance(changes, dict) else ()
    pairs = [(k, v[0], v[1]) for k, v in given if isinstance(v, list) and len(v) == 2]
    body = next((str(told.details[key]) for key in TEXTS if _is_text(told, key)), "")
    words = ACTORS.get(entry.actor_kind)
    is_named = told.by in told.text
    if words is None:
        who = "" if is_named else told.by
    else:
        who = str(ACTOR_WORDS[entry.actor_kind] if is_named else words % {"name": told.by})
    return Item(told, f"{local:%H:%M}", who, body[:LONGEST_BODY], pairs, entry.caused_by)


def _is_text(told: Told, key: str) -> bool:
    """Whether the detail is a text, and one that the sentence does not say already."""
    value = told.details.get(key)
    if not isinstance(value, str) or len(value) < 2 or value == "[erased]" or value in told.text:
        return False
    is_code = value.isascii() and value.replace("_", "").isalnum()
    return key != "reason" or not is_code


def day_words(day: date, today: date) -> str:
    """A day as a heading."""
    distance = (today - day).days
    if distance == 0:
        return _("Today")
    if distance == 1:
        return _("Yesterday")
    return date_format(day, _("l, j F") if day.year == today.year else _("l, j F Y"))


@page
def timeline_fragment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The timeline of one topic, or what is older than an entry."""
    face, by = face_at(slug), actor_of(request)
    record_at(face, pk, by)
    return timeline_part(request, face, pk)


def timeline_part(request: HttpRequest, face: RecordType, pk: int) -> HttpResponse:
    """What was asked for of the timeline of a record that the person may see."""
    by = actor_of(request)
    before = request.GET.get("before", "")
    told = timeline(
        face,
        pk,
        by,
        topic=request.GET.get("topic", "") if request.GET.get("topic", "") in dict(TOPICS) else "",
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    context = {"timeline": told, "topics": TOPICS, "face": face, "pk": pk}
    part = "older" if before else "timeline"
    return render(request, f"records/timeline.html#{part}", context)
