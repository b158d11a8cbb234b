"""Columns put together: the log that was kept, with the cases read anew in the place of their old selves."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..columns import EventColumns, Labels, columns_of
from ..columns.filtering import sub_log

Codes = NDArray[np.int32]


def without(columns: EventColumns, case_ids: Collection[str]) -> EventColumns:
    """The log of all cases but these."""
    gone = set(case_ids)
    return sub_log(columns, np.array([each not in gone for each in columns.case_ids], np.bool_))


def joined(first: EventColumns, second: EventColumns) -> EventColumns:
    """The log of the cases of both, which have none in common, ordered by the numbers that their ids are.

    Values that no event or case has any more are left out, so that it is the same log as one read at once.
    """
    ids = [*first.case_ids, *second.case_ids]
    order = sorted(range(len(ids)), key=lambda at: int(ids[at]))
    place = np.empty(len(ids), np.int32)
    place[order] = np.arange(len(ids), dtype=np.int32)
    activity, activities = _coded(first.activity, first.activities, second.activity, second.activities)
    resource, resources = _coded(first.resource, first.resources, second.resource, second.resources, by=int)
    unit, units = _coded(first.unit, first.units, second.unit, second.units, by=int)
    found = columns_of(
        case=place[np.concatenate([first.case, second.case + np.int32(first.cases)])],
        activity=activity,
        at=np.concatenate([first.at, second.at]),
        begun_at=np.concatenate([first.begun_at, second.begun_at]),
        case_ids=[ids[at] for at in order],
        activities=activities,
        resource=resource,
        resources=resources,
        unit=unit,
        units=units,
    )
    return replace(
        found,
        attributes={name: _labels(first, second, name, order) for name in first.attributes},
        amounts={
            name: np.concatenate([numbers, second.amounts[name]])[order]
            for name, numbers in first.amounts.items()
        },
    )


def _labels(first: EventColumns, second: EventColumns, name: str, order: Sequence[int]) -> Labels:
    one, other = first.attributes[name], second.attributes[name]
    codes, values = _coded(one.codes, one.values, other.codes, other.values)
    return Labels(values, codes[list(order)])


def _coded(
    first: Codes, one: Sequence[str], second: Codes, other: Sequence[str], *, by: type[int] | type[str] = str
) -> tuple[Codes, list[str]]:
    """Codes of both as codes of one list of the values that occur, in order."""
    used = {one[code] for code in np.unique(first).tolist() if code >= 0}
    used |= {other[code] for code in np.unique(second).tolist() if code >= 0}
    known = sorted(used, key=by)
    codes = {value: code for code, value in enumerate(known)}
    tables = [
        np.array([*(codes.get(value, -1) for value in values), -1], np.int32) for values in (one, other)
    ]
    return np.concatenate([tables[0][first], tables[1][second]]), known
