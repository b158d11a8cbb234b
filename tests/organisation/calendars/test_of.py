"""The value of a calendar says what its rows say."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from kinflow.organisation.calendars.models import CalendarDay, WorkingCalendar
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import working_time

WEEK = {day: [["09:00", "12:00"]] for day in "12345"}


def rows(country="CN", days=()):
    """A calendar with its days as if they had been prefetched."""
    calendar = WorkingCalendar(pk=1, name="Office", week=WEEK, time_zone="Europe/Berlin", country=country)
    calendar._prefetched_objects_cache = {"days": [CalendarDay(on=on, works_as=as_) for on, as_ in days]}
    return calendar


def worked_on(calendar, day):
    midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone).astimezone(UTC)
    return working_time(calendar, midnight, midnight + timedelta(days=1))


def test_week_zone_holidays_and_own_days_are_taken_over():
    calendar = calendar_of(rows(days=[(date(2026, 11, 24), None), (date(2026, 11, 28), 1)]))
    assert calendar.zone == ZoneInfo("Europe/Berlin")
    assert worked_on(calendar, date(2026, 11, 23)) == timedelta(hours=3)
    assert worked_on(calendar, date(2026, 11, 24)) == timedelta(0)
    assert worked_on(calendar, date(2026, 11, 28)) == timedelta(hours=3)
    assert worked_on(calendar, date(2026, 10, 1)) == timedelta(0)


def test_without_a_country_there_are_no_holidays():
    assert worked_on(calendar_of(rows(country="")), date(2026, 10, 1)) == timedelta(hours=3)


def test_calendars_that_say_the_same_are_one_value():
    assert calendar_of(rows()) is calendar_of(rows())
    assert calendar_of(rows()) != calendar_of(rows(days=[(date(2026, 11, 24), None)]))
