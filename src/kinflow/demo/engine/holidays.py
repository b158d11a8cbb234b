"""Public holidays and make-up working days by country, with a fall-back for years not yet announced."""

from datetime import date
from functools import lru_cache

import chinese_calendar
import holidays

MONDAY = 1


@lru_cache(maxsize=64)
def exceptions_of(country: str, year: int) -> dict[date, int | None]:
    """The days of a year that differ from the week: None is a day off, 1 works as a Monday.

    China announces a year's holidays, and the weekends worked in exchange, the autumn before; for years not
    known yet the legal holidays alone are taken.
    """
    if country == "CN" and year in _announced_years():
        off = {day: None for day in chinese_calendar.holidays if day.year == year and day.isoweekday() < 6}
        return off | {day: MONDAY for day in chinese_calendar.workdays if day.year == year}
    if not country:
        return {}
    return dict.fromkeys(holidays.country_holidays(country, years=[year]))


@lru_cache(maxsize=1)
def _announced_years() -> frozenset[int]:
    return frozenset(day.year for day in chinese_calendar.holidays)


def is_holiday(country: str, day: date) -> bool:
    """Whether the country rests on this weekday because of a holiday."""
    return exceptions_of(country, day.year).get(day, MONDAY) is None


def is_working_day(country: str, day: date) -> bool:
    """Whether offices of the country work on the day."""
    exceptions = exceptions_of(country, day.year)
    return exceptions[day] is not None if day in exceptions else day.isoweekday() < 6


@lru_cache(maxsize=16)
def spring_festival(year: int) -> date:
    """The first day of the Chinese year."""
    named = holidays.country_holidays("CN", years=[year], language="en_US", categories=("public",))
    days = [day for day, name in named.items() if "Spring Festival" in name or "Chinese New Year" in name]
    return min(day for day in days if day.month < 3)
