"""What was done, read from the log: entries that are alike counted together, in bounded time.

Looked at are the latest entries only (`MOST`), so that the answer takes the same time however old the log is.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import connection, transaction

from .using import Deed, Making, making_of

MOST = 400_000
"""So many entries are looked at."""
SAMPLE, EARLY = 120, 30
"""So many records of each kind, by so many of their first entries, tell which events make them."""
KEPT_SECONDS = 600
OF_ACTIVITY = ("topic", "kind")
_BOUND = "SELECT max(id) FROM eventlog_entry"
_DEEDS = """
WITH told AS (
    SELECT m.entry_id, array_agg(m.kind) FILTER (WHERE m.kind = ANY(%(cases)s)) AS cases,
           max(m.object_id) FILTER (WHERE m.kind = 'activity') AS activity
    FROM eventlog_mention AS m WHERE m.entry_id > %(after)s GROUP BY m.entry_id
), named AS (
    SELECT e.id, e.name, e.actor_kind, CASE WHEN e.actor_kind = 'person' THEN e.unit_id END AS unit_id, t.cases,
           CASE WHEN jsonb_typeof(e.data->'changes') = 'object' THEN e.data->'changes' END AS changes{values}
    FROM eventlog_entry AS e JOIN told AS t ON t.entry_id = e.id
    LEFT JOIN customers_activity AS w ON w.id = t.activity AND e.name LIKE 'customers.activity%%'
    WHERE e.id > %(after)s
), marked AS MATERIALIZED (
    SELECT id, changes, {same}, hashtextextended(concat_ws(chr(31), {texts}), 0) AS alike FROM named
)
SELECT 0, '', '', count(*), alike, {same} FROM marked GROUP BY alike, {same}
UNION ALL
SELECT 1, m.kind, m.role, count(*), alike, {nothing}
FROM marked JOIN eventlog_mention AS m ON m.entry_id = id
WHERE m.entry_id > %(after)s GROUP BY alike, m.kind, m.role
UNION ALL
SELECT 2, key, '', count(*), alike, {nothing} FROM marked, jsonb_object_keys(changes) AS key
WHERE changes IS NOT NULL GROUP BY alike, key
ORDER BY 1
"""
_ROOM = "SET LOCAL work_mem = '64MB'"
_SPAN = "SELECT min(at), max(at), count(*) FROM eventlog_entry WHERE id > %s"
_FIRSTS = """
WITH ends AS (
    SELECT asked.kind, least.object_id AS least, most.object_id AS most FROM unnest(%(kinds)s::text[]) AS asked (kind)
    CROSS JOIN LATERAL
        (SELECT object_id FROM eventlog_mention AS m WHERE m.kind = asked.kind ORDER BY object_id LIMIT 1) AS least
    CROSS JOIN LATERAL
        (SELECT object_id FROM eventlog_mention AS m WHERE m.kind = asked.kind
         ORDER BY object_id DESC LIMIT 1) AS most
)
SELECT name.name, ends.kind, h.role, count(*) FILTER (WHERE h.place = 1), count(*)
FROM ends, generate_series(least, most, greatest(1, (most - least) / %(sample)s)) AS at
CROSS JOIN LATERAL (
    SELECT m.role, m.entry_id, row_number() OVER (ORDER BY m.entry_id, m.role) AS place FROM eventlog_mention AS m
    WHERE m.kind = ends.kind AND m.object_id = at ORDER BY m.entry_id, m.role LIMIT %(early)s
) AS h
CROSS JOIN LATERAL (SELECT e.name FROM eventlog_entry AS e WHERE e.id = h.entry_id OFFSET 0) AS name
GROUP BY name.name, ends.kind, h.role
"""


@dataclass(frozen=True)
class Read:
    """What was read: deeds, which of them make records, and from when to when they go; `is_whole` where that is all."""

    deeds: Sequence[Deed]
    making: Making
    since: Any
    until: Any
    entries: int
    is_whole: bool


_kept: dict[tuple[str, ...], tuple[float, Read]] = {}
_turn = Lock()


def read_deeds(fields: Sequence[str], kinds: Sequence[str], cases: Sequence[str]) -> Read:
    """The latest deeds, told apart by these fields of events and activities, and by which of the kinds `cases` they
    mention; kept for ten minutes. `kinds` are those of which is asked what makes them.
    """
    key = (str(connection.settings_dict["NAME"]), *fields, "", *cases)
    with _turn:
        at, found = _kept.get(key, (0.0, None))
        if found is None or time.monotonic() - at > KEPT_SECONDS:
            found = _read(fields, kinds, cases)
            _kept[key] = (time.monotonic(), found)
        while len(_kept) > 4:
            del _kept[next(iter(_kept))]
    return found


def forget() -> None:
    """Read anew next time."""
    with _turn:
        _kept.clear()


def _read(fields: Sequence[str], kinds: Sequence[str], cases: Sequence[str]) -> Read:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BOUND)
        [last] = cursor.fetchone() or (None,)
        after = max(0, (last or 0) - MOST)
        names = [f"field{at}" for at, _name in enumerate(fields)]
        values = "".join(f", {_value(name)} AS {mark}" for mark, name in zip(names, fields, strict=True))
        own = ["name", "actor_kind", "unit_id", "cases", *names]
        query = _DEEDS.format(
            values=values,
            same=", ".join(own),
            texts=", ".join(f"{each}::text" for each in own),
            nothing="'', '', NULL::bigint, NULL::text[]" + ", ''" * len(names),
        )
        cursor.execute(_ROOM)
        cursor.execute(
            query, {"after": after, "cases": list(cases)} | {f"of_{name}": name for name in fields}
        )
        deeds = _deeds(cursor.fetchall(), fields)
        cursor.execute(_SPAN, [after])
        since, until, entries = cursor.fetchone() or (None, None, 0)
        cursor.execute(_FIRSTS, {"kinds": list(kinds), "sample": SAMPLE, "early": EARLY})
        making = making_of(cursor.fetchall())
    return Read(deeds, making, since, until, entries, after == 0)


def _value(name: str) -> str:
    """The value of a field in SQL: the activity's own, or else the event's."""
    told = f"e.data->>%(of_{name})s"
    own = f"CASE WHEN w.id IS NOT NULL THEN w.{name} END, " if name in OF_ACTIVITY else ""
    return f"coalesce({own}{told}, '')"


def _deeds(rows: Sequence[Sequence[Any]], fields: Sequence[str]) -> list[Deed]:
    """Rows that are alike joined: how many entries, what they mention, and what they change."""
    found: dict[int, Deed] = {}
    for what, one, other, times, alike, event, actor, unit, cases, *values in rows:
        if what == 0:
            told = dict(zip(fields, values, strict=True))
            there = tuple(sorted(set(cases or ())))
            found[alike] = Deed(event, actor, unit, there, told, times)
        elif what == 1:
            found[alike].mentions[one, other] = times
        else:
            found[alike].changed[one] = times
    return list(found.values())
