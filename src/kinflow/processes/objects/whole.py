"""The whole log, event by event with every record it mentions, read in blocks: bounded memory, however long it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from kinflow.eventlog.horizon import horizon
from kinflow.organisation.models import Person, Unit
from kinflow.records.faces import registry

BLOCK = 5_000
_TOP = "SELECT coalesce(max(id), 0) FROM eventlog_entry WHERE tx < %s::text::xid8"
_OBJECTS = """
SELECT DISTINCT object_id FROM eventlog_mention WHERE kind = %s AND object_id > %s AND entry_id <= %s
ORDER BY object_id LIMIT %s
"""
_EVENTS = """
SELECT id, name, at, CASE WHEN actor_kind = 'person' THEN actor_id END, unit_id FROM eventlog_entry
WHERE id > %s AND id <= %s AND tx < %s::text::xid8 ORDER BY id LIMIT %s
"""
_MENTIONS = """
SELECT entry_id, kind, object_id, role FROM eventlog_mention WHERE entry_id BETWEEN %s AND %s AND kind = ANY(%s)
ORDER BY entry_id, kind, object_id, role
"""
_NAMES = """
WITH RECURSIVE names AS (
    (SELECT name FROM eventlog_entry WHERE id <= %s ORDER BY name LIMIT 1)
    UNION ALL
    SELECT (SELECT e.name FROM eventlog_entry AS e WHERE e.name > n.name AND e.id <= %s ORDER BY e.name LIMIT 1)
    FROM names AS n WHERE n.name IS NOT NULL
) SELECT name FROM names WHERE name IS NOT NULL
"""


@dataclass(frozen=True)
class WholeEvent:
    """An event: its number, its name, when, who and of which unit ("" where unknown), what it mentions (id, as what)."""

    number: int
    name: str
    at: datetime
    person: str
    unit: str
    objects: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class WholeLog:
    """The log up to the entry `top`, of transactions below `below`: what comes later is not in it."""

    top: int
    below: int
    kinds: Sequence[str]
    names: Sequence[str]
    block: int = BLOCK
    people: dict[str, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)

    def objects(self) -> Iterator[tuple[str, str]]:
        """Every record that an entry mentions: its number (L-17) and its kind."""
        for kind in self.kinds:
            last = -1
            while ids := _rows(_OBJECTS, [kind, last, self.top, self.block]):
                yield from ((object_name(kind, pk), kind) for (pk,) in ids)
                last = ids[-1][0]

    def events(self) -> Iterator[WholeEvent]:
        """Every entry, in order."""
        last = -1
        while entries := _rows(_EVENTS, [last, self.top, str(self.below), self.block]):
            mentioned: dict[int, list[tuple[str, str]]] = {}
            between = [entries[0][0], entries[-1][0], list(self.kinds)]
            for entry, kind, pk, role in _rows(_MENTIONS, between):
                mentioned.setdefault(entry, []).append((object_name(kind, pk), role))
            for number, name, at, person, unit in entries:
                who, where = self.people.get(person, ""), self.units.get(unit, "")
                yield WholeEvent(number, name, at, who, where, mentioned.get(number, []))
            last = entries[-1][0]


def whole_log(*, block: int = BLOCK) -> WholeLog:
    """The log as it is complete now."""
    below = horizon()
    ((top,),) = _rows(_TOP, [str(below)])
    return WholeLog(
        top=top,
        below=below,
        kinds=list(registry),
        names=[name for (name,) in _rows(_NAMES, [top, top])],
        block=block,
        people={str(person.pk): person.name for person in Person.objects.all()},
        units=dict(Unit.objects.values_list("pk", "name")),
    )


def object_name(kind: str, pk: int) -> str:
    """What a record is called by number."""
    return f"{registry[kind].prefix}-{pk}"


def _rows(query: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as sql:
        sql.execute(query, list(given))
        found: list[tuple[Any, ...]] = sql.fetchall()
    return found
