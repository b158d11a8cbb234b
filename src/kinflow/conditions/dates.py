"""Dates relative to a given now in a given time zone: pure calendar arithmetic, without a clock."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import overload

from .tree import Duration, Period, Unit

_SECONDS = {Unit.MINUTES: 60, Unit.HOURS: 3600}
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_MONTHS = {Unit.MONTHS: 1, Unit.QUARTERS: 3, Unit.YEARS: 12}
_PERIOD_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


@overload
def months_later(day: datetime, months: int) -> datetime: ...
@overload
def months_later(day: date, months: int) -> date: ...
def months_later(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the last of the month where that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def start_of(day: date, zone: tzinfo) -> datetime:
    """The first instant of a day in the zone, as UTC; where midnight is skipped, the instant of the leap."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def day_after(day: date, duration: Duration, sign: int) -> date:
    """The day that lies so long after (sign 1) or before (sign -1) a day; the duration counts whole days."""
    if duration.unit in _DAYS:
        return day + timedelta(days=sign * duration.amount * _DAYS[duration.unit])
    return months_later(day, sign * duration.amount * _MONTHS[duration.unit])


def moment_after(now: datetime, duration: Duration, sign: int, zone: tzinfo) -> datetime:
    """The instant that lies so long after (sign 1) or before (sign -1) now, as UTC.

    Hours and minutes are elapsed time; days and longer keep the time on the zone's clock.
    """
    if duration.unit in _SECONDS:
        return now.astimezone(UTC) + sign * timedelta(seconds=duration.amount * _SECONDS[duration.unit])
    local = now.astimezone(zone).replace(tzinfo=None, fold=0)
    if duration.unit in _DAYS:
        moved = local + timedelta(days=sign * duration.amount * _DAYS[duration.unit])
    else:
        moved = months_later(local, sign * duration.amount * _MONTHS[duration.unit])
    return moved.replace(tzinfo=zone).astimezone(UTC)


def period_around(day: date, period: Period, offset: int) -> tuple[date, date]:
    """The first day of the period around the day, moved by `offset` periods, and the first day after it."""
    if period is Period.DAY:
        first = day + timedelta(days=offset)
        return first, first + timedelta(days=1)
    if period is Period.WEEK:
        first = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
        return first, first + timedelta(weeks=1)
    months = _PERIOD_MONTHS[period]
    begun = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    first = months_later(begun, offset * months)
    return first, months_later(first, months)
