"""Who works now, who is away, and when people work next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test.utils import CaptureQueriesContext

from kinflow.eventlog import SYSTEM
from kinflow.organisation.calendars.actions import add_calendar, set_calendar_day
from kinflow.organisation.people.actions import add_absence, record_leaving
from kinflow.organisation.people.availability import absent, next_shift, working_now
from tests.factories import person

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
WEEK = dict.fromkeys("12345", [["09:00", "17:00"]])


def at(day: int, hour: int = 10) -> datetime:
    """A moment in March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, tzinfo=ZONE)


def test_people_work_by_their_calendar_and_without_one_always():
    office = add_calendar(name="Office", week=WEEK, by=SYSTEM)
    chen, always = person(calendar=office), person()
    ids = [chen.pk, always.pk]
    assert working_now(ids, at(2)) == set(ids)
    assert working_now(ids, at(2, 20)) == {always.pk}
    assert next_shift(ids, at(6, 20)) == {chen.pk: at(9, 9), always.pk: at(6, 20)}


def test_days_of_the_calendar_count():
    office = add_calendar(name="Office", week=WEEK, by=SYSTEM)
    chen = person(calendar=office)
    set_calendar_day(calendar=office, on=date(2026, 3, 2), by=SYSTEM)
    assert working_now([chen.pk], at(2)) == set()
    assert next_shift([chen.pk], at(2)) == {chen.pk: at(3, 9)}


def test_who_is_away_works_again_after_the_last_of_touching_absences():
    chen = person(calendar=add_calendar(name="Office", week=WEEK, by=SYSTEM))
    add_absence(person=chen, starts_at=at(2, 0), ends_at=at(4, 0), by=SYSTEM)
    add_absence(person=chen, starts_at=at(4, 0), ends_at=at(5, 12), kind="sick", by=SYSTEM)
    assert absent([chen.pk], at(2)) == {chen.pk}
    assert absent([chen.pk], at(5, 12)) == set()
    assert working_now([chen.pk], at(3)) == set()
    assert next_shift([chen.pk], at(3)) == {chen.pk: at(5, 12)}
    assert next_shift([chen.pk], at(1)) == {chen.pk: at(5, 12)}


def test_a_later_absence_does_not_move_the_next_shift():
    chen = person(calendar=add_calendar(name="Office", week=WEEK, by=SYSTEM))
    add_absence(person=chen, starts_at=at(10), ends_at=at(12), by=SYSTEM)
    assert next_shift([chen.pk], at(2, 8)) == {chen.pk: at(2, 9)}


def test_who_never_works_has_no_next_shift():
    never = person(calendar=add_calendar(name="Never", week={}, by=SYSTEM))
    gone = person()
    record_leaving(person=gone, on=date(2026, 3, 1), by=SYSTEM)
    ids = [never.pk, gone.pk]
    assert working_now(ids, at(2)) == set()
    assert next_shift(ids, at(2)) == {never.pk: None, gone.pk: None}


def test_the_last_day_is_still_worked():
    gone = person(calendar=add_calendar(name="Office", week=WEEK, by=SYSTEM))
    record_leaving(person=gone, on=date(2026, 3, 2), by=SYSTEM)
    assert working_now([gone.pk], at(2, 16)) == {gone.pk}
    assert next_shift([gone.pk], at(2, 18)) == {gone.pk: None}


def test_more_people_take_no_more_queries(connection_queries):
    offices = [add_calendar(name=f"Office {n}", week=WEEK, by=SYSTEM) for n in range(3)]
    few = [person(calendar=offices[0]).pk]
    many = few + [person(calendar=office).pk for office in offices for _ in range(3)]
    add_absence(person=person(), starts_at=at(2), ends_at=at(2) + timedelta(days=1), by=SYSTEM)
    for asked in (working_now, next_shift, absent):
        assert connection_queries(lambda f=asked: f(many, at(2))) == connection_queries(
            lambda f=asked: f(few, at(2))
        )


@pytest.fixture
def connection_queries():
    """A function that counts the queries of a call."""
    from django.db import connection

    def count(call):
        with CaptureQueriesContext(connection) as found:
            call()
        return len(found)

    return count
