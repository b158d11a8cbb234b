"""The one place that writes the log: events wait in the command and go out in one statement."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.functional import Promise

from .command import Command, WriteOutsideAction, running
from .copying import CHANNEL, Line, copy_entries, who
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


def encode_data(plain: dict[str, Any]) -> str:
    """The data of an event as JSON: of words alone the same again and again, where many tell of the same step."""
    if _WORDS.issuperset(map(type, plain.values())):
        return _encoded_words(tuple(plain.items()))
    return encode(plain)


@lru_cache(maxsize=1024)
def _encoded_words(told: tuple[tuple[str, str], ...]) -> str:
    return encode(dict(told))


def mentions_of(values: dict[str, Any]) -> tuple[list[dict[str, Any]], list[models.Model], dict[str, Any]]:
    """Split an event's values into mentions, the objects mentioned, and the plain data."""
    found: list[tuple[str, models.Model]] = []
    plain: dict[str, Any] = {}
    for role, value in values.items():
        if isinstance(value, models.Model):
            found.append((role, value))
        elif isinstance(value, list | tuple) and value and all(isinstance(v, models.Model) for v in value):
            found.extend((role, item) for item in value)
        else:
            plain[role] = value
    rows = [
        {"role": role, "kind": o._meta.model_name, "object_id": getattr(o, _key(type(o)))}
        for role, o in found
    ]
    return rows, [o for _role, o in found], plain


def record(event: Event, *, at: datetime | None = None) -> None:
    """Append the event to the log, in the running action's transaction.

    `at` is when it happened, where that is not now (an import, a mail that came in earlier).
    """
    command = running()
    if command is None:
        raise WriteOutsideAction(event.name)
    mentions, objects, plain = mentions_of(event.values())
    command.mentioned.update(
        (_label(type(o)), row["object_id"]) for row, o in zip(mentions, objects, strict=True)
    )
    told = {"name": event.name, "at": at, "data": plain, "mentions": mentions}
    command.pending.append((command.by, told))


@cache
def _key(model: type[models.Model]) -> str:
    """The name of what records of a kind are known by: `pk` finds it anew each time."""
    return model._meta.pk.attname


@cache
def _label(model: type[models.Model]) -> str:
    return model._meta.label


def flush(command: Command, *, last: bool = False) -> str:
    """Write what waits; returns the names of the guarded tables that were written to, separated by blanks."""
    waiting = command.pending
    by = waiting[0][0] if waiting else command.by
    if len(waiting) >= MANY or any(other is not by for other, _told in waiting):
        lines = [Line(o, t["name"], t["at"], encode_data(t["data"]), t["mentions"]) for o, t in waiting]
        copy_entries(lines, command.name, command.id, None)
        waiting.clear()
    with connection.cursor() as cursor:
        if not waiting:
            if not last:
                return ""
            cursor.execute(_CLOSE)
            return (cursor.fetchone() or ("",))[0] or ""
        told = encode([told for _by, told in waiting])
        cursor.execute(_WRITE, [told, *who(by, command.name, command.id), last])
        waiting.clear()
        row = cursor.fetchone()
        return (row[1] if row else "") or ""
