"""How much comes in, is going on and goes out, over time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns

from .steps import spans_of_cases

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Flow:
    """For k spans of time between k + 1 `edges` (microseconds UTC), half-open.

    `arrived`: cases that began in it; `finished`: cases whose last event is in it; `in_progress`: cases going on on
    average over the span; `events`: what was done in it.
    """

    edges: Whole
    arrived: Whole
    finished: Whole
    in_progress: NDArray[np.float64]
    events: Whole


def flow(columns: EventColumns, edges: Whole) -> Flow:
    """Arrivals, throughput and work in progress between ascending moments, such as the midnights of a time zone.

    A case is in progress from the begin of its first event to its last end. Whether more will happen to it, the log
    does not say.
    """
    if len(edges) < 2 or (np.diff(edges) <= 0).any():
        raise ValueError("edges must be two or more ascending moments")
    begin, end = spans_of_cases(columns)
    filled = np.diff(columns.offsets) > 0
    begin, end = np.sort(begin[filled]), np.sort(end[filled])
    going = _time_before(begin, edges) - _time_before(end, edges)
    return Flow(
        edges=edges,
        arrived=np.diff(np.searchsorted(begin, edges)),
        finished=np.diff(np.searchsorted(end, edges)),
        in_progress=np.diff(going) / np.diff(edges),
        events=_between(columns.at, edges),
    )


def _time_before(moments: Whole, edges: Whole) -> NDArray[np.float64]:
    """How much time has passed at each edge since the sorted moments before it, all in all."""
    base = edges[0]  # differences stay small enough to be exact
    sums = np.concatenate(([0.0], np.cumsum((moments - base).astype(np.float64))))
    count = np.searchsorted(moments, edges)
    passed: NDArray[np.float64] = count * (edges - base).astype(np.float64) - sums[count]
    return passed


def _between(moments: Whole, edges: Whole) -> Whole:
    """How many moments, in any order, lie between each two edges."""
    place = np.searchsorted(edges, moments, side="right")
    return np.bincount(place, minlength=len(edges) + 1)[1 : len(edges)].astype(np.int64)
