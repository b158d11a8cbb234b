"""Working time over many moments at once: open intervals, what lies between two moments, and local days."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.int64]
HOUR = 3_600_000_000
DAY = 24 * HOUR
MONDAY = 3
"""1 January 1970 was a Thursday: that many days after a Monday."""


@dataclass(frozen=True)
class OpenHours:
    """When work is done: ascending half-open intervals in microseconds since 1970, not touching each other."""

    begins: Moments
    ends: Moments

    def until(self, moments: Moments) -> NDArray[np.float64]:
        """Hours of work before each moment, from the first interval on."""
        lengths = self.ends - self.begins
        before = np.concatenate(([0], np.cumsum(lengths)))
        place = np.searchsorted(self.begins, moments, side="right")
        inside = np.where(place > 0, np.minimum(moments, self.ends[place - 1]) - self.begins[place - 1], 0)
        worked: Moments = np.where(place > 0, before[np.maximum(place - 1, 0)] + inside, 0)
        hours: NDArray[np.float64] = worked / HOUR
        return hours


def hours_between(starts: Moments, ends: Moments, open_hours: OpenHours | None) -> NDArray[np.float64]:
    """Working hours between moments, elapsed hours where no calendar is known; never less than none."""
    if open_hours is None or not len(open_hours.begins):
        elapsed: NDArray[np.float64] = np.maximum(ends - starts, 0) / HOUR
        return elapsed
    worked: NDArray[np.float64] = np.maximum(open_hours.until(ends) - open_hours.until(starts), 0.0)
    return worked


def local(moments: Moments, zone: str) -> Moments:
    """Moments as clocks of the zone show them; the offset of each day's noon holds for that day."""
    days, place = np.unique(moments // DAY, return_inverse=True)
    here = ZoneInfo(zone)
    offsets = [_offset(int(day), here) for day in days]
    return moments + np.asarray(offsets, np.int64)[place.ravel()] if len(days) else moments


def _offset(day: int, zone: ZoneInfo) -> int:
    noon = datetime.fromtimestamp(day * 86_400 + 43_200, UTC).astimezone(zone)
    offset = noon.utcoffset()
    return int(offset.total_seconds()) * 1_000_000 if offset else 0


def weekday(moments: Moments) -> NDArray[np.int64]:
    """The day of the week of local moments, 0 for Monday."""
    return np.asarray((moments // DAY + MONDAY) % 7, np.int64)
