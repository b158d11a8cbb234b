"""Two groups of cases held against each other: which differences of ways and times are more than chance.

Shares of cases are tested by Fisher's exact test, times by the rank test of Mann and Whitney, both on two sides. All
tests of a comparison are taken together by Benjamini and Hochberg's procedure, so that at most one in twenty marked
differences is expected to be false.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..columns import EventColumns
from ..columns.events import Codes, Moments
from ..columns.filtering import Mask
from ..diagnosis.chances import discoveries, larger, more_often
from ..measuring.clock import Clock, worked
from ..measuring.steps import durations

RATE = 0.05
SECOND = 1e6
MOST_ROWS = 120
FEWEST = 5
"""Values on each side, below which times are not tested."""
Waits = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """A figure of both groups, None where a group has none; `is_real` where the difference is more than chance."""

    one: float | None
    other: float | None
    p: float | None
    is_real: bool = False


@dataclass(frozen=True)
class Row:
    """A step (`to` empty) or an arrow: which share of the cases goes through, and its median time in seconds."""

    step: str
    to: str
    share: Pair
    time: Pair


@dataclass(frozen=True)
class Compared:
    """The groups' sizes, their median durations, and rows: first what differs, then by how often it is walked."""

    one: int
    other: int
    duration: Pair
    rows: Sequence[Row]


def compare(columns: EventColumns, one: Mask, other: Mask, *, clock: Clock | None = None) -> Compared:
    """Hold the cases of one mask against those of another; cases without events are left out.

    `clock` counts the hours only in which units work.
    """
    filled = np.diff(columns.offsets) > 0
    one, other = one & filled, other & filled
    took = durations(columns, clock=clock) / SECOND
    sizes = int(one.sum()), int(other.sum())
    found = [Row("", "", NOTHING, _times(took[one], took[other])), *_pairs(columns, one, other, sizes, clock)]
    chances = [pair.p for row in found for pair in (row.share, row.time) if pair.p is not None]
    real = iter(discoveries(chances, RATE).tolist())
    marked = [replace(row, share=_marked(row.share, real), time=_marked(row.time, real)) for row in found]
    rows = sorted(marked[1:], key=lambda row: not (row.share.is_real or row.time.is_real))
    return Compared(*sizes, marked[0].time, rows)


def _marked(pair: Pair, real: Iterator[bool]) -> Pair:
    """The pair with what the procedure says of it, the next answer where it was tested."""
    return pair if pair.p is None else replace(pair, is_real=next(real))


NOTHING = Pair(None, None, None)


def _pairs(
    columns: EventColumns, one: Mask, other: Mask, sizes: tuple[int, int], clock: Clock | None
) -> Iterator[Row]:
    """Steps, then arrows, each by how often."""
    in_one, in_other = one[columns.case], other[columns.case]
    taken = in_one | in_other
    case, activity = columns.case[taken], columns.activity[taken].astype(np.int64)
    is_one = in_one[taken]
    at, begun_at, unit = columns.at[taken], columns.begun_at[taken], columns.unit[taken]
    work = _between(begun_at, at, unit, clock)
    for code, places in _groups(activity):
        time = (
            _times(work[places][is_one[places]], work[places][~is_one[places]])
            if work[places].any()
            else NOTHING
        )
        yield Row(columns.activities[code], "", _share(case[places], is_one[places], sizes), time)
    follows = np.flatnonzero(case[1:] == case[:-1])
    wait = _between(at[follows], begun_at[follows + 1], unit[follows + 1], clock)
    wide = len(columns.activities)
    for code, places in _groups(activity[follows] * wide + activity[follows + 1]):
        ours = is_one[follows[places]]
        share = _share(case[follows[places]], ours, sizes)
        names = columns.activities[code // wide], columns.activities[code % wide]
        yield Row(*names, share, _times(wait[places][ours], wait[places][~ours]))


def _between(since: Moments, until: Moments, unit: Codes, clock: Clock | None) -> Waits:
    """The seconds from each moment to the other, by the clock of the unit where one is given; never less than zero."""
    spans: Waits = (
        np.maximum(until - since, 0) if clock is None else worked(clock, unit, since, until)
    ) / SECOND
    return spans


def _groups(codes: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """The places of the most frequent codes, most frequent first."""
    order = np.argsort(codes, kind="stable")
    known, begins, counts = np.unique(codes[order], return_index=True, return_counts=True)
    for at in np.argsort(-counts, kind="stable")[:MOST_ROWS].tolist():
        yield int(known[at]), order[begins[at] : begins[at] + counts[at]]


def _share(case: NDArray[np.int32], is_one: NDArray[np.bool_], sizes: tuple[int, int]) -> Pair:
    hits = len(np.unique(case[is_one])), len(np.unique(case[~is_one]))
    if not all(sizes):
        return NOTHING
    one_side = min(
        more_often(hits[0], sizes[0], hits[1], sizes[1]), more_often(hits[1], sizes[1], hits[0], sizes[0])
    )
    return Pair(hits[0] / sizes[0], hits[1] / sizes[1], min(1.0, 2 * one_side))


def _times(one: Waits, other: Waits) -> Pair:
    medians = [float(np.median(each)) if len(each) else None for each in (one, other)]
    if min(len(one), len(other)) < FEWEST:
        return Pair(medians[0], medians[1], None)
    p = min(1.0, 2 * min(larger(one, other).p, larger(other, one).p))
    return Pair(medians[0], medians[1], p)
