"""Working time as spans of seconds: when somebody works next, and when a piece of work is finished."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .holidays import exceptions_of

Span = tuple[int, int]
Week = Mapping[str, Sequence[Sequence[str]]]
UNBROKEN = 75 * 60
"""Work up to this many seconds is not begun where a break would interrupt it."""
NEVER = 2**40


class WorkTime:
    """The spans somebody works in, in seconds since 1970, in order; `away` are the absences."""

    def __init__(self, spans: Sequence[Span], away: Sequence[Span] = ()) -> None:
        self.starts = [start for start, _end in spans]
        self.ends = [end for _start, end in spans]
        self.away = [start for start, _end in sorted(away)]
        self.spans = spans

    def without(self, away: Sequence[Span]) -> "WorkTime":
        """The same working time with absences cut out."""
        if not away:
            return self
        spans: list[Span] = []
        for span in self.spans:
            spans.extend(_cut(span, away))
        return WorkTime(spans, away)

    def is_open(self, at: int) -> bool:
        """Whether somebody works at the moment, both ends of a span included."""
        index = bisect_left(self.ends, at)
        return index < len(self.starts) and self.starts[index] <= at

    def next_open(self, at: int) -> int:
        """The first working moment from `at` on."""
        index = bisect_right(self.ends, at)
        return max(at, self.starts[index]) if index < len(self.starts) else NEVER

    def finish(self, at: int, seconds: int) -> int:
        """When work of this length, begun at an open moment, is finished."""
        index = bisect_right(self.ends, at)
        while index < len(self.starts):
            begin = max(at, self.starts[index])
            if begin + seconds <= self.ends[index]:
                return begin + seconds
            seconds -= self.ends[index] - begin
            index += 1
        return NEVER

    def fitting(self, at: int, seconds: int) -> int:
        """The first moment to begin: short work must fit before the break, long work before an absence."""
        index = bisect_right(self.ends, at)
        while index < len(self.starts):
            begin = max(at, self.starts[index])
            if self._fits(index, begin, seconds):
                return begin
            index += 1
        return NEVER

    def _fits(self, index: int, begin: int, seconds: int) -> bool:
        if seconds <= UNBROKEN:
            return begin + seconds <= self.ends[index]
        upcoming = bisect_right(self.away, begin)
        return upcoming == len(self.away) or self.away[upcoming] >= self.finish(begin, seconds)

    def between(self, begin: int, end: int) -> int:
        """The seconds worked from `begin` to `end`."""
        total, index = 0, bisect_right(self.ends, begin)
        while index < len(self.starts) and self.starts[index] < end:
            total += min(end, self.ends[index]) - max(begin, self.starts[index])
            index += 1
        return total


def _cut(span: Span, away: Sequence[Span]) -> list[Span]:
    rest = [span]
    for start, end in away:
        if end <= span[0] or start >= span[1]:
            continue
        rest = [
            piece
            for left, right in rest
            for piece in ((left, min(right, start)), (max(left, end), right))
            if piece[0] < piece[1]
        ]
    return rest


def worktime_of(
    week: Week, zone: str, country: str, first: date, last: date, own: Mapping[date, int | None] | None = None
) -> WorkTime:
    """The working time from `first` to `last`: a weekly pattern, holidays, and the calendar's own days.

    `week` maps ISO weekdays ("1" is Monday) to spans such as [["08:30", "12:00"]] in local time.
    """
    place, spans, day = ZoneInfo(zone), [], first
    while day <= last:
        exceptions = exceptions_of(country, day.year)
        works_as = (own or {}).get(day, exceptions.get(day, day.isoweekday()))
        for begin, end in week.get(str(works_as), ()) if works_as else ():
            spans.append((_moment(day, begin, place), _moment(day, end, place)))
        day += timedelta(days=1)
    return WorkTime(spans)


def _moment(day: date, clock: str, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time.fromisoformat(clock), zone).timestamp())
