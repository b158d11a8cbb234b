"""Working time adds up: over breaks, nights, holidays, changes of the clock and years."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.organisation.calendars.rules import (
    NoWorkingTime,
    UnknownTimeZone,
    add_working_time,
    calendar_from,
    is_working,
    next_working,
    spans,
    working_time,
)

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
OFFICE = {day: [["08:30", "12:00"], ["13:00", "17:30"]] for day in "12345"}
NIGHTS = {day: [["22:00", "06:00"]] for day in "1234567"}
ALWAYS = {day: [["00:00", "24:00"]] for day in "1234567"}

office = calendar_from(OFFICE, "Asia/Shanghai", country="CN")
nights = calendar_from(NIGHTS, "Europe/Berlin", {date(2026, 12, 24): None})
mixed = calendar_from(
    {"1": [["09:00", "12:00"]], "6": [["20:00", "02:00"]]}, "America/New_York", country="US"
)
always = calendar_from(ALWAYS, "Europe/Berlin")
calendars = st.sampled_from([office, nights, mixed, always])
moments = st.datetimes(datetime(2023, 6, 1), datetime(2028, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
durations = st.timedeltas(timedelta(0), timedelta(days=400))
HOUR = timedelta(hours=1)


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_breaks_evenings_and_weekends_do_not_count():
    assert working_time(office, at("2026-11-20 11:00"), at("2026-11-23 09:00")) == 6 * HOUR


def test_public_holidays_are_off_and_weekends_in_exchange_are_worked():
    assert working_time(office, at("2026-10-01 00:00"), at("2026-10-08 00:00")) == 0 * HOUR
    assert working_time(office, at("2026-10-10 00:00"), at("2026-10-11 00:00")) == 8 * HOUR


def test_own_days_go_before_public_ones():
    own = calendar_from(OFFICE, "Asia/Shanghai", {date(2026, 10, 1): 4, date(2026, 10, 10): None}, "CN")
    assert working_time(own, at("2026-10-01 00:00"), at("2026-10-02 00:00")) == 8 * HOUR
    assert working_time(own, at("2026-10-10 00:00"), at("2026-10-11 00:00")) == 0 * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "wanted"),
    [
        ("2026-11-23 09:00", 1, "2026-11-23 10:00"),
        ("2026-11-23 11:30", 1, "2026-11-23 13:30"),
        ("2026-11-23 08:30", 8, "2026-11-23 17:30"),
        ("2026-11-20 17:00", 1, "2026-11-23 09:00"),
        ("2026-11-21 10:00", 1, "2026-11-23 09:30"),
        ("2026-09-30 17:00", 1, "2026-10-08 09:00"),
        ("2026-11-21 10:00", 0, "2026-11-21 10:00"),
        ("2026-11-23 09:00", -1, "2026-11-20 17:00"),
        ("2026-11-23 13:30", -1, "2026-11-23 11:30"),
        ("2026-11-23 08:30", -8, "2026-11-20 08:30"),
    ],
)
def test_a_deadline_falls_into_working_hours(start, hours, wanted):
    assert add_working_time(office, at(start), hours * HOUR) == at(wanted)


def test_a_night_shift_belongs_to_the_day_it_begins_on():
    assert is_working(nights, at("2026-12-24 05:59", BERLIN))
    assert not is_working(nights, at("2026-12-24 23:00", BERLIN))
    assert not is_working(nights, at("2026-12-25 03:00", BERLIN))
    assert spans(nights, at("2026-12-31 12:00", BERLIN), at("2027-01-01 12:00", BERLIN)) == [
        (at("2026-12-31 22:00", BERLIN), at("2027-01-01 06:00", BERLIN))
    ]


def test_nights_are_as_long_as_the_clock_makes_them():
    spring, autumn = "2026-03-28 12:00", "2026-10-24 12:00"
    assert working_time(nights, at(spring, BERLIN), at("2026-03-29 12:00", BERLIN)) == 7 * HOUR
    assert working_time(nights, at(autumn, BERLIN), at("2026-10-25 12:00", BERLIN)) == 9 * HOUR


def test_the_hour_that_comes_twice_is_in_order():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    assert working_time(always, first, second) == HOUR
    assert working_time(always, second, first) == -HOUR


def test_a_span_ends_before_its_end():
    assert is_working(office, at("2026-11-23 08:30"))
    assert not is_working(office, at("2026-11-23 12:00"))
    assert next_working(office, at("2026-11-23 12:00")) == at("2026-11-23 13:00")
    assert next_working(office, at("2026-11-23 09:10")) == at("2026-11-23 09:10")
    assert next_working(office, at("2026-12-31 20:00")) == at("2027-01-04 08:30")


def test_answers_come_in_the_zone_of_the_question():
    assert add_working_time(office, at("2026-11-23 09:00").astimezone(UTC), HOUR).tzinfo is UTC


@settings(deadline=None)
@given(calendars, moments, durations)
def test_what_was_added_is_measured(calendar, start, duration):
    end = add_working_time(calendar, start, duration)
    assert working_time(calendar, start, end) == duration
    assert end >= start


@settings(deadline=None)
@given(calendars, moments, durations)
def test_what_was_taken_off_is_measured(calendar, end, duration):
    start = add_working_time(calendar, end, -duration)
    assert working_time(calendar, start, end) == duration
    assert start <= end


@settings(deadline=None)
@given(calendars, moments, durations.filter(bool))
def test_nothing_earlier_would_do(calendar, start, duration):
    end = add_working_time(calendar, start, duration)
    assert working_time(calendar, start, end - timedelta(microseconds=1)) < duration


@settings(deadline=None)
@given(calendars, st.tuples(moments, moments, moments))
def test_stretches_add_up(calendar, three):
    one, two, last = sorted(three)
    whole = working_time(calendar, one, last)
    assert working_time(calendar, one, two) + working_time(calendar, two, last) == whole
    assert timedelta(0) <= whole <= last - one
    assert working_time(calendar, last, one) == -whole


@settings(deadline=None, max_examples=40)
@given(calendars, st.tuples(moments, moments))
def test_spans_are_the_time_worked(calendar, two):
    start, end = sorted(two)
    found = spans(calendar, start, end)
    assert sum((b.astimezone(UTC) - a.astimezone(UTC) for a, b in found), timedelta()) == working_time(
        calendar, start, end
    )
    assert all(one[1] < other[0] for one, other in zip(found, found[1:], strict=False))
    assert all(is_working(calendar, a) and not is_working(calendar, b) for a, b in found[1:-1])


@settings(deadline=None)
@given(calendars, moments)
def test_the_next_working_moment_is_worked_and_none_before_it_is(calendar, moment):
    found = next_working(calendar, moment)
    assert is_working(calendar, found)
    assert working_time(calendar, moment, found) == timedelta(0)
    assert (found == moment) == is_working(calendar, moment)


def test_a_calendar_without_hours_says_so():
    empty = calendar_from({}, "UTC", {date(2026, 1, 1): 1})
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert working_time(empty, moment, moment + timedelta(days=900)) == timedelta(0)
    assert not is_working(empty, moment)
    for ask in (lambda: next_working(empty, moment), lambda: add_working_time(empty, moment, HOUR)):
        with pytest.raises(NoWorkingTime, match="working hours"):
            ask()


def test_endless_work_says_so():
    with pytest.raises(NoWorkingTime, match="2500"):
        add_working_time(always, datetime(2490, 1, 1, tzinfo=UTC), timedelta(days=9000))


@pytest.mark.parametrize("name", ["", "Mars/Base", "../../etc/passwd", "Asia", "a\0b"])
def test_an_unknown_time_zone_says_so(name):
    with pytest.raises(UnknownTimeZone):
        calendar_from(OFFICE, name)
