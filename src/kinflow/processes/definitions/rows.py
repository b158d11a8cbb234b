"""Rows of the log that are steps, read in one streamed query, in bounded memory.

PostgreSQL sends them with COPY; some thousands at a time become arrays, so that beside the arrays themselves (60 bytes
for each entry) only a few megabytes are held, however long the log is.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from django.db import connection
from numpy.typing import NDArray

from .steps import OF_ACTIVITY, Step, events_of, fields_of, told_of

Numbers = NDArray[np.int64]
BLOCK = 4 << 20
"""So many bytes are parsed at once."""
MARK = "\x1f"
_SCHEMA: dict[str, Any] = {
    "case": pl.Int64,
    "entry": pl.Int64,
    "at": pl.Int64,
    "minutes": pl.Int64,
    "activity": pl.Int64,
    "person": pl.Int64,
    "unit": pl.Int64,
    "what": pl.String,
}
_QUERY = """
COPY (
SELECT m.object_id, e.id, (extract(epoch FROM e.at) * 1000000)::bigint,
       CASE WHEN jsonb_typeof(e.data->'minutes') = 'number' THEN (e.data->>'minutes')::numeric::bigint ELSE 0 END,
       coalesce(a.object_id, -1),
       CASE WHEN e.actor_kind = 'person' AND e.actor_id ~ '^[0-9]{{1,18}}$' THEN e.actor_id::bigint ELSE -1 END,
       coalesce(e.unit_id, -1), concat_ws({mark}, e.name{values})
FROM eventlog_mention AS m
JOIN eventlog_entry AS e ON e.id = m.entry_id
LEFT JOIN eventlog_mention AS a ON a.entry_id = e.id AND a.kind = 'activity'
LEFT JOIN customers_activity AS w ON w.id = a.object_id
WHERE m.kind = %(kind)s AND e.name = ANY(%(events)s) AND e.tx < %(below)s::text::xid8{only}
) TO STDOUT (FORMAT csv)
"""


@dataclass
class Rows:
    """Entries that mention a case, in no order: which case, when, and what was done, a code of `told`.

    `told` holds the finest keys of steps, "" for what is none. `begins` marks entries that begin an activity.
    `activity`, `person` and `unit` are ids, -1 where there is none; `began` is how long before `at` it began.
    """

    case: Numbers
    entry: Numbers
    at: Numbers
    began: Numbers
    activity: Numbers
    person: Numbers
    unit: Numbers
    what: NDArray[np.int32]
    begins: NDArray[np.bool_]
    told: list[str] = field(default_factory=list)


def read_rows(kind: str, steps: Sequence[Step], below: int, cases: Sequence[int] | None = None) -> Rows:
    """The steps of all cases of a kind (or of those named) in the log below a transaction id."""
    names = fields_of(steps)
    codes: dict[str, int] = {}
    found: list[dict[str, NDArray[Any]]] = []
    for table in _tables(kind, names, events_of(steps), below, cases):
        words = table["what"].fill_null("")
        own = words.unique()
        coded = {word: codes.setdefault(word, len(codes)) for word in own.to_list()}
        what = words.replace_strict(list(coded), list(coded.values()), return_dtype=pl.Int32)
        found.append(
            {name: table[name].to_numpy() for name in _SCHEMA if name != "what"} | {"what": what.to_numpy()}
        )
    joined = {name: _joined([part[name] for part in found], name) for name in _SCHEMA}
    return _rows(joined, list(codes), names, steps)


def _joined(parts: Sequence[NDArray[Any]], name: str) -> NDArray[Any]:
    return np.concatenate([*parts, np.empty(0, np.int32 if name == "what" else np.int64)])


def _rows(
    arrays: dict[str, NDArray[Any]], words: Sequence[str], names: Sequence[str], steps: Sequence[Step]
) -> Rows:
    told, begins = [], []
    starts = {step.begins for step in steps} - {""}
    for word in words:
        event, *values = word.split(MARK)
        told.append(told_of(steps, event, dict(zip(names, values, strict=False))))
        begins.append(event in starts)
    what = arrays["what"].astype(np.int32)
    return Rows(
        case=arrays["case"],
        entry=arrays["entry"],
        at=arrays["at"],
        began=arrays["minutes"] * 60_000_000,
        activity=arrays["activity"],
        person=arrays["person"],
        unit=arrays["unit"],
        what=what,
        begins=np.array(begins, np.bool_)[what] if len(words) else np.zeros(0, np.bool_),
        told=told,
    )


def _tables(
    kind: str, names: Sequence[str], events: Sequence[str], below: int, cases: Sequence[int] | None
) -> Iterator[pl.DataFrame]:
    """The rows as tables of some megabytes each."""
    values = {f"field{at}": name for at, name in enumerate(names)}
    told = "".join(picked(mark, name) for mark, name in values.items())
    only = "" if cases is None else " AND m.object_id = ANY(%(cases)s)"
    query = _QUERY.format(values=told, only=only, mark="%(mark)s")
    given = {
        "kind": kind,
        "events": list(events),
        "below": str(below),
        "mark": MARK,
        "cases": list(cases or ()),
    }
    yield from tables_from(query, given | values, _SCHEMA)


def tables_from(query: str, given: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[pl.DataFrame]:
    """What a COPY query gives, as tables of some megabytes each."""
    waiting = bytearray()
    with connection.cursor() as cursor, cursor.copy(query, given) as lines:
        for line in lines:
            waiting += line
            if len(waiting) >= BLOCK:
                yield _table(waiting, schema)
                waiting.clear()
    if waiting:
        yield _table(waiting, schema)


def picked(mark: str, name: str) -> str:
    """The value of a field in SQL; the activity has its own topic and kind."""
    told = f"e.data->>%({mark})s"
    if name in OF_ACTIVITY:
        told = f"CASE WHEN e.name LIKE 'customers.activity%%' THEN w.{name} ELSE {told} END"
    return f", replace(coalesce({told}, ''), %(mark)s, ' ')"


def _table(lines: bytearray, schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(lines), has_header=False, new_columns=list(schema), schema_overrides=schema)
