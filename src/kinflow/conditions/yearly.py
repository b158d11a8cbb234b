"""Days that come round every year: which fall into a span, when one comes next, and how the database compares them."""

import re
from datetime import date, timedelta

from django.db.models import CharField, DateField, Transform

LEAP_DAY = "02-29"
_MOST = 366


def day_of_year(value: date | str) -> str:
    """Month and day, "03-06", of a date or of a text that ends with them.

    >>> day_of_year("1980-03-06"), day_of_year(date(2026, 12, 1))
    ('03-06', '12-01')
    """
    return value[-5:] if isinstance(value, str) else f"{value.month:02}-{value.day:02}"


def is_day(text: str) -> bool:
    """Whether a text is a day of the year, and not what stands where one was erased."""
    return re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text) is not None


def days_of_years(first: date, last: date) -> tuple[str, ...]:
    """The days of any year that come round from the first day to the last; 29 February on the 28th of common years."""
    if last - first >= timedelta(days=_MOST):
        last = first + timedelta(days=_MOST)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = {day_of_year(day) for day in days}
    if any(coming(LEAP_DAY, day.year) == day for day in days):
        found.add(LEAP_DAY)
    return tuple(sorted(found))


def coming(day: str, year: int) -> date:
    """The day of the year ("03-06") in a year.

    >>> coming("02-29", 2028), coming("02-29", 2026)
    (datetime.date(2028, 2, 29), datetime.date(2026, 2, 28))
    """
    month, number = int(day[:2]), int(day[3:])
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, number - 1)


class _EndOfText(Transform):
    """The day of the year of a text that ends with it."""

    lookup_name = "day_of_year"
    template = "right(%(expressions)s, 5)"
    output_field = CharField()


class _MonthAndDay(Transform):
    """The day of the year of a date."""

    lookup_name = "day_of_year"
    template = "to_char(%(expressions)s, 'MM-DD')"
    output_field = CharField()


CharField.register_lookup(_EndOfText)
DateField.register_lookup(_MonthAndDay)
