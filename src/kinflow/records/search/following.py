"""The reader of the log that keeps the index: whatever mentions a record may have changed how it is found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kinflow.eventlog import event
from kinflow.eventlog.horizon import horizon
from kinflow.eventlog.models import Entry, Mention
from kinflow.eventlog.readers import OneHandler, Reader, readers

from ..faces import registry
from .indexing import index_objects
from .models import SearchDocument

LOOK_AHEAD = 500  # entries
Object = tuple[str, int]


def follow(entry: Entry) -> None:
    """Index what the entry mentions, unless the index has seen its transaction already.

    Together with it goes what the next entries mention: a burst is indexed in bulk, and each record once.
    """
    mine = set(_mentioned([entry.pk]))
    if not mine or _seen(mine, int(entry.tx)):
        return
    ahead = Entry.objects.filter(pk__gt=entry.pk).order_by("pk").values_list("pk", flat=True)[:LOOK_AHEAD]
    seen_tx = horizon()
    _index(mine | set(_mentioned(list(ahead))), seen_tx)


def follow_entries(entries: Sequence[Entry]) -> None:
    """Index what many entries mention, each record once, but for what the index has seen since."""
    kinds = _searchable()
    last: dict[Object, int] = {}
    for entry in entries:
        for mention in entry.mentioned:
            if mention.kind in kinds:
                last[mention.kind, mention.object_id] = int(entry.tx)
    seen_tx = horizon()
    seen = _seen_txs(last)
    _index({each for each, tx in last.items() if seen.get(each, -1) <= tx}, seen_tx)


def _index(objects: Iterable[Object], seen_tx: int) -> None:
    by_kind: dict[str, set[int]] = {}
    for kind, object_id in objects:
        by_kind.setdefault(kind, set()).add(object_id)
    for kind, ids in sorted(by_kind.items()):
        index_objects(kind, ids, seen_tx=seen_tx)


def _searchable() -> set[str]:
    return {face.name for face in registry.values() if face.search}


def _mentioned(entry_ids: Iterable[int]) -> list[Object]:
    rows = Mention.objects.filter(entry_id__in=list(entry_ids), kind__in=_searchable())
    return list(rows.values_list("kind", "object_id").distinct())


def _seen(objects: Collection[Object], tx: int) -> bool:
    found = _seen_txs(objects)
    return all(found.get(each, -1) > tx for each in objects)


def _seen_txs(objects: Collection[Object]) -> Mapping[Object, Any]:
    """Of the objects that are in the index, below which transaction all is reflected there."""
    kinds = {kind for kind, _id in objects}
    rows = SearchDocument.objects.filter(kind__in=kinds, object_id__in=[pk for _kind, pk in objects])
    return {(kind, pk): seen for kind, pk, seen in rows.values_list("kind", "object_id", "seen_tx")}


READER = readers.setdefault(
    "search",
    Reader("search", OneHandler(follow, event.registry.keys), together=follow_entries, most=LOOK_AHEAD),
)
