"""Moments of columns as moments of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(microseconds: int) -> datetime:
    """The moment of so many microseconds since 1970."""
    return BEGINNING + timedelta(microseconds=microseconds)


def day_of(microseconds: int, zone: ZoneInfo) -> date:
    """The day of a moment where clocks hang in this zone."""
    return moment_of(microseconds).astimezone(zone).date()


def first_of(day: date, zone: ZoneInfo) -> int:
    """The first moment of a day, in microseconds since 1970."""
    at = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    return (at - BEGINNING) // timedelta(microseconds=1)
