"""Fields that people changed, from the log: those of a process's cases, and those of their customers.

A change of an account or a contact belongs to the case of theirs that the same person worked on last before it; what
belongs to no case is kept, too, for it may be what another unit's change is put back by.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from kinflow.conditions import Kind
from kinflow.records.faces import registry

from ..columns import EventColumns
from .context import FieldChanges

CUSTOMERS = ("account", "contact")
_QUERY = """
SELECT (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_id, e.unit_id, e.name, e.data->'changes', m.object_id
FROM eventlog_entry AS e JOIN eventlog_mention AS m ON m.entry_id = e.id
WHERE e.name = ANY(%s) AND e.actor_kind = 'person' AND m.kind = ANY(%s) AND e.name LIKE '%%.' || m.kind || '_changed'
ORDER BY e.at, e.id
"""
Row = tuple[int, str, int | None, str, Any, int]


@dataclass
class _Codes:
    """Codes given as values come up."""

    known: dict[Any, int] = field(default_factory=dict)

    def of(self, value: Any) -> int:
        """The code of a value."""
        return self.known.setdefault(value, len(self.known))


def changes_of(kind: str, columns: EventColumns) -> FieldChanges | None:
    """The changes of a kind's cases and of their customers, in order of time; None where there are none."""
    names = {_event_of(each): each for each in (kind, *CUSTOMERS) if each in registry}
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [list(names), list(names.values())])
        rows = [(*row, json.loads(changes or "{}"), pk) for *row, changes, pk in cursor.fetchall()]
    told = list(_told(kind, columns, names, rows))
    if not told:
        return None
    fields, values, units = _Codes(), _Codes({"": -1}), _Codes()
    table = np.array(
        [
            (
                at,
                record,
                fields.of(name),
                values.of(before),
                values.of(after),
                person,
                _unit(units, unit),
                case,
                own,
            )
            for at, record, name, before, after, person, unit, case, own in told
        ],
        np.int64,
    )
    at, record, field_codes, before, after, person, unit, case, own = table.T
    return FieldChanges(
        at=at,
        record=record,
        field=field_codes.astype(np.int32),
        fields=list(fields.known),
        before=before,
        after=after,
        resource=person.astype(np.int32),
        unit=unit.astype(np.int32),
        units=list(units.known),
        case=case.astype(np.int32),
        own=own.astype(bool),
        at_start=_at_start(kind, columns, rows, names),
    )


def _at_start(
    kind: str, columns: EventColumns, rows: Sequence[Row], names: dict[str, str]
) -> dict[str, NDArray[np.bool_]]:
    """Of which cases fields that were filled later were filled from the start: as they are now, changes taken back."""
    cases = {int(each): code for code, each in enumerate(columns.case_ids)}
    first: dict[str, dict[int, bool]] = defaultdict(dict)
    for _at, _actor, _unit, event, changes, pk in rows:
        if names[event] == kind and pk in cases and isinstance(changes, dict):
            for name, pair in changes.items():
                if isinstance(pair, list) and len(pair) == 2:
                    first[name].setdefault(cases[pk], pair[0] not in (None, ""))
    wanted = [name for name, filled in first.items() if not all(filled.values()) and _is_text(kind, name)]
    found = {}
    for name in wanted:
        known = np.zeros(columns.cases, bool)
        rows_now = registry[kind].model._default_manager.values_list(
            "pk", registry[kind].by_name[name].column
        )
        for pk, value in rows_now.iterator(chunk_size=10_000):
            if pk in cases:
                known[cases[pk]] = value not in (None, "")
        for case, filled in first[name].items():
            known[case] = filled
        found[f"{kind}.{name}"] = known
    return found


def _is_text(kind: str, name: str) -> bool:
    """Whether a field is written, not chosen or counted: only what is written can be asked for again."""
    known = registry[kind].by_name.get(name)
    return known is not None and known.kind in (Kind.TEXT, Kind.LONG_TEXT)


def _event_of(kind: str) -> str:
    """The event that tells of changed fields of a kind of record."""
    return f"{registry[kind].model._meta.app_label}.{kind}_changed"


def _unit(units: _Codes, unit: int | None) -> int:
    return -1 if unit is None else units.of(str(unit))


def _told(
    kind: str, columns: EventColumns, names: dict[str, str], rows: Sequence[Row]
) -> Iterator[tuple[int, int, str, str, str, int, int | None, int, bool]]:
    cases = {int(each): code for code, each in enumerate(columns.case_ids)}
    people = {each: code for code, each in enumerate(columns.resources)}
    records, worked = _Codes(), _worked_on(kind, columns)
    for at, actor, unit, event, changes, pk in rows:
        noun, person = names[event], people.get(actor, -1)
        case = cases.get(pk, -1) if noun == kind else _case_at(worked.get((noun, pk, person)), at)
        if noun == kind and case < 0 or not isinstance(changes, dict):
            continue
        for name, pair in changes.items():
            if isinstance(pair, list) and len(pair) == 2:
                before, after = ("" if value is None else str(value) for value in pair)
                yield (
                    at,
                    records.of((noun, pk)),
                    f"{noun}.{name}",
                    before,
                    after,
                    person,
                    unit,
                    case,
                    noun == kind and _is_text(kind, name),
                )


Worked = dict[tuple[str, int, int], tuple[list[int], list[int]]]


def _worked_on(kind: str, columns: EventColumns) -> Worked:
    """By customer and person: when the person did something in a case of theirs, and in which."""
    model = registry[kind].model
    columns_of_customers = [name for name in CUSTOMERS if name in registry[kind].by_name]
    rows = model._default_manager.values_list("pk", *(f"{name}_id" for name in columns_of_customers))
    customers = {str(pk): ids for pk, *ids in rows.iterator(chunk_size=10_000)}
    found: Worked = defaultdict(lambda: ([], []))
    for place in np.argsort(columns.at, kind="stable").tolist():
        person, case = int(columns.resource[place]), int(columns.case[place])
        if person < 0:
            continue
        for noun, pk in zip(columns_of_customers, customers.get(columns.case_ids[case], ()), strict=False):
            if pk is not None:
                moments, codes = found[noun, pk, person]
                moments.append(int(columns.at[place]))
                codes.append(case)
    return found


def _case_at(worked: tuple[list[int], list[int]] | None, at: int) -> int:
    if worked is None:
        return -1
    place = bisect_right(worked[0], at)
    return worked[1][place - 1] if place else -1
