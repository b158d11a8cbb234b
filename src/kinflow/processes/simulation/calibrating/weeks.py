"""When work is done in a week: hours found from when it was done, and open time between moments by them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...diagnosis.calendar import DAY, HOUR, OpenHours
from ..hours import spans_opened
from ..scenario import WEEK, Calendar

Moments = NDArray[np.int64]
HOURS = 168
COVERED = 0.99
"""The share of work that lies within the hours found."""
HOLE = 4
"""Hours of a pause that count as worked: somebody just did nothing here in them. Nights are longer."""
SURELY = 9.2
"""So much work expected where there was none is no chance (e to the minus 9.2 is one in ten thousand)."""
THURSDAY = 3 * DAY
"""1 January 1970 was a Thursday: local moments plus so much are moments since a Monday."""


def hour_of_week(moments: Moments) -> NDArray[np.int64]:
    """The hour of the week of local moments, 0 for Monday from midnight to one."""
    return np.asarray(((moments + THURSDAY) % WEEK) // HOUR, np.int64)


def monday_before(moment: int) -> int:
    """The Monday 00:00 at or before a local moment."""
    return int(moment - (moment + THURSDAY) % WEEK)


def hours_of(moments: Moments, *, covered: float = COVERED) -> NDArray[np.bool_]:
    """In which of the 168 hours of the week work is done: the busiest that hold so large a share of it, holes filled."""
    counts = np.bincount(hour_of_week(moments), minlength=HOURS)
    if not counts.sum():
        return np.ones(HOURS, bool)
    order = np.argsort(-counts, kind="stable")
    held = np.cumsum(counts[order])
    taken = int(np.searchsorted(held, covered * held[-1])) + 1
    found = np.zeros(HOURS, bool)
    found[order[:taken]] = True
    found &= counts > 0
    worked = np.flatnonzero(found)
    for before, after in zip(worked, np.append(worked[1:], worked[:1] + HOURS), strict=True):
        if after - before <= HOLE + 1:
            found[np.arange(before, after) % HOURS] = True
    return found


def own_hours(moments: Moments, of_all: Moments) -> NDArray[np.bool_]:
    """In which hours of the week somebody works, or a step is begun, beside all work: none is off by chance.

    Hours of all work in which nothing of this was done are off where so much would have been expected in a row of them,
    or at this hour of the day on all such days, that nothing at all is no chance.
    """
    own, usual = hours_of(moments), hours_of(of_all)
    counts = np.bincount(hour_of_week(of_all), minlength=HOURS)
    expected = np.where(own, 0.0, len(moments) * counts / max(1, int(counts.sum())))
    rows = np.cumsum(np.append(0, own[1:] != own[:-1]))
    in_row = np.bincount(rows, weights=expected)[rows]
    of_day = np.tile(expected.reshape(7, 24).sum(axis=0), 7)
    found: NDArray[np.bool_] = own | (usual & (np.maximum(in_row, of_day) < SURELY))
    return found


def calendar_from(
    hours: NDArray[np.bool_],
    closed: frozenset[int] = frozenset(),
    opened: frozenset[tuple[int, int]] = frozenset(),
) -> Calendar:
    """A calendar of these hours of the week."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], hours.astype(np.int8), [0]))))
    spans = tuple((int(a) * HOUR, int(b) * HOUR) for a, b in zip(turns[::2], turns[1::2], strict=True))
    return Calendar(spans, closed, opened)


@dataclass(frozen=True)
class Open:
    """The open hours of a calendar over the weeks of a log, local."""

    hours: OpenHours

    def between(self, since: Moments, until: Moments) -> Moments:
        """Open microseconds from `since` to `until`."""
        found: Moments = np.maximum(
            np.round((self.hours.until(until) - self.hours.until(since)) * HOUR), 0
        ).astype(np.int64)
        return found

    def opening(self, moments: Moments) -> Moments:
        """When it is open at or after each moment, the moment itself where it does not open again."""
        place = np.searchsorted(self.hours.ends, moments, side="right")
        opens = np.append(self.hours.begins, np.iinfo(np.int64).max)[place]
        return np.where(place < len(self.hours.ends), np.maximum(moments, opens), moments)

    def after(self, moments: Moments, spans: NDArray[np.float64]) -> Moments:
        """When so many open microseconds have passed since each moment; its last end where it has not so many."""
        lengths = self.hours.ends - self.hours.begins
        reached = np.cumsum(lengths)
        wanted = np.round(self.hours.until(moments) * HOUR) + spans
        place = np.minimum(np.searchsorted(reached, wanted), len(reached) - 1)
        found = self.hours.ends[place] - np.maximum(reached[place] - wanted, 0)
        return np.maximum(found.astype(np.int64), moments)


def open_over(calendar: Calendar, begins: int, until: int) -> Open:
    """When a calendar is open from a Monday on up to a moment, its closed days counted from that Monday."""
    weeks = np.arange(max(1, -(-(until - begins) // WEEK)) + 1, dtype=np.int64) * WEEK
    spans = _by_days(np.asarray(calendar.spans or ((0, WEEK),), np.int64))
    starts = (weeks[:, None] + spans[:, 0]).ravel()
    ends = (weeks[:, None] + spans[:, 1]).ravel()
    gone = calendar.closed | {day for day, _as_day in calendar.opened}
    kept = ~np.isin(starts // DAY, np.fromiter(gone, np.int64, len(gone)))
    more = np.array(spans_opened(calendar), np.int64).reshape(-1, 2)
    starts, ends = np.concatenate((starts[kept], more[:, 0])), np.concatenate((ends[kept], more[:, 1]))
    order = np.argsort(starts)
    return Open(OpenHours(starts[order] + begins, ends[order] + begins))


def _by_days(spans: Moments) -> Moments:
    """Spans of a week cut at midnights, so that single days can be left out."""
    cut = [
        (max(int(a), day * DAY), min(int(b), (day + 1) * DAY))
        for a, b in spans
        for day in range(int(a) // DAY, -(-int(b) // DAY))
    ]
    return np.asarray(cut, np.int64)
