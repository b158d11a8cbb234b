"""The directly-follows map: which step comes next, how often, and how long it takes to get there."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns, ready

from .clock import Clock, worked_between
from .pairs import Pairs, find_pairs, lay_out
from .spreads import Spread, spread_of, untimed

Until = Literal["begin", "end"]


@dataclass(frozen=True)
class Follows:
    """Arrows, most frequent first: arrow k leads from code `first[k]` to `second[k]`; `count` events went along it."""

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    count: NDArray[np.int64]
    times: Spread


def follows(columns: EventColumns, *, until: Until = "begin", clock: Clock | None = None) -> Follows:
    """The arrows between steps that follow each other directly in a case, in O(events).

    Times run from the end of a step (`at`) to the begin of the next (`begun_at`), which is waiting, or to its end,
    which is waiting and work; never less than zero, where the next was begun before the first was done. With single
    moments both are the same, and what PM4Py's performance DFG gives. `clock` counts the hours only in which the
    unit of the next step works.
    """
    return _neighbours(columns, columns.activity, len(columns.activities), until, clock)


def handovers(
    columns: EventColumns,
    *,
    between: Literal["resource", "unit"] = "resource",
    clock: Clock | None = None,
    timed: bool = True,
) -> Follows:
    """The arrows between different resources, or units, with the waiting from the end of one's step to the next's begin.

    Events of nobody known (the system's own) are passed over: the work went from who had it before to who had it next.
    Times are NaN where they are not asked for, which is quicker.
    """
    by_unit = between == "unit"
    codes, names = (columns.unit, columns.units) if by_unit else (columns.resource, columns.resources)
    found = _neighbours(columns, codes, len(names), "begin", clock, timed)
    return _only(found, found.first != found.second)


def _neighbours(
    columns: EventColumns,
    codes: NDArray[np.int32],
    base: int,
    until: Until,
    clock: Clock | None,
    timed: bool = True,
) -> Follows:
    """The arrows between neighbouring codes, and the times along them."""
    pairs = find_pairs(ready(columns.offsets), ready(codes), base)
    times = spread_of(*spans_of(columns, codes, base, pairs, until, clock)) if timed else untimed(pairs.often)
    found = Follows(
        (pairs.pair // max(base, 1)).astype(np.int32),
        (pairs.pair % max(base, 1)).astype(np.int32),
        pairs.often,
        times,
    )
    return _only(found, np.lexsort((found.second, found.first, -found.count)))


def spans_of(
    columns: EventColumns,
    codes: NDArray[np.int32],
    base: int,
    pairs: Pairs,
    until: Until,
    clock: Clock | None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The times (microseconds) along each of the pairs, side by side, and where those of each pair start."""
    since, to = ready(columns.at), ready(columns.begun_at if until == "begin" else columns.at)
    if clock is not None:
        to = worked_between(columns, codes, since, to, clock)
        since = np.zeros_like(to)
    return lay_out(ready(columns.offsets), ready(codes), base, pairs, since, to)


def _only(found: Follows, chosen: NDArray) -> Follows:
    """Some of the arrows, by a mask or in an order of indexes."""
    times = Spread(**{name: figures[chosen] for name, figures in vars(found.times).items()})
    return Follows(found.first[chosen], found.second[chosen], found.count[chosen], times)
