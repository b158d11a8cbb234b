"""Days on which a company does not work though it does on that day of the week: as its calendar and its log have it.

A calendar knows them years ahead. Whether it is kept, the log tells: by how much was done on the days that it has off.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from kinflow.organisation.calendars.rules import Calendar

from ...columns import EventColumns
from ...diagnosis.calendar import DAY, local, weekday

Moments = NDArray[np.int64]
Days = frozenset[int]
Opened = frozenset[tuple[int, int]]
BUSY = 8
"""So many events on the usual Tuesday: then a Tuesday without any is no chance (e to the minus eight)."""
QUIET = 0.25
"""Who works on a day off does less than this share of what is usual on that day of the week."""
LEAST = 0.5
"""Of the days that were to be worked in spite of the week so many have work in a log whose people did."""
EPOCH = date(1970, 1, 1)
AHEAD = 366


@dataclass(frozen=True)
class Planned:
    """Days (since 1970, local) that a calendar has off beside its week, and those worked in spite of it, with the day of
    the week (0: Monday) as which they are worked."""

    off: Days = frozenset()
    worked: Opened = frozenset()

    def usual(self, moments: Moments) -> Moments:
        """The moments of days on which work is as the week has it."""
        days = np.array([day for day, _as_day in self.worked], np.int64)
        return moments[~np.isin(moments // DAY, days)]

    def opened(self, moments: Moments, begins: int, until: int) -> Opened:
        """Days since a Monday that were worked in spite of the week, if the log has work on them; those alone that lie
        before a moment."""
        first = begins // DAY
        found = {(day - first, as_day) for day, as_day in self.worked if begins <= day * DAY < until}
        seen = np.isin([day + first for day, _as_day in found], moments // DAY)
        return frozenset(found) if seen.sum() > LEAST * len(found) else frozenset()


def planned_days(calendar: Calendar | None, log: EventColumns, zone: str) -> Planned:
    """What a calendar plans over a log and for a year after it."""
    if calendar is None or not log.events:
        return Planned()
    first, last = (int(each // DAY) for each in local(np.array([log.begun_at.min(), log.at.max()]), zone))
    off, worked = set[int](), set[tuple[int, int]]()
    for number in range(first, last + AHEAD):
        day = EPOCH + timedelta(days=number)
        by_week, spans = calendar.week.of(day.isoweekday()), calendar.spans_on(day)
        if by_week and not spans:
            off.add(number)
        elif spans and spans != by_week:
            as_day = next((each for each in range(7) if calendar.week.of(each + 1) == spans), None)
            if as_day is not None:
                worked.add((number, as_day))
    return Planned(frozenset(off), frozenset(worked))


def closed_days(moments: Moments, begins: int, until: int, planned: Days = frozenset()) -> Days:
    """Days since a Monday on which nobody worked though on that day of the week much is done: holidays.

    Those that were planned off (days since 1970) count where the log has them quiet, however little is done usually.
    """
    days = max(1, -(-(until - begins) // DAY))
    counts = np.bincount((moments - begins) // DAY, minlength=days)[:days]
    of_week = weekday(begins + np.arange(days, dtype=np.int64) * DAY)
    usual = np.array([np.median(counts[of_week == day]) if (of_week == day).any() else 0 for day in range(7)])
    expected = usual[of_week]
    first, last = (moments.min() - begins) // DAY, (moments.max() - begins) // DAY
    inside = (np.arange(days) > first) & (np.arange(days) < last)
    known = np.zeros(days, bool)
    known[[day for day in (each - begins // DAY for each in planned) if 0 <= day < days]] = True
    known &= inside
    mean = np.array([counts[of_week == day].mean() if (of_week == day).any() else 0 for day in range(7)])
    if counts[known].sum() > QUIET * mean[of_week][known].sum():
        known[:] = False
    return frozenset(np.flatnonzero((counts == 0) & (expected >= BUSY) & inside | known).tolist())


def kept_by(moments: Moments, closed: Days, begins: int) -> Days:
    """Those closed days that somebody keeps: none where they worked on them as on others, else all."""
    if not closed or not len(moments):
        return closed
    days, counts = np.unique((moments - begins) // DAY, return_counts=True)
    off = np.isin(days, np.fromiter(closed, np.int64, len(closed)))
    there = [day for day in closed if days[0] <= day <= days[-1]]
    weeks = max((days[-1] - days[0]) / 7, 1.0)
    usual = np.bincount((days[~off] % 7).astype(np.int64), weights=counts[~off], minlength=7) / weeks
    expected = float(sum(usual[day % 7] for day in there))
    return closed if counts[off].sum() <= QUIET * expected else frozenset()
