"""When people work over the whole time of a play: absolute spans from a calendar's week, closed days and absences."""

import numpy as np
from numpy.typing import NDArray

from .scenario import DAY, WEEK, Calendar

Whole = NDArray[np.int64]
NEVER = 1 << 62
"""A moment after all others; the engine knows it by this number, too."""


def spans_of(
    calendar: Calendar | None, absences: tuple[tuple[int, int], ...], until: int
) -> tuple[Whole, Whole]:
    """Begins and ends of the spans of work until a moment, in order, apart; None is the calendar always open."""
    if calendar is None:
        open_ = (np.zeros(1, np.int64), np.full(1, NEVER, np.int64))
    else:
        open_ = _weekly(calendar, until)
    shut = [(day * DAY, day * DAY + DAY) for day in sorted(calendar.closed)] if calendar else []
    return _without(*open_, _joined(np.array([*shut, *absences], np.int64).reshape(-1, 2)))


def _weekly(calendar: Calendar, until: int) -> tuple[Whole, Whole]:
    week = _joined(np.array(sorted(calendar.spans), np.int64).reshape(-1, 2))
    weeks = np.arange(until // WEEK + 1, dtype=np.int64)[:, None] * WEEK
    begins, ends = (weeks + week[:, 0]).ravel(), (weeks + week[:, 1]).ravel()
    both = _joined(np.stack([begins, ends], axis=1))
    return both[:, 0], both[:, 1]


def _joined(spans: Whole) -> Whole:
    """Spans that touch or overlap as one."""
    if not len(spans):
        return spans
    spans = spans[np.argsort(spans[:, 0], kind="stable")]
    furthest = np.maximum.accumulate(spans[:, 1])
    fresh = np.append(True, spans[1:, 0] > furthest[:-1])
    last = np.append(np.flatnonzero(fresh)[1:] - 1, len(spans) - 1)
    return np.stack([spans[fresh, 0], furthest[last]], axis=1)


def _without(begins: Whole, ends: Whole, shut: Whole) -> tuple[Whole, Whole]:
    """What is left of spans when others, in order and apart, are taken out."""
    if not len(shut):
        return begins, ends
    begin = np.concatenate([begins, shut[:, 1]])
    end = np.concatenate([ends, shut[:, 0]])
    begin, end = np.sort(begin), np.sort(end)
    edges = np.unique(np.concatenate([begin, end]))
    middles = edges[:-1]
    is_open = np.searchsorted(begins, middles, "right") > np.searchsorted(ends, middles, "right")
    is_shut = np.searchsorted(shut[:, 0], middles, "right") > np.searchsorted(shut[:, 1], middles, "right")
    kept = is_open & ~is_shut
    both = _joined(np.stack([edges[:-1][kept], edges[1:][kept]], axis=1))
    return both[:, 0], both[:, 1]
