"""Bulk writes under the same two laws: rows and entries go in with COPY, in the running action's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, models

from .command import Command, WriteOutsideAction, running
from .event import Event
from .recorded import Recorded, permitted_command
from .recording import CHANNEL, encode, flush, mentions_of

M = TypeVar("M", bound=Recorded)
_ENTRY_COLUMNS = (
    "id, tx, name, at, actor_kind, actor_id, actor_name, unit_id, command, command_id, caused_by, depth, data"
)


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Fresh primary keys for `count` rows of the model, in ascending order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def insert(rows: Sequence[M]) -> list[M]:
    """Write unsaved rows of one model with COPY, giving each its primary key; returns the rows.

    The events that mention them (or their wholes) are recorded with `record_many`.
    """
    if not rows:
        return []
    model = type(rows[0])
    command = permitted_command(model)
    missing = [row for row in rows if row.pk is None]
    for row, pk in zip(missing, reserve_ids(model, len(missing)), strict=True):
        row.pk = pk
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    _copy(model._meta.db_table, [str(f.column) for f in fields], (_values(fields, row) for row in rows))
    for row in rows:
        row._state.adding = False
        row._state.db = "default"
        row._note(command)
    return list(rows)


def _values(fields: "Sequence[models.Field[Any, Any]]", row: models.Model) -> list[Any]:
    return [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields]


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        target = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
        with cursor.copy(target) as out:
            for row in rows:
                out.write_row(row)


def update(rows: models.QuerySet[M], **values: Any) -> list[int]:
    """Set fields of many rows in one statement; returns their primary keys.

    The events that mention the rows are recorded with `record_many`.
    """
    model = rows.model
    command = permitted_command(model)
    ids = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    models.QuerySet.update(model._base_manager.filter(pk__in=ids), **values)
    command.changed.update((model._meta.label, pk) for pk in ids)
    command.tables.add(model._meta.db_table)
    return ids


def delete(rows: models.QuerySet[M]) -> list[int]:
    """Remove many rows of one model in one statement; returns their primary keys.

    Parts of theirs are removed first, by the caller; the events that mention the rows are recorded with `record_many`.
    """
    model = rows.model
    command = permitted_command(model)
    found = list(rows.select_for_update(of=("self",)))
    for row in found:
        row._note(command)
    ids = [row.pk for row in found]
    models.QuerySet._raw_delete(model._base_manager.filter(pk__in=ids), using=rows.db)
    return ids


def record_many(events: Iterable[tuple[Event, datetime | None]], *, batch: int = 20_000) -> int:
    """Append many events with their moments (None: now) with COPY, in order; how many were written."""
    command = running()
    if command is None:
        raise WriteOutsideAction("record_many")
    flush(command)
    total, chunk = 0, []
    for event, at in events:
        chunk.append((event, at))
        if len(chunk) >= batch:
            total += _write_entries(command, chunk)
            chunk = []
    return total + _write_entries(command, chunk)


def _write_entries(command: Command, chunk: list[tuple[Event, datetime | None]]) -> int:
    from .models import Entry

    if not chunk:
        return 0
    ids = reserve_ids(Entry, len(chunk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text, clock_timestamp(), pg_notify(%s, '')", [CHANNEL])
        tx, now, _told = cursor.fetchone()
    by = command.by
    cause = by.cause.entry_id if by.cause else None
    entries: list[tuple[Any, ...]] = []
    mentions: list[tuple[Any, ...]] = []
    for entry_id, (event, at) in zip(ids, chunk, strict=True):
        rows, objects, plain = mentions_of(event.values())
        command.mentioned.update((o._meta.label, o.pk) for o in objects)
        who = _who(event, command)
        entries.append(
            (
                entry_id,
                tx,
                event.name,
                at or now,
                *who,
                command.name,
                command.id,
                cause,
                by.depth,
                encode(plain),
            )
        )
        mentions.extend({(entry_id, r["role"], r["kind"], r["object_id"]): None for r in rows})
    _copy("eventlog_entry", _ENTRY_COLUMNS.split(", "), entries)
    _copy("eventlog_mention", ["entry_id", "role", "kind", "object_id"], mentions)
    return len(chunk)


def _who(event: Event, command: Command) -> tuple[str, str, str, int | None]:
    by = getattr(event, "_by", None) or command.by
    return by.kind, by.id, by.name, by.unit_id


def done_by(event: Event, by: Any) -> Event:
    """Say that somebody else than the running command's actor did this (history taken over from elsewhere)."""
    object.__setattr__(event, "_by", by)
    return event
