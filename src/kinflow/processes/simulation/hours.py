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
    if calendar is not None and (calendar.closed or calendar.opened):
        open_ = _as_planned(calendar, *open_, until)
    return _without(*open_, _joined(np.array(absences, np.int64).reshape(-1, 2)))


def _as_planned(calendar: Calendar, begins: Whole, ends: Whole, until: int) -> tuple[Whole, Whole]:
    """Spans of the week without closed days, and on those that are opened with what they are worked as."""
    gone = sorted(calendar.closed | {day for day, _as_day in calendar.opened})
    shut = np.array([(day * DAY, day * DAY + DAY) for day in gone], np.int64).reshape(-1, 2)
    begins, ends = _without(begins, ends, _joined(shut))
    more = [span for span in spans_opened(calendar) if span[0] < until]
    both = _joined(
        np.concatenate([np.stack([begins, ends], axis=1), np.array(more, np.int64).reshape(-1, 2)])
    )
    return both[:, 0], both[:, 1]


def spans_opened(calendar: Calendar) -> list[tuple[int, int]]:
    """What is worked on opened days that are not closed, in microseconds since the begin."""
    found = []
    for day, as_day in sorted(calendar.opened):
        for begin, end in calendar.spans if day not in calendar.closed else ():
            since, until = max(begin, as_day * DAY), min(end, as_day * DAY + DAY)
            if since < until:
                found.append((since + (day - as_day) * DAY, until + (day - as_day) * DAY))
    return found


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
