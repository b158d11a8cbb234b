"""The reader of the log that keeps the index: whatever mentions a record may have changed how it is found."""

from collections.abc import Iterable
from typing import Any

from kinflow.eventlog import event
from kinflow.eventlog.horizon import horizon
from kinflow.eventlog.models import Entry, Mention
from kinflow.eventlog.readers import OneHandler, Reader, readers

from ..faces import registry
from .indexing import index_objects
from .models import SearchDocument

LOOK_AHEAD = 500  # entries


def follow(entry: Entry) -> None:
    """Index what the entry mentions, unless the index has seen its transaction already.

    Together with it goes what the next entries mention: a burst is indexed in bulk, and each record once.
    """
    mine = set(_mentioned([entry.pk]))
    if not mine or _seen(mine, int(entry.tx)):
        return
    seen_tx = horizon()
    ahead = Entry.objects.filter(pk__gt=entry.pk).order_by("pk").values_list("pk", flat=True)[:LOOK_AHEAD]
    by_kind: dict[str, set[int]] = {}
    for kind, object_id in mine | set(_mentioned(list(ahead))):
        by_kind.setdefault(kind, set()).add(object_id)
    for kind, ids in sorted(by_kind.items()):
        index_objects(kind, ids, seen_tx=seen_tx)


def _mentioned(entry_ids: Iterable[int]) -> list[tuple[str, int]]:
    kinds = [face.name for face in registry.values() if face.search]
    rows = Mention.objects.filter(entry_id__in=list(entry_ids), kind__in=kinds)
    return list(rows.values_list("kind", "object_id").distinct())


def _seen(objects: set[tuple[str, int]], tx: int) -> bool:
    kinds = {kind for kind, _id in objects}
    found: dict[tuple[str, int], Any] = {
        (kind, object_id): seen
        for kind, object_id, seen in SearchDocument.objects.filter(
            kind__in=kinds, object_id__in=[object_id for _kind, object_id in objects]
        ).values_list("kind", "object_id", "seen_tx")
    }
    return all(found.get(each, -1) > tx for each in objects)


READER = readers.setdefault("search", Reader("search", OneHandler(follow, event.registry.keys)))
