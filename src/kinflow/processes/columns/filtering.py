"""Parts of a log: which cases fulfil a condition, and the log of those cases alone.

A condition is a mask, one truth for each case; conditions are joined by `&`, `|` and `~`. Whatever part is taken,
activities, resources, units and attributes keep their codes, so that two parts can be held against each other.
"""

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .events import EventColumns, Labels
from .passing import (
    case_moments,
    copy_events,
    copy_moments,
    count_in_cases,
    follows_directly,
    follows_eventually,
    same_steps,
)
from .ready import ready
from .texts import chosen

Mask = NDArray[np.bool_]
When = Literal["begins", "ends", "lies", "touches"]
MANY = 1_000_000  # events from which threads are worth their while


def sub_log(columns: EventColumns, mask: Mask) -> EventColumns:
    """The log of the cases in the mask, renumbered in order; the same one where it is all of them. O(events kept)."""
    if len(mask) != columns.cases:
        raise ValueError(f"a mask of {len(mask)} cases for a log of {columns.cases}")
    cases = np.flatnonzero(mask)
    if len(cases) == columns.cases:
        return columns
    lengths = np.diff(columns.offsets)[cases]
    offsets = np.zeros(len(cases) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    single = columns.begun_at is columns.at
    copied = _copied(
        {
            "activity": columns.activity,
            "at": columns.at,
            **({} if single else {"begun_at": columns.begun_at}),
            "resource": columns.resource,
            "unit": columns.unit,
        },
        *_runs(columns.offsets, cases),
    )
    return EventColumns(
        case=np.repeat(np.arange(len(cases), dtype=np.int32), lengths),
        activity=copied["activity"],
        at=copied["at"],
        begun_at=copied["at"] if single else copied["begun_at"],
        resource=copied["resource"],
        unit=copied["unit"],
        offsets=offsets,
        case_ids=chosen(columns.case_ids, cases),
        activities=columns.activities,
        resources=columns.resources,
        units=columns.units,
        attributes={
            name: Labels(labels.values, labels.codes[cases]) for name, labels in columns.attributes.items()
        },
        amounts={name: numbers[cases] for name, numbers in columns.amounts.items()},
    )


def _runs(
    offsets: NDArray[np.int64], cases: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where events of chosen cases that follow each other begin and end."""
    first = np.ones(len(cases), np.bool_)
    np.not_equal(cases[1:], cases[:-1] + 1, out=first[1:])
    last = np.append(np.flatnonzero(first)[1:], len(cases)) - 1 if len(cases) else np.empty(0, np.int64)
    return offsets[cases[first]], offsets[cases[last] + 1]


def _copied(
    wanted: dict[str, NDArray[Any]], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> dict[str, NDArray[Any]]:
    """The runs of each column, the columns beside each other where there are cores."""
    count = int((ends - begins).sum())

    def copy(column: NDArray[Any]) -> NDArray[Any]:
        copied: NDArray[Any] = (copy_moments if column.dtype == np.int64 else copy_events)(
            ready(column), begins, ends, count
        )
        return copied

    if count < MANY:
        return {name: copy(column) for name, column in wanted.items()}
    with ThreadPoolExecutor(max_workers=len(wanted)) as threads:
        return dict(zip(wanted, threads.map(copy, wanted.values()), strict=True))


def in_period(
    columns: EventColumns, since: int | None = None, until: int | None = None, *, when: When = "begins"
) -> Mask:
    """Cases that begin, end, lie wholly or touch in the half-open period (microseconds UTC; None: no bound)."""
    begin, end = _moments(columns)
    lowest, highest = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    since, until = lowest if since is None else since, highest if until is None else until
    filled = np.diff(columns.offsets) > 0
    if when == "begins":
        found = (begin >= since) & (begin < until)
    elif when == "ends":
        found = (end >= since) & (end < until)
    elif when == "lies":
        found = (begin >= since) & (end < until)
    else:
        found = (end >= since) & (begin < until)
    return filled & found


def of_variants(columns: EventColumns, variants: Collection[Sequence[str]]) -> Mask:
    """Cases that went through exactly these steps; several sequences are alternatives."""
    found = np.zeros(columns.cases, np.bool_)
    for steps in variants:
        codes = codes_of(columns.activities, steps)
        if (codes >= 0).all():
            found |= same_steps(*_passed(columns), codes)
    return found


def with_value(columns: EventColumns, attribute: str, values: Collection[str | None]) -> Mask:
    """Cases whose attribute has one of the values; None stands for none. An unknown attribute raises KeyError."""
    labels = columns.attributes[attribute]
    wanted = np.zeros(len(labels.values) + 1, np.bool_)
    codes = codes_of(labels.values, [value for value in values if value is not None])
    wanted[codes[codes >= 0]] = True
    wanted[-1] = None in values  # code -1 looks it up there
    return wanted[labels.codes]


def with_amount(
    columns: EventColumns, amount: str, least: float | None = None, most: float | None = None
) -> Mask:
    """Cases whose number is known and between the bounds, both included. An unknown name raises KeyError."""
    numbers = columns.amounts[amount]
    found = ~np.isnan(numbers)
    if least is not None:
        found &= numbers >= least
    if most is not None:
        found &= numbers <= most
    return found


def through(columns: EventColumns, activities: Collection[str], *, times: int = 1) -> Mask:
    """Cases that go through one of the activities, in all at least so many `times`: 2 finds what is done again."""
    return _at_least(columns, columns.activity, columns.activities, activities, times)


def by_resource(columns: EventColumns, resources: Collection[str]) -> Mask:
    """Cases in which one of the resources did something."""
    return _at_least(columns, columns.resource, columns.resources, resources, 1)


def by_unit(columns: EventColumns, units: Collection[str]) -> Mask:
    """Cases in which somebody of one of the units did something."""
    return _at_least(columns, columns.unit, columns.units, units, 1)


def directly(columns: EventColumns, first: str, second: str) -> Mask:
    """Cases in which `second` comes right after `first`."""
    a, b = codes_of(columns.activities, [first, second]).tolist()
    return follows_directly(*_passed(columns), a, b)


def eventually(columns: EventColumns, first: str, second: str) -> Mask:
    """Cases in which `second` comes at some time after `first`."""
    a, b = codes_of(columns.activities, [first, second]).tolist()
    return follows_eventually(*_passed(columns), a, b)


def begins_with(columns: EventColumns, activities: Collection[str]) -> Mask:
    """Cases whose first step is one of these."""
    return _at_edge(columns, activities, columns.offsets[:-1])


def ends_with(columns: EventColumns, activities: Collection[str]) -> Mask:
    """Cases whose last step is one of these."""
    return _at_edge(columns, activities, columns.offsets[1:] - 1)


def lasting(columns: EventColumns, least: int | None = None, most: int | None = None) -> Mask:
    """Cases that took at least and at most so long (microseconds), from the begin of the first event to the last end."""
    begin, end = _moments(columns)
    took = end - begin
    found = np.diff(columns.offsets) > 0
    if least is not None:
        found &= took >= least
    if most is not None:
        found &= took <= most
    return found


def codes_of(values: Sequence[str], wanted: Collection[str]) -> NDArray[np.int32]:
    """The codes of values, -1 for those that do not occur."""
    known = {value: code for code, value in enumerate(values)}
    return np.array([known.get(value, -1) for value in wanted], np.int32)


def _passed(columns: EventColumns) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """What the passes over steps read."""
    return ready(columns.offsets), ready(columns.activity)


def _moments(columns: EventColumns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """When each case began and ended."""
    return case_moments(ready(columns.offsets), ready(columns.begun_at), ready(columns.at))


def _at_least(
    columns: EventColumns,
    codes: NDArray[np.int32],
    names: Sequence[str],
    wanted: Collection[str],
    times: int,
) -> Mask:
    """Cases with at least so many events of wanted codes."""
    is_wanted = np.zeros(len(names) + 1, np.bool_)
    found = codes_of(names, wanted)
    is_wanted[found[found >= 0]] = True
    return count_in_cases(ready(columns.offsets), ready(codes), is_wanted) >= times


def _at_edge(columns: EventColumns, activities: Collection[str], place: NDArray[np.int64]) -> Mask:
    """Cases whose event at a place is one of the activities."""
    filled = np.diff(columns.offsets) > 0
    found = np.zeros(columns.cases, np.bool_)
    found[filled] = np.isin(columns.activity[place[filled]], codes_of(columns.activities, activities))
    return found
