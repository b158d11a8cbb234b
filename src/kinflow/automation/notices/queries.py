"""Reading notices: always those of one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import Told
from kinflow.records.telling import tell

from ..bilingual import in_active_language
from .kinds import ICONS, TONES
from .models import Notice

MOST_COUNTED = 100


@dataclass(frozen=True)
class Said:
    """A message in words, as entries of the log are told."""

    html: SafeString
    text: str


@dataclass(frozen=True)
class Shown:
    """A notice with its entry or its message in words."""

    notice: Notice
    told: Told | Said | None
    icon: str
    tone: str


def unread(person_id: int) -> int:
    """How many notices the person has not read, counted up to 100."""
    return len(Notice.objects.filter(person_id=person_id, read_at=None).values_list("pk")[:MOST_COUNTED])


def notices_of(person_id: int, *, before: int | None = None, limit: int = 30) -> list[Notice]:
    """The person's notices, newest first; `before` is the last one's id of the page above."""
    rows = Notice.objects.filter(person_id=person_id).select_related("message")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])


def shown(notices: Sequence[Notice], by: Actor) -> list[Shown]:
    """The notices ready to be shown to their person, in the active language, without a query for each."""
    wanted = {notice.entry_id for notice in notices if notice.entry_id is not None}
    entries = Entry.objects.prefetch_related("mentions").in_bulk(wanted)
    told = {each.entry.pk: each for each in tell(list(entries.values()), by)}
    return [
        Shown(
            notice,
            _said(notice) or told.get(notice.entry_id or 0),
            ICONS.get(notice.kind, "bell"),
            TONES.get(notice.kind, ""),
        )
        for notice in notices
    ]


def _said(notice: Notice) -> Said | None:
    message = notice.message
    if message is None:
        return None
    subject, text = in_active_language(message.subject), in_active_language(message.text)
    below = mark_safe(linebreaks(text, autoescape=True)) if text else ""  # noqa: S308
    html = format_html("<b>{}</b>{}", subject, below)
    return Said(html, subject)
