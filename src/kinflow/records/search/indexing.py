"""Keeping the index: written in bulk, from the records as they are now."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from kinflow.eventlog.horizon import horizon
from kinflow.kit.tokens import tsvector_literal

from ..faces import RecordType, registry
from .models import SearchDocument
from .texts import dependants, rows_for_indexing, texts_of

BATCH = 1000
MOST_DEPENDANTS = 500

_UPSERT = """
INSERT INTO records_searchdocument
    (kind, object_id, title, subtitle, tokens, open_tokens, owner_id, unit_id, changed_at, seen_tx)
SELECT %s, given.id, given.title, given.subtitle, given.tokens::tsvector, given.open_tokens::tsvector,
       given.owner_id, given.unit_id, given.changed_at, %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[],
            %s::timestamptz[])
    AS given(id, title, subtitle, tokens, open_tokens, owner_id, unit_id, changed_at)
ON CONFLICT (kind, object_id) DO UPDATE SET
    title = excluded.title, subtitle = excluded.subtitle, tokens = excluded.tokens,
    open_tokens = excluded.open_tokens, owner_id = excluded.owner_id, unit_id = excluded.unit_id,
    changed_at = excluded.changed_at, seen_tx = excluded.seen_tx
"""


def index_many(kind: str, rows: Iterable[Any], *, seen_tx: int | None = None) -> int:
    """Index the given records of one kind (with what their texts need already loaded); how many were."""
    face = registry[kind]
    seen = horizon() if seen_tx is None else seen_tx
    done = 0
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        _write(face, batch, seen)
        done += len(batch)
    return done


def _write(face: RecordType, rows: Sequence[Any], seen: int) -> None:
    columns: list[list[Any]] = [[] for _ in range(8)]
    now = timezone.now()
    for row in rows:
        every, opened = texts_of(face, row).tokens()
        subtitle = str(face.subtitle(row) or "") if face.subtitle else ""
        values = (
            row.pk,
            _shown(face.title(row)),
            _shown(subtitle),
            tsvector_literal(every),
            None if opened is None else tsvector_literal(opened),
            getattr(row, "owner_id", None),
            getattr(row, "unit_id", None),
            getattr(row, "changed_at", None) or now,
        )
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    with connection.cursor() as sql:
        sql.execute(_UPSERT, [face.name, seen, *columns])


def _shown(text: Any) -> str:
    return str(text or "").replace("\x00", "")[:300]


def index_objects(kind: str, ids: Collection[int], *, seen_tx: int) -> None:
    """Bring the index up to date for these records: written where they exist, removed where they do not.

    Where a name changed, the records that are found by it follow.
    """
    face = registry[kind]
    before = dict(
        SearchDocument.objects.filter(kind=kind, object_id__in=ids).values_list("object_id", "title")
    )
    rows = list(rows_for_indexing(face).filter(pk__in=ids))
    index_many(kind, rows, seen_tx=seen_tx)
    gone = set(ids) - {row.pk for row in rows}
    if gone:
        SearchDocument.objects.filter(kind=kind, object_id__in=gone).delete()
    renamed = [row.pk for row in rows if row.pk in before and before[row.pk] != _shown(face.title(row))]
    if renamed:
        _index_dependants(kind, renamed, seen_tx)


def _index_dependants(kind: str, ids: Sequence[int], seen_tx: int) -> None:
    for face, relation in dependants(kind):
        rows = rows_for_indexing(face).filter(**{f"{relation}__in": ids}).order_by("-pk")
        index_many(face.name, rows[:MOST_DEPENDANTS], seen_tx=seen_tx)


def rebuild(kinds: Collection[str] = (), told: Callable[[str, int], None] | None = None) -> int:
    """Index everything anew (or the given kinds); `told` hears of each kind and its number. How many there are."""
    total = 0
    for kind in list(kinds) or list(registry):
        face = registry[kind]
        if not face.search:
            continue
        seen = horizon()
        SearchDocument.objects.filter(kind=kind).exclude(
            object_id__in=face.model._default_manager.values("pk")
        ).delete()
        done = index_many(kind, _all_rows(face), seen_tx=seen)
        total += done
        if told is not None:
            told(kind, done)
    return total


def _all_rows(face: RecordType) -> Iterator[Any]:
    """Every record of the type, by primary key, in pages so that memory stays bounded."""
    last = 0
    while page := list(rows_for_indexing(face).filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from page
        last = page[-1].pk
