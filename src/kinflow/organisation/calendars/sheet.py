"""One year of a working calendar laid out as spans of absolute time, so that questions become a search."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from .week import DAY, Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000  # microseconds: moments are whole microseconds since 1970


@dataclass(frozen=True)
class Sheet:
    """The working spans of a year in order, none of them touching; `before` is what was worked before each."""

    begin: int
    end: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    total: int


def sheet_of(year: int, zone: ZoneInfo, spans_on: Callable[[date], Iterable[Span]]) -> Sheet:
    """The year of local time in the zone, from what is worked on each day; night shifts are cut at its ends."""
    begin, end = _moment(date(year, 1, 1), 0, zone), _moment(date(year, 12, 31), DAY, zone)
    starts: list[int] = []
    ends: list[int] = []
    for start, stop in sorted(_laid_out(year, zone, spans_on)):
        start, stop = max(start, begin), min(stop, end)
        if start >= stop:
            continue
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], stop)
        else:
            starts.append(start)
            ends.append(stop)
    worked = list(accumulate((b - a for a, b in zip(starts, ends, strict=True)), initial=0))
    return Sheet(begin, end, starts, ends, worked[:-1], worked[-1])


def _laid_out(
    year: int, zone: ZoneInfo, spans_on: Callable[[date], Iterable[Span]]
) -> Iterator[tuple[int, int]]:
    """Every span of the year and of the night before it."""
    day, last = date(year, 1, 1) - timedelta(days=1), date(year, 12, 31)
    while day <= last:
        for start, stop in spans_on(day):
            yield _moment(day, start, zone), _moment(day, stop, zone)
        day += timedelta(days=1)


def _moment(day: date, seconds: int, zone: ZoneInfo) -> int:
    """When a clock in the zone shows this; a time skipped in spring is taken as if the clock had not been put on."""
    local = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(seconds=seconds)
    return int(local.timestamp()) * SECOND


def micros(moment: datetime) -> int:
    """An aware moment as microseconds since 1970."""
    since = moment - EPOCH
    return (since.days * DAY + since.seconds) * SECOND + since.microseconds


def moment_of(microseconds: int) -> datetime:
    """The moment of `micros`, in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)
