"""Reading the log: by object (timeline), and by conditions of its own (browser)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kinflow.kit.standing import StandingQuery

from .models import Entry, Mention

_entries = StandingQuery[Entry](lambda ids: Entry.objects.filter(pk__among=ids).order_by("-pk"), 1)
_mentions = StandingQuery[Mention](lambda ids: Mention.objects.filter(entry__among=ids), 1)


@dataclass(frozen=True)
class LogFilter:
    """Which entries of the log are wanted; empty means all."""

    names: tuple[str, ...] = ()
    actor_kind: str = ""
    actor_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    object_id: int | None = None


def timeline_of(
    kind: str, object_id: int, *, before: int | None = None, names: Sequence[str] = (), limit: int = 30
) -> list[Entry]:
    """The newest entries that mention the object, newest first; `before` is the last entry's id of the page above."""
    mentions = Mention.objects.filter(kind=kind, object_id=object_id)
    if before is not None:
        mentions = mentions.filter(entry_id__lt=before)
    if names:
        mentions = mentions.filter(entry__name__in=list(names))
    ids = list(mentions.order_by("-entry_id").values_list("entry_id", flat=True).distinct()[:limit])
    return with_mentions(_entries(ids))


def with_mentions(entries: list[Entry]) -> list[Entry]:
    """The entries with what they mention at hand, in one query for all."""
    by_entry: dict[int, list[Mention]] = {entry.pk: [] for entry in entries}
    for mention in _mentions(list(by_entry)):
        by_entry[mention.entry_id].append(mention)
    for entry in entries:
        entry.mentioned = by_entry[entry.pk]
    return entries


def page_of_log(wanted: LogFilter, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """The newest entries that fit, newest first."""
    rows = Entry.objects.all()
    if wanted.names:
        rows = rows.filter(name__in=wanted.names)
    if wanted.actor_kind:
        rows = rows.filter(actor_kind=wanted.actor_kind)
    if wanted.actor_id:
        rows = rows.filter(actor_id=wanted.actor_id)
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__lt=wanted.until)
    if wanted.object_id is not None:
        about = Mention.objects.filter(kind=wanted.kind, object_id=wanted.object_id)
        rows = rows.filter(pk__in=about.values("entry_id"))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return with_mentions(list(rows.order_by("-pk")[:limit]))
