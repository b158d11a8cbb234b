"""Our own log with all kinds of records in it: the steps of all processes in use, and every record they mention."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from django.db import connection
from numpy.typing import NDArray

from kinflow.eventlog.horizon import horizon
from kinflow.records.faces import registry

from ..definitions.kinds import work_kinds
from ..definitions.labels import labels_of
from ..definitions.models import Process
from ..definitions.rows import MARK, picked, tables_from
from ..definitions.steps import Step, events_of, fields_of, step_key, steps_of, told_of
from .log import ObjectLog, object_log

MOST_EVENTS = 1_000_000
"""The newest so many events are shown."""
STALE_AFTER = 300
"""Seconds after which the log is read again."""
_KIND_AT = 56
"""An object is its id and, from this bit on, its kind."""
_SCHEMA: dict[str, Any] = {
    "entry": pl.Int64,
    "at": pl.Int64,
    "kind": pl.String,
    "object": pl.Int64,
    "what": pl.String,
}
_QUERY = """
COPY (
SELECT e.id, (extract(epoch FROM e.at) * 1000000)::bigint, m.kind, m.object_id, concat_ws({mark}, e.name{values})
FROM eventlog_entry AS e
JOIN eventlog_mention AS m ON m.entry_id = e.id AND m.kind = ANY(%(kinds)s)
LEFT JOIN eventlog_mention AS a ON a.entry_id = e.id AND a.kind = 'activity'
LEFT JOIN customers_activity AS w ON w.id = a.object_id
WHERE e.name = ANY(%(events)s) AND e.tx < %(below)s::text::xid8 AND e.id >= %(least)s
ORDER BY e.id
) TO STDOUT (FORMAT csv)
"""
_LEAST = """
SELECT id FROM eventlog_entry WHERE name = ANY(%s) ORDER BY id DESC OFFSET %s LIMIT 1
"""


@dataclass(frozen=True)
class OwnLog:
    """Our log as it was at a time; `is_whole` where no older events were left out."""

    log: ObjectLog
    is_whole: bool
    state: str
    read_at: float


_turn = threading.Lock()
_kept: dict[str, OwnLog] = {}


def shown_kinds() -> list[str]:
    """The kinds of records that work is about."""
    return [face.name for face in work_kinds()]


def own_steps() -> list[Step]:
    """The steps of all processes in use, the more special ones first, each event by what it is told once."""
    rows = Process.objects.filter(is_active=True).exclude(case_kind="")
    found: dict[str, Step] = {}
    for process in rows:
        for step in steps_of(process.steps):
            found.setdefault(step.key, step)
    return sorted(found.values(), key=lambda step: (-len(step.where), set(step.where) == {"kind"}))


def own_log() -> OwnLog:
    """Our log, at most five minutes old: read again only where it has grown since."""
    steps = own_steps()
    state = f"{_origin()}/{[step.key for step in steps]}"
    with _turn:
        held = _kept.get("log")
        if held is None or held.state != state or time.monotonic() - held.read_at > STALE_AFTER:
            held = _kept["log"] = _read(steps, state)
    return held


def _origin() -> str:
    """Which database this is: the command of its first entry."""
    with connection.cursor() as sql:
        sql.execute("SELECT command_id::text FROM eventlog_entry ORDER BY id LIMIT 1")
        row = sql.fetchone()
    return str(row[0]) if row else ""


def _read(steps: Sequence[Step], state: str) -> OwnLog:
    events, names = events_of(steps), fields_of(steps)
    with connection.cursor() as sql:
        sql.execute(_LEAST, [events, MOST_EVENTS])
        row = sql.fetchone()
    least = row[0] + 1 if row else 0
    log = _log(_tables(events, names, least), steps, names)
    return OwnLog(log, not least, state, time.monotonic())


def _tables(events: Sequence[str], names: Sequence[str], least: int) -> Iterator[pl.DataFrame]:
    values = {f"field{at}": name for at, name in enumerate(names)}
    query = _QUERY.format(
        values="".join(picked(mark, name) for mark, name in values.items()), mark="%(mark)s"
    )
    given = {"kinds": shown_kinds(), "events": events, "below": str(horizon()), "least": least, "mark": MARK}
    yield from tables_from(query, given | values, _SCHEMA)


def _log(tables: Iterator[pl.DataFrame], steps: Sequence[Step], names: Sequence[str]) -> ObjectLog:
    """The log of the tables' rows, each of which is a mention; they become numbers table by table."""
    words: dict[str, int] = {}
    kinds: dict[str, int] = {}
    parts = [_numbered(table, words, kinds) for table in tables]
    entry, at, thing, what = np.concatenate([*parts, np.empty((4, 0), np.int64)], axis=1)
    told, activities = _told(list(words), steps, names)
    activity = told[what]
    kept = np.flatnonzero(activity >= 0)
    _entries, first, event = np.unique(entry[kept], return_index=True, return_inverse=True)
    things, place = np.unique(thing[kept], return_inverse=True)
    return object_log(
        activity=activity[kept][first],
        at=at[kept][first],
        event=event.astype(np.int64).reshape(-1),
        things=place.astype(np.int64).reshape(-1),
        kind=(things >> _KIND_AT).astype(np.int32),
        activities=activities,
        kinds=list(kinds),
    )


def _numbered(table: pl.DataFrame, words: dict[str, int], kinds: dict[str, int]) -> NDArray[np.int64]:
    """Rows as numbers: entry, moment, kind and object together, what was told."""
    what, kind = (_code(table[name], known) for name, known in (("what", words), ("kind", kinds)))
    thing = (kind << _KIND_AT) | table["object"].to_numpy()
    return np.stack([table["entry"].to_numpy(), table["at"].to_numpy(), thing, what])


def _code(values: pl.Series, known: dict[str, int]) -> NDArray[np.int64]:
    own = {value: known.setdefault(value, len(known)) for value in values.unique().to_list()}
    return values.replace_strict(list(own), list(own.values()), return_dtype=pl.Int64).to_numpy()


def _told(
    words: Sequence[str], steps: Sequence[Step], names: Sequence[str]
) -> tuple[NDArray[np.int32], list[str]]:
    """For each word the code of the step that it tells (-1: none), and the steps in alphabetical order."""
    told = []
    for word in words:
        event, *values = word.split(MARK)
        told.append(step_key(told_of(steps, event, dict(zip(names, values, strict=False)))))
    known = sorted(set(told) - {""})
    codes = {key: code for code, key in enumerate(known)}
    return np.array([codes.get(key, -1) for key in told], np.int32), known


def own_labels(activities: Sequence[str]) -> dict[str, str]:
    """What the steps are called in the reader's language; where several are called the same, with the kind beside it."""
    found, kind_of = {}, {}
    for process in Process.objects.filter(is_active=True).exclude(case_kind=""):
        known = {step.key for step in steps_of(process.steps)}
        mine = [
            each for each in activities if any(each == key or each.startswith(f"{key}:") for key in known)
        ]
        for key, label in labels_of(process, mine).items():
            if key not in found:
                found[key], kind_of[key] = label, str(registry[process.case_kind].label)
    often: dict[str, int] = {}
    for label in found.values():
        often[label] = often.get(label, 0) + 1
    return {key: label if often[label] == 1 else f"{label} · {kind_of[key]}" for key, label in found.items()}
