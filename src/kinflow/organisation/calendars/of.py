"""The calendar as a value, from the calendar as rows."""

import json
from datetime import date
from functools import lru_cache

from .models import WorkingCalendar
from .rules import Calendar, calendar_from


def calendar_of(row: WorkingCalendar) -> Calendar:
    """The value of a calendar with its own days and its country's public holidays.

    Calendars that say the same are one value, so that their years are laid out once. Prefetch `days` to save a query.
    """
    days = tuple(sorted((day.on, day.works_as) for day in row.days.all()))
    return _made(json.dumps(row.week, sort_keys=True), row.time_zone, row.country, days)


@lru_cache(maxsize=1024)
def _made(week: str, zone: str, country: str, days: tuple[tuple[date, int | None], ...]) -> Calendar:
    return calendar_from(json.loads(week), zone, dict(days), country)
