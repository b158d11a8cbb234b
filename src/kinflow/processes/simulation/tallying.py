"""What is summed up over the work items of a play, in one pass over its log."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import bare, inlined
from .scenario import HOUR
from .state import AT, FREE, LAST_SPAN

Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]
WORK, WAITING, AGAIN = range(3)
"""What `sums` holds of cases that ended: work of people, waiting (delays too), and items that repeated a step."""


@inlined
def worked(spans: Whole, before: Whole, first: int, last: int, moment: int) -> int:
    """The working time of one list of spans up to a moment."""
    low, high = first, last
    while low < high:
        middle = (low + high) >> 1
        if spans[middle, 0] <= moment:
            low = middle + 1
        else:
            high = middle
    if low == first:
        return 0
    return int(before[low - 1] - before[first] + min(moment, spans[low - 1, 1]) - spans[low - 1, 0])


@bare
def tally(
    case: Whole, step: Whole, staff: Whole, came: Whole, ready: Whole, start: Whole, end: Whole, work: Whole,
    visit: Whole, ended: NDArray[np.bool_], shared: Whole, role: Whole, delays: NDArray[np.bool_], usual: Real,
    hourly: Real, of_steps: Real, spans: Whole, before: Whole, crew: Whole, since: int, until: int, played: int,
    there: Real, busy: Real, wanted: Real, sums: Whole,
) -> float:  # fmt: skip
    """What the items of ended cases cost; by person `there`, the time to work from `since` to `until`, and `busy`, how
    much of it was spent on work up to `played`, an item shared with others by its part; by role `wanted`, the work."""
    cost = 0.0
    for who in range(len(crew)):
        first, last = crew[who, AT], crew[who, LAST_SPAN]
        there[who] = worked(spans, before, first, last, until) - worked(spans, before, first, last, since)
        there[who] *= crew[who, FREE]
    for item in range(len(case)):
        who, post = staff[item], role[step[item]]
        if post >= 0 and since <= ready[item] < until:
            wanted[post] += work[item] * (1.0 if who >= 0 else usual[post])
        if who >= 0 and start[item] >= 0:
            begun, done = max(start[item], since), min(end[item], played, until)
            if done > begun:
                first, last = crew[who, AT], crew[who, LAST_SPAN]
                spent = worked(spans, before, first, last, done) - worked(spans, before, first, last, begun)
                busy[who] += spent / shared[item]
        if ended[case[item]]:
            if who >= 0:
                sums[WORK] += work[item]
            if delays[step[item]]:
                sums[WAITING] += end[item] - came[item]
            else:
                sums[WAITING] += start[item] - came[item]
                sums[AGAIN] += visit[item] > 0
            cost += work[item] / HOUR * hourly[who] + of_steps[step[item]]
    return cost
