"""Reading the log: by object (timeline), and by conditions of its own (browser)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kinflow.kit.standing import StandingQuery, asked, fetched, in_one_go

from .models import About, Entry, Mention

END = 2**63 - 1
_NEWEST = """SELECT DISTINCT entry_id FROM eventlog_mention AS m
WHERE kind = %s AND object_id = %s AND entry_id < %s {names} ORDER BY entry_id DESC LIMIT %s"""
_NAMED = "AND EXISTS (SELECT FROM eventlog_entry e WHERE e.id = m.entry_id AND e.name = ANY(%s))"
_entries = StandingQuery[Entry](lambda ids: Entry.objects.filter(pk__among=ids).order_by("-pk"), 1)
_unordered = StandingQuery[Entry](lambda ids: Entry.objects.filter(pk__among=ids), 1)
_MENTIONS = "SELECT entry_id, role, kind, object_id FROM eventlog_mention WHERE entry_id = ANY(%s)"


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
    limits = [kind, object_id, END if before is None else before]
    found = fetched(
        _NEWEST.format(names=_NAMED if names else ""), [*limits, *([list(names)] * bool(names)), limit]
    )
    ids = [entry_id for (entry_id,) in found]
    return with_mentions(_entries(ids))


def with_mentions(entries: list[Entry]) -> list[Entry]:
    """The entries with what they mention at hand, in one query for all."""
    return _joined(entries, fetched(_MENTIONS, [[entry.id for entry in entries]]) if entries else ())


def _joined(entries: list[Entry], mentions: Iterable[tuple[Any, ...]]) -> list[Entry]:
    by_entry: dict[int, list[About]] = {}
    for entry in entries:
        entry.mentioned = by_entry[entry.id] = []
    for entry_id, *said in mentions:
        by_entry[entry_id].append(About(*said))
    return entries


def entries_in_order(ids: Sequence[int]) -> list[Entry]:
    """The entries with these ids, in their order, with what they mention."""
    with in_one_go():
        entries, mentions = _unordered.asked(list(ids)), asked(_MENTIONS, [list(ids)])
    found = {entry.id: entry for entry in entries()}
    return _joined([found[pk] for pk in ids], mentions())


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
