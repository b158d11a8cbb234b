"""The one place that writes the log: events wait in the command and go out in one statement."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast
from uuid import UUID

from django.db import connection, models
from django.utils.functional import Promise

from kinflow.kit.standing import fetched

from .command import Command, Row, Waiting, WriteOutsideAction, running
from .copying import CHANNEL, Crowd, Line, Mentioned, copy_entries, who
from .event import Event

__all__ = ["CHANNEL", "Encoder", "encode", "flush", "mentions_of", "record"]
MANY = 100
"""From so many events on that wait, COPY is faster than one statement that holds them all."""

_WRITE = """
WITH fresh AS MATERIALIZED (
    SELECT nextval('eventlog_entry_id_seq') AS id, given.*
    FROM jsonb_to_recordset(%s::jsonb) AS given(name text, at timestamptz, data jsonb, mentions jsonb)
), written AS (
    INSERT INTO eventlog_entry
        (id, tx, name, at, actor_kind, actor_id, actor_name, unit_id, command, command_id, caused_by, depth, data)
    SELECT id, pg_current_xact_id(), name, coalesce(at, statement_timestamp()), %s, %s, %s, %s, %s, %s, %s, %s, data
    FROM fresh
), mentioned AS (
    INSERT INTO eventlog_mention (entry_id, role, kind, object_id)
    SELECT DISTINCT fresh.id, m.role, m.kind, m.object_id
    FROM fresh, jsonb_to_recordset(fresh.mentions) AS m(role text, kind text, object_id bigint)
)
SELECT array_agg(fresh.id ORDER BY fresh.id), current_setting('kinflow.touched', true),
       pg_notify('kinflow_log', ''), CASE WHEN %s THEN set_config('kinflow.command', '', true) END
FROM fresh
"""
_CLOSE = "SELECT current_setting('kinflow.touched', true), set_config('kinflow.command', '', true)"
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""The NUL character as JSON escapes it; behind an escaped backslash the same letters are just a text."""


class Encoder(json.JSONEncoder):
    """Values of events as JSON: decimals as text, moments in ISO 8601, records as their ids."""

    def default(self, o: Any) -> Any:
        """What json does not know by itself."""
        if isinstance(o, datetime | date):
            return o.isoformat()
        if isinstance(o, Decimal | UUID | Promise):
            return str(o)
        if isinstance(o, set | frozenset):
            return sorted(o)
        if isinstance(o, models.Model):
            return o.pk
        return super().default(o)


_ENCODER = Encoder(ensure_ascii=False)
_WORDS = frozenset({str})


def encode(value: Any) -> str:
    """The value as JSON text without the characters that PostgreSQL refuses in jsonb."""
    text = _ENCODER.encode(value)
    if "\\u0000" in text:
        text = _NUL.sub(r"\1", text)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode(errors="replace").decode()
    return text


def encode_data(plain: Mapping[str, Any]) -> str:
    """The data of an event as JSON: of words alone the same again and again, where many tell of the same step."""
    if _WORDS.issuperset(map(type, plain.values())):
        return _encoded_words(tuple(plain.items()))
    return encode(plain)


@lru_cache(maxsize=1024)
def _encoded_words(told: tuple[tuple[str, str], ...]) -> str:
    return encode(dict(told))


def mentions_of(event: Event) -> tuple[list[Mentioned], list[Row], dict[str, Any]]:
    """Split an event's values into mentions, the rows mentioned, and the plain data."""
    mentions: list[Mentioned] = []
    rows: list[Row] = []
    plain: dict[str, Any] = {}
    for role, value in event.values().items():
        of: Any = type(value)
        known = _known_by(of)
        if known is None:
            plain[role] = value
        elif known:
            kind, key, label = known
            number = getattr(value, key)
            mentions.append((role, kind, number))
            rows.append((label, number))
        elif value and all(isinstance(each, models.Model) for each in value):
            for each in value:
                number = getattr(each, each._meta.pk.attname)
                mentions.append((role, str(each._meta.model_name), number))
                rows.append((each._meta.label, number))
        else:
            plain[role] = value
    return mentions, rows, plain


@cache
def _known_by(of: Any) -> tuple[str, str, str] | tuple[()] | None:
    """Of a kind of record what mentions call it, the name of its key (`pk` finds it anew each time), and its label.

    None for what is no record; nothing for a list, which may be of records.
    """
    if issubclass(of, models.Model):
        return str(of._meta.model_name), of._meta.pk.attname, of._meta.label
    return () if issubclass(of, list | tuple) else None


def record(event: Event, *, at: datetime | None = None) -> None:
    """Append the event to the log, in the running action's transaction.

    `at` is when it happened, where that is not now (an import, a mail that came in earlier).
    """
    command = running()
    if command is None:
        raise WriteOutsideAction(event.name)
    mentions, rows, plain = mentions_of(event)
    command.mentioned.update(rows)
    command.pending.append(Waiting(command.by, event.name, at, plain, mentions, ""))


def flush(command: Command, *, last: bool = False) -> str:
    """Write what waits; returns the names of the guarded tables that were written to, separated by blanks."""
    waiting = command.pending
    by = waiting[0].by if waiting else command.by
    alone = [one for one in waiting if type(one) is Waiting]
    if len(waiting) >= MANY or len(alone) < len(waiting) or any(one.by is not by for one in waiting):
        lines = [one if type(one) is Crowd else _line(cast(Waiting, one)) for one in waiting]
        touched = copy_entries(lines, command.name, str(command.id), None, last=last)
        waiting.clear()
        return touched
    if not waiting:
        return str(fetched(_CLOSE, [])[0][0] or "") if last else ""
    with connection.cursor() as cursor:
        told = encode([_as_json(one) for one in alone])
        cursor.execute(_WRITE, [told, *who(by, command.name, command.id), last])
        waiting.clear()
        row = cursor.fetchone()
        return (row[1] if row else "") or ""


def _line(one: Waiting) -> Line:
    by, name, at, data, mentions, text = one
    return Line(by, name, at, text or encode_data(data), mentions)


def _as_json(one: Waiting) -> dict[str, Any]:
    mentions = [{"role": role, "kind": kind, "object_id": number} for role, kind, number in one.mentions]
    return {"name": one.name, "at": one.at, "data": one.data, "mentions": mentions}
