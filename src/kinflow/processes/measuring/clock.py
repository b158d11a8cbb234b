"""Working time: how long a unit was at work between two moments, by its calendar's open intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns, ready
from kinflow.processes.columns.compiled import compiled

Whole = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Clock:
    """Open intervals of each unit, in microseconds UTC; unit u has those from `start[u]` to `start[u + 1]`.

    `before` says how long the unit was open before each of them. A unit without intervals is always open, and so is
    nobody's (-1).
    """

    start: Whole
    opens: Whole
    closes: Whole
    before: Whole


def clock_of(units: Sequence[str], open_times: Mapping[str, NDArray[np.int64]]) -> Clock:
    """The clock of units, by the order of their codes; open times (k, 2), from and to, of each by name.

    Raises ValueError where intervals are not ascending and apart.
    """
    start, opens, closes, before = [0], [], [], []
    for unit in units:
        spans = np.asarray(open_times.get(unit, np.empty((0, 2))), np.int64).reshape(-1, 2)
        if (spans[:, 0] > spans[:, 1]).any() or (spans[1:, 0] < spans[:-1, 1]).any():
            raise ValueError(f"open times of {unit} must be ascending and apart")
        length = spans[:, 1] - spans[:, 0]
        opens.append(spans[:, 0])
        closes.append(spans[:, 1])
        before.append(np.cumsum(length) - length)
        start.append(start[-1] + len(spans))
    empty = np.empty(0, np.int64)
    joined = (np.concatenate([empty, *parts]) for parts in (opens, closes, before))
    return Clock(np.array(start, np.int64), *joined)


def worked(clock: Clock, unit: Codes, since: Whole, until: Whole) -> Whole:
    """How long (microseconds) the unit of each row was at work from `since` to `until`; 0 if that is earlier."""
    return open_between(
        ready(clock.start), clock.opens, clock.closes, clock.before, ready(unit), ready(since), ready(until)
    )


def worked_between(columns: EventColumns, codes: Codes, since: Whole, until: Whole, clock: Clock) -> Whole:
    """Working time of the unit of each event from `since` of the last one with a code before it in the case; else 0."""
    before = event_before(ready(columns.offsets), ready(codes))
    waited = worked(clock, columns.unit, since[before], until)
    waited[before < 0] = 0
    return waited


@compiled
def event_before(offsets: Whole, codes: Codes) -> Whole:
    """Return for each event the last one with a code before it in its case; -1 where there is none."""
    found = np.full(codes.shape[0], -1, np.int64)
    for c in range(offsets.shape[0] - 1):
        last = -1
        for i in range(offsets[c], offsets[c + 1]):
            found[i] = last
            if codes[i] >= 0:
                last = i
    return found


@compiled
def open_until(opens: Whole, closes: Whole, before: Whole, left: int, right: int, moment: int) -> int:
    """Return how long a unit with the intervals from `left` to `right` was open before a moment."""
    low, high = left, right
    while low < high:
        middle = (low + high) >> 1
        if opens[middle] <= moment:
            low = middle + 1
        else:
            high = middle
    if low == left:
        return 0
    found: int = before[low - 1] + min(moment, closes[low - 1]) - opens[low - 1]
    return found


@compiled
def open_between(
    start: Whole, opens: Whole, closes: Whole, before: Whole, unit: Codes, since: Whole, until: Whole
) -> Whole:
    """Return the open time between two moments for each row, by its unit."""
    found = np.zeros(since.shape[0], np.int64)
    for i in range(since.shape[0]):
        u = unit[i]
        if until[i] <= since[i]:
            continue
        if u < 0 or start[u] == start[u + 1]:
            found[i] = until[i] - since[i]
        else:
            left, right = start[u], start[u + 1]
            end = open_until(opens, closes, before, left, right, until[i])
            found[i] = end - open_until(opens, closes, before, left, right, since[i])
    return found
