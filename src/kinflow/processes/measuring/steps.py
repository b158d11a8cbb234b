"""What was done: how often each step, in how many cases, how long the work on it took; where cases start and end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns, ready
from kinflow.processes.columns.compiled import compiled
from kinflow.processes.columns.passing import case_moments

from .clock import Clock, worked
from .spreads import Spread, spread_of

Whole = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Steps:
    """By the code of the activity.

    `count`: events; `cases`: cases with at least one; `start`, `end`: cases that begin or end with it.
    """

    count: Whole
    cases: Whole
    start: Whole
    end: Whole


def steps(columns: EventColumns) -> Steps:
    """Count the steps, in O(events)."""
    found = count_steps(ready(columns.offsets), ready(columns.activity), len(columns.activities))
    return Steps(*found)


def work_times(columns: EventColumns, *, clock: Clock | None = None) -> Spread:
    """How long the work on each step took, by the code of the activity: from begin to end, by the unit's clock if given.

    Zero where only one moment is known.
    """
    begin, end = ready(columns.begun_at), ready(columns.at)
    spans = end - begin if clock is None else worked(clock, columns.unit, begin, end)
    order, start = sorted_by(ready(columns.activity), len(columns.activities))
    return spread_of(spans[order], start)


def durations(columns: EventColumns, *, clock: Clock | None = None) -> Whole:
    """How long (microseconds) each case took: from the begin of its first event to its last end; 0 for an empty one.

    `clock` counts the hours only in which the unit of the case's last event works.
    """
    begin, end = case_moments(ready(columns.offsets), ready(columns.begun_at), ready(columns.at))
    if clock is None:
        return end - begin
    unit = np.full(columns.cases, -1, np.int32)
    filled = np.diff(columns.offsets) > 0
    unit[filled] = columns.unit[columns.offsets[1:][filled] - 1]
    return worked(clock, unit, begin, end)


def spans_of_cases(columns: EventColumns) -> tuple[Whole, Whole]:
    """When each case began and ended (microseconds UTC); both 0 for a case without events."""
    begin, end = case_moments(ready(columns.offsets), ready(columns.begun_at), ready(columns.at))
    return begin, end


@compiled
def count_steps(offsets: Whole, activity: Codes, kinds: int) -> tuple[Whole, Whole, Whole, Whole]:
    """Return how many events, cases, first and last events each activity has."""
    count, cases = np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)
    start, end = np.zeros(kinds, np.int64), np.zeros(kinds, np.int64)
    seen = np.full(kinds, -1, np.int64)
    for c in range(offsets.shape[0] - 1):
        if offsets[c] == offsets[c + 1]:
            continue
        start[activity[offsets[c]]] += 1
        end[activity[offsets[c + 1] - 1]] += 1
        for i in range(offsets[c], offsets[c + 1]):
            a = activity[i]
            count[a] += 1
            if seen[a] != c:
                seen[a] = c
                cases[a] += 1
    return count, cases, start, end


@compiled
def sorted_by(codes: Codes, kinds: int) -> tuple[Whole, Whole]:
    """Return the order that puts rows of the same code together, and where each code starts (a counting sort)."""
    start = np.zeros(kinds + 1, np.int64)
    for i in range(codes.shape[0]):
        start[codes[i] + 1] += 1
    for k in range(kinds):
        start[k + 1] += start[k]
    place = start[:-1].copy()
    order = np.empty(codes.shape[0], np.int64)
    for i in range(codes.shape[0]):
        order[place[codes[i]]] = i
        place[codes[i]] += 1
    return order, start
