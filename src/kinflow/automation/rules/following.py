"""Rules follow the log: of each entry only the rules are asked that it can concern."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.utils import timezone

from kinflow.eventlog.models import Entry, Mention
from kinflow.eventlog.readers import Handler, Reader, readers
from kinflow.records.faces import registry

from .firing import fire
from .live import Live, index, index_of_batch
from .states import look

NAME = "automation.rules"
MOST_RELATED = 5_000
"""So many records that depend on one other record are looked at again when that changes."""


class Wanted(dict[str, Handler]):
    """The handlers of the events that rules want now: which ones, is asked anew each time the log is read."""

    def __iter__(self) -> Iterator[str]:
        return iter(index().names)

    def __len__(self) -> int:
        return len(index().names)

    def __contains__(self, name: object) -> bool:
        return name in index().names

    def __missing__(self, name: str) -> Handler:
        return act_on


def follow_rules() -> None:
    """Follow the log for the rules."""
    readers[NAME] = Reader(NAME, handlers=Wanted())


def act_on(entry: Entry) -> None:
    """Let the rules that the entry concerns act."""
    now, found = timezone.now(), index_of_batch()
    mentions = _by_kind(entry.mentioned)
    for kind, rules in found.by_event.get(entry.name, {}).items():
        for row in _rows(kind, _meant(mentions.get(kind, ()), kind)):
            for live in rules.fitting(row):
                if live.is_meant(entry) and live.holds(row, now):
                    fire(live, row, cause=f"entry {entry.pk}", entry=entry, now=now)
    for kind, of_kind in mentions.items():
        for live, path, fields in found.watching.get(kind, ()):
            if not live.is_before(entry) and _can_matter(entry, of_kind, kind, fields):
                ids = {m.object_id for m in of_kind}
                for row in _depending(live, path, ids):
                    look(live, row, now=now, since=entry.at, entry=entry)


def _by_kind(mentions: Collection[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.kind].append(mention)
    return found


def _meant(mentions: Collection[Mention], kind: str) -> set[int]:
    """The records of the kind that the entry is about: those in the role of their kind before others."""
    own = {m.object_id for m in mentions if m.role in (kind, "record")}
    return own or {m.object_id for m in mentions}


def _rows(kind: str, ids: set[int]) -> list[Any]:
    if not ids or kind not in registry:
        return []
    return list(registry[kind].model._default_manager.filter(pk__in=ids))


def _can_matter(entry: Entry, mentions: Collection[Mention], kind: str, fields: frozenset[str]) -> bool:
    """Whether the entry can have changed what a rule asks of such a record; a change of other fields cannot."""
    changes = entry.data.get("changes")
    is_changed = isinstance(changes, dict) and any(m.role == kind for m in mentions)
    return not is_changed or not changes.keys().isdisjoint(fields | {"changed_at"})


def _depending(live: Live, path: str, ids: set[int]) -> list[Any]:
    """The records of the rule's kind that depend on the changed ones: themselves, or those that lead to them."""
    rows = registry[live.draft.kind].model._default_manager
    if not path:
        return list(rows.filter(pk__in=ids))
    return list(rows.filter(**{f"{path}__in": ids}).distinct().order_by("-pk")[:MOST_RELATED])
