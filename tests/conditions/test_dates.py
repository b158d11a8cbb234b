"""Days, spans and periods in a time zone: month ends, leap days, days that are shorter or begin late."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.conditions.dates import day_after, moment_after, months_later, period_around, start_of
from kinflow.conditions.tree import Duration, Period, Unit

BERLIN = ZoneInfo("Europe/Berlin")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_a_month_without_such_a_day_gives_its_last(day, months, expected):
    assert months_later(day, months) == expected


def test_a_day_of_summer_time_has_23_hours():
    span = start_of(date(2026, 3, 30), BERLIN) - start_of(date(2026, 3, 29), BERLIN)
    assert span == timedelta(hours=23)


def test_a_day_without_midnight_begins_with_the_leap():
    assert start_of(date(2018, 11, 4), SAO_PAULO) == datetime(2018, 11, 4, 3, 0, tzinfo=UTC)
    assert start_of(date(2018, 11, 4), SAO_PAULO).astimezone(SAO_PAULO).hour == 1


def test_days_keep_the_clock_and_hours_do_not():
    evening_before = datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN)
    a_day = moment_after(evening_before, Duration(1, Unit.DAYS), 1, BERLIN)
    hours = moment_after(evening_before, Duration(24, Unit.HOURS), 1, BERLIN)
    assert a_day.astimezone(BERLIN).hour == 20
    assert hours.astimezone(BERLIN).hour == 21


def test_a_quarter_ago_is_three_months_ago():
    assert day_after(date(2026, 5, 31), Duration(1, Unit.QUARTERS), -1) == date(2026, 2, 28)


@given(day=DAYS, period=st.sampled_from(Period), offset=st.integers(-40, 40))
def test_periods_follow_one_another_without_gap(day, period, offset):
    first, behind = period_around(day, period, offset)
    assert period_around(day, period, offset + 1)[0] == behind
    assert first < behind


@given(day=DAYS, period=st.sampled_from(Period))
def test_a_day_lies_in_its_own_period(day, period):
    first, behind = period_around(day, period, 0)
    assert first <= day < behind


@given(
    now=st.datetimes(timezones=st.just(UTC)),
    unit=st.sampled_from(Unit),
    n=st.integers(1, 50),
)
def test_before_is_before_and_after_is_after(now, unit, n):
    aware = now.replace(year=1990 + now.year % 50, day=min(now.day, 28))
    for zone in (BERLIN, SAO_PAULO):
        assert (
            moment_after(aware, Duration(n, unit), -1, zone)
            < aware
            < moment_after(aware, Duration(n, unit), 1, zone)
        )
