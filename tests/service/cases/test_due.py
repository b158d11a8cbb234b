"""The due time counts working hours, by the calendar that fits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.organisation.calendars.actions import add_calendar
from kinflow.service.cases import actions
from tests.factories import case, person, unit

pytestmark = pytest.mark.django_db
FRIDAY_4_PM = datetime(2026, 6, 5, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai
OFFICE = {day: [["09:00", "17:00"]] for day in "12345"}
EVERY_DAY = {day: [["00:00", "24:00"]] for day in "1234567"}


@pytest.fixture
def friday_afternoon(monkeypatch):
    """It is Friday, 16:00 in Shanghai."""
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY_4_PM)


def office(name: str = "Office", week=None):
    return add_calendar(
        name=name, week=OFFICE if week is None else week, time_zone="Asia/Shanghai", by=SYSTEM
    )


def test_without_any_calendar_every_hour_counts():
    opened = case(priority="urgent")
    assert opened.due_at - opened.opened_at == timedelta(hours=4)


@pytest.mark.usefixtures("friday_afternoon")
def test_four_working_hours_from_friday_afternoon_end_on_monday():
    office()
    assert case(priority="urgent").due_at == datetime(2026, 6, 8, 4, 0, tzinfo=UTC)


@pytest.mark.usefixtures("friday_afternoon")
def test_the_owners_calendar_goes_before_the_oldest_one():
    office()
    round_the_clock = office("Round the clock", EVERY_DAY)
    opened = case(priority="urgent", owner=person(calendar=round_the_clock))
    assert opened.due_at == FRIDAY_4_PM + timedelta(hours=4)


@pytest.mark.usefixtures("friday_afternoon")
def test_a_calendar_in_which_nobody_works_does_not_stop_a_case():
    office("Closed", {})
    assert case(priority="urgent").due_at == FRIDAY_4_PM + timedelta(hours=4)


def test_a_change_of_priority_counts_from_when_the_case_was_opened(monkeypatch):
    office()
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY_4_PM)
    opened = case(priority="low")
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY_4_PM + timedelta(days=2))
    urgent = actions.change_case(case=opened, changes={"priority": "urgent"}, by=SYSTEM)
    assert urgent.due_at == datetime(2026, 6, 8, 4, 0, tzinfo=UTC)


def test_a_reopened_case_has_its_time_anew(monkeypatch):
    office()
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY_4_PM)
    solved = actions.solve_case(case=case(priority="urgent"), solution="Done.", by=SYSTEM)
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY_4_PM + timedelta(days=4))
    again = actions.reopen_case(case=solved, by=SYSTEM)
    assert again.due_at == datetime(2026, 6, 10, 4, 0, tzinfo=UTC)


def test_handing_a_case_to_somebody_else_leaves_the_promise_as_it_is():
    office()
    opened = case(priority="urgent")
    round_the_clock = office("Round the clock", EVERY_DAY)
    given = actions.assign_case(
        case=opened, person=person(unit=unit(name="Night"), calendar=round_the_clock), by=SYSTEM
    )
    assert given.due_at == opened.due_at
