"""When messages go: quiet hours and digests, over the days on which clocks are put on or back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kinflow.automation.messages.choices import Choices, after_quiet, next_digest, when
from kinflow.conditions import Context
from kinflow.conditions.expressions import evaluate, parse_expression
from kinflow.eventlog import SYSTEM
from kinflow.organisation.calendars.actions import set_calendar_day
from kinflow.organisation.calendars.company import forget_company_calendar, is_company_day
from kinflow.organisation.calendars.rules import calendar_from, is_working
from kinflow.records.faces import VOCABULARY

from . import given

QUARTER = timedelta(minutes=15)
PUT_ON, PUT_BACK = datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)
NIGHTS = {"7": [["01:30", "03:30"]], "1": [["00:30", "02:15"]]}


def choices(zone, **more):
    given = {"ways": {}, "zone": ZoneInfo(zone)}
    return Choices(**{**given, **more})


@pytest.mark.parametrize("begin", [PUT_ON, PUT_BACK])
def test_quiet_hours_end_when_work_begins_on_the_clock_of_that_night(begin):
    night = calendar_from(NIGHTS, "Europe/Berlin", {}, "")
    chosen, before = choices("Europe/Berlin", calendar=night, quiet="calendar"), None
    for n in range(200):
        now = begin + n * QUARTER
        at = after_quiet(chosen, now)
        assert at >= now
        assert is_working(night, at)
        assert at == now or not is_working(night, now)
        assert before is None or at >= before
        before = at
    assert when(chosen, "email", "urgent", begin) == ("waiting", begin)
    assert when(chosen, "email", "normal", begin)[0] == "held"


@pytest.mark.parametrize("begin", [PUT_ON, PUT_BACK])
@pytest.mark.parametrize("hour", [0, 2, 3])
def test_a_daily_digest_goes_once_on_each_day_also_where_its_hour_is_missing_or_comes_twice(begin, hour):
    chosen = choices("Europe/Berlin", digest="daily", digest_hour=hour)
    zone = ZoneInfo("Europe/Berlin")
    times = sorted({next_digest(chosen, begin + n * QUARTER) for n in range(4 * 72)})
    days = [at.astimezone(zone).date() for at in times]
    assert len(days) == len(set(days))
    assert [later - day for day, later in zip(days, days[1:], strict=False)] == [timedelta(days=1)] * (
        len(days) - 1
    )
    assert all(next_digest(chosen, at - QUARTER) == at for at in times)


@pytest.mark.parametrize(("zone", "minute"), [("Asia/Kolkata", 30), ("Asia/Kathmandu", 15), ("UTC", 0)])
def test_an_hourly_digest_goes_at_the_full_hour_of_the_persons_clock(zone, minute):
    chosen = choices(zone, digest="hourly")
    now = datetime(2026, 11, 24, 9, 7, 33, 5, tzinfo=UTC)
    for n in range(8):
        at = next_digest(chosen, now + n * QUARTER)
        assert (at.minute, at.second, at.microsecond) == (minute, 0, 0)
        assert timedelta(0) < at - (now + n * QUARTER) <= timedelta(hours=1)


@pytest.mark.django_db
def test_working_days_are_those_of_the_calendar_that_most_people_have():
    office = given.office_hours()
    unit = given.unit()
    for name in ("陈", "李"):
        given.person(name, unit, calendar=office)
    given.person("无", unit)
    holiday = datetime(2026, 11, 25).date()  # noqa: DTZ001 - a day
    set_calendar_day(calendar=office, on=holiday, works_as=None, name="Founding day", by=SYSTEM)
    forget_company_calendar()
    try:
        assert [is_company_day(holiday + timedelta(days=n)) for n in range(5)] == [0, 1, 1, 0, 0]
        counted = parse_expression("today + working_days(2)", type_name="lead", vocabulary=VOCABULARY)
        context = Context(datetime(2026, 11, 24, 2, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
        assert evaluate(counted, record={}, context=context) == holiday + timedelta(days=2)
    finally:
        forget_company_calendar()
