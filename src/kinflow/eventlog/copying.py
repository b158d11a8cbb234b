"""Rows into tables with COPY: the fastest way there is for many of them; entries of the log among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from .actor import Actor

CHANNEL = "kinflow_log"
_ENTRY_COLUMNS = [
    "id",
    "tx",
    "name",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "unit_id",
    "command",
    "command_id",
    "caused_by",
    "depth",
    "data",
]
_MENTION_COLUMNS = ("entry_id", "role", "kind", "object_id")


@dataclass(frozen=True)
class Line:
    """An event ready to be written: whose it is, when it happened (None: now), its data as JSON, and its mentions."""

    by: Actor
    name: str
    at: datetime | None
    data: str
    mentions: Sequence[dict[str, Any]]


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of values that the driver takes as they are."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor, connection.wrap_database_errors:
        target = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
        with cursor.copy(target) as out:
            for row in rows:
                out.write_row(row)


def ids_for(table: str, count: int) -> list[int]:
    """Fresh primary keys for `count` rows of a table, in ascending order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def copy_entries(lines: Sequence[Line], command: str, command_id: Any, ids: Sequence[int] | None) -> None:
    """Write entries with their mentions, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text, clock_timestamp(), pg_notify(%s, '')", [CHANNEL])
        tx, now, _told = cursor.fetchone()
    numbers = ids or ids_for("eventlog_entry", len(lines))
    copy(
        "eventlog_entry",
        _ENTRY_COLUMNS,
        [
            (number, tx, line.name, line.at or now, *who(line.by, command, command_id), line.data)
            for number, line in zip(numbers, lines, strict=True)
        ],
    )
    mentions = {
        (number, m["role"], m["kind"], m["object_id"]): None
        for number, line in zip(numbers, lines, strict=True)
        for m in line.mentions
    }
    copy("eventlog_mention", _MENTION_COLUMNS, mentions)


def who(by: Actor, command: str, command_id: Any) -> tuple[Any, ...]:
    """Who acts in which command and because of which entry, as the columns want it."""
    caused_by = by.cause.entry_id if by.cause else None
    return (by.kind, by.id, by.name, by.unit_id, command, command_id, caused_by, by.depth)
