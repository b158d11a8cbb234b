"""Rows into tables with COPY: the fastest way there is for many of them; entries of the log among them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast

from django.db import connection

from kinflow.kit.standing import fetched

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


_NULL = "\\N"
"""How COPY reads that there is no value."""
Mentioned = tuple[str, str, int]
"""The role of what is mentioned, its kind and its id."""
_BEGIN = """SELECT pg_current_xact_id()::text, clock_timestamp()::text, pg_notify(%s, ''),
ARRAY(SELECT nextval('eventlog_entry_id_seq') FROM generate_series(1, %s)),
current_setting('kinflow.touched', true), CASE WHEN %s THEN set_config('kinflow.command', '', true) END"""


class Line(NamedTuple):
    """An event ready to be written: whose it is, when it happened (None: now), its data as JSON, and its mentions."""

    by: Actor
    name: str
    at: datetime | None
    data: str
    mentions: Sequence[Mentioned]


class Alike(NamedTuple):
    """What an event tells besides what it mentions: its name, its data, and these as JSON."""

    name: str
    data: Mapping[str, Any]
    text: str


class Crowd(NamedTuple):
    """Events that many records have alike, one after the other for each record.

    `causes` are, for each, the entry because of which they are told, and how deep in a chain of causes they stand then;
    `mentions` roles and kinds with the id of each.
    """

    by: Actor
    told: Sequence[Alike]
    causes: Sequence[tuple[int | None, int]]
    mentions: Sequence[tuple[str, str, Sequence[int]]]

    @property
    def entries(self) -> int:
        """How many entries they are."""
        return len(self.told) * len(self.causes)


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
            "SELECT nextval(s.name) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) AS s, "
            "generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_entries(
    lines: Sequence[Line | Crowd],
    command: str,
    command_id: str,
    ids: Sequence[int] | None,
    *,
    last: bool = False,
) -> str:
    """Write entries with their mentions, in order; returns the guarded tables that were written to, as `flush` does.

    `last`: the command writes nothing after them.
    What the events of one move share (who acts, what they mention), and data that many have alike, become text once.
    """
    count = 0 if ids else sum([one.entries if type(one) is Crowd else 1 for one in lines])
    tx, now, _told, fresh, touched, _closed = fetched(_BEGIN, [CHANNEL, count, last])[0]
    entries: list[str] = []
    mentions: list[str] = []
    texts: dict[str, str] = {}
    actor: Actor | None = None
    shared: Sequence[Mentioned] | None = None
    acting, about = "", list[str]()
    numbers = iter(ids or fresh)
    for line in lines:
        if type(line) is Crowd:
            who = f"{_acting(line.by.kind, line.by.id, line.by.name, line.by.unit_id, command)}\t{command_id}"
            _add_crowd(line, f"{tx}", f"{now}\t{who}", numbers, entries, mentions)
            continue
        (by, name, at, data, mentioned), number = cast(Line, line), next(numbers)
        if by is not actor:
            actor, acting = by, _acting_in(by, command, command_id)
        if mentioned is not shared:
            shared, about = mentioned, _about(mentioned)
        text = texts.get(data) or texts.setdefault(data, _escaped(data))
        entries.append(f"{number}\t{tx}\t{name}\t{at or now}\t{acting}\t{text}\n")
        mentions += [f"{number}{one}" for one in about]
    _copy_text("eventlog_entry", _ENTRY_COLUMNS, entries)
    _copy_text("eventlog_mention", _MENTION_COLUMNS, mentions)
    return str(touched or "")


def _add_crowd(
    crowd: Crowd, tx: str, acting: str, numbers: Iterator[int], entries: list[str], mentions: list[str]
) -> None:
    """Add the lines of events that many have alike."""
    told = [(f"\t{tx}\t{one.name}\t{acting}\t", f"\t{_escaped(one.text)}\n") for one in crowd.told]
    about = [[f"\t{role}\t{kind}\t{pk}\n" for pk in ids] for role, kind, ids in crowd.mentions]
    for (cause, depth), *abouts in zip(crowd.causes, *about, strict=True):
        because = f"{_NULL if cause is None else cause}\t{depth}"
        for (head, tail), number in zip(told, numbers, strict=False):
            entries.append(f"{number}{head}{because}{tail}")
            mentions += [f"{number}{one}" for one in abouts]


def _acting_in(by: Actor, command: str, command_id: str) -> str:
    """Who acts in which command because of which entry, as COPY reads it."""
    cause = by.cause
    because = f"{cause.entry_id}\t{by.depth}" if cause else f"{_NULL}\t0"
    return f"{_acting(by.kind, by.id, by.name, by.unit_id, command)}\t{command_id}\t{because}"


def _about(mentioned: Sequence[Mentioned]) -> list[str]:
    """What follows an entry's id in the lines of its mentions, each once."""
    return [*dict.fromkeys([f"\t{role}\t{kind}\t{pk}\n" for role, kind, pk in mentioned])]


def _copy_text(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Write rows that are text already, as COPY reads it."""
    target = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(target) as out,
    ):
        out.write("".join(lines))


@lru_cache(maxsize=1024)
def _acting(*values: Any) -> str:
    """Who acts, as COPY reads it."""
    return "\t".join(_NULL if value is None else _escaped(str(value)) for value in values)


def _escaped(text: str) -> str:
    """A text as COPY reads it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def who(by: Actor, command: str, command_id: Any) -> tuple[Any, ...]:
    """Who acts in which command and because of which entry, as the columns want it."""
    caused_by = by.cause.entry_id if by.cause else None
    return (by.kind, by.id, by.name, by.unit_id, command, command_id, caused_by, by.depth)
