"""The calendar of the company as a whole: the one that most of its people work by."""

from datetime import date
from time import monotonic

from django.db.models import Count

from ..people.models import Person
from .models import WorkingCalendar
from .of import calendar_of
from .rules import Calendar

KEPT_SECONDS = 60.0
"""So long the calendar found last holds, so that counting days asks nothing of the database."""

_kept: list[tuple[float, Calendar | None]] = []


def company_calendar() -> Calendar | None:
    """The calendar that most of those who work here have, of equals the oldest; None where nobody has one."""
    people = Person.objects.filter(left_on=None).exclude(calendar=None).order_by()
    counted = (
        people.values_list("calendar_id").annotate(people=Count("pk")).order_by("-people", "calendar_id")
    )
    found = counted.first()
    row = WorkingCalendar.objects.prefetch_related("days").filter(pk=found[0] if found else 0).first()
    return calendar_of(row) if row is not None else None


def is_company_day(day: date) -> bool:
    """Whether the company works on the day; without a calendar from Monday to Friday."""
    if not _kept or _kept[0][0] < monotonic():
        _kept[:] = [(monotonic() + KEPT_SECONDS, company_calendar())]
    calendar = _kept[0][1]
    return bool(calendar.spans_on(day)) if calendar is not None else day.isoweekday() <= 5


def forget_company_calendar() -> None:
    """Look anew at the next question."""
    _kept.clear()
