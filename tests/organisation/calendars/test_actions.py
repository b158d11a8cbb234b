"""Working calendars: hours that can be, known zones and countries, days of their own."""

from datetime import date

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid, NotFound, Refused
from kinflow.organisation.calendars import actions
from kinflow.organisation.calendars.actions import CalendarNameTaken
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.models import CalendarDay
from kinflow.records.access import TEAM_LEAD
from kinflow.records.asking import inputs_of
from kinflow.records.faces import face_of
from kinflow.records.running import run_verb
from tests.factories import admin, role_actor

pytestmark = pytest.mark.django_db
WEEK = {"1": [["13:00", "17:30"], ["08:30", "12:00"]], "6": [["22:00", "06:00"]], "7": []}


def test_hours_are_kept_in_order():
    office = actions.add_calendar(name="Office", week=WEEK, country="cn", by=SYSTEM)
    assert office.week == {"1": [["08:30", "12:00"], ["13:00", "17:30"]], "6": [["22:00", "06:00"]]}
    assert office.country == "CN"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"week": {"8": []}, "name": "Eighth"}, None),
        ({"week": {"8": [["08:00", "12:00"]]}}, "/week/8"),
        ({"week": {"1": [["8", "12"]]}}, "/week/1/0"),
        ({"week": {"1": [["08:00", "12:00"], ["11:00", "13:00"]]}}, "/week/1"),
        ({"week": {"1": "all day"}}, "/week/1"),
        ({"week": ["08:00"]}, "/week"),
        ({"time_zone": "Asia/Atlantis"}, "/time_zone"),
        ({"country": "XX"}, "/country"),
        ({"name": " "}, "/name"),
    ],
)
def test_what_cannot_be_is_named(given, pointer):
    values = {"name": "Office", "week": WEEK, **given}
    if pointer is None:
        assert actions.add_calendar(**values, by=SYSTEM).week == {}
        return
    with pytest.raises(Invalid) as refused:
        actions.add_calendar(**values, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == [pointer]


def test_a_calendar_is_added_with_the_special_days_of_another():
    office = actions.add_calendar(name="Office", week=WEEK, by=SYSTEM)
    actions.set_calendar_day(calendar=office, on=date(2026, 12, 24), name="Eve", by=SYSTEM)
    late = actions.add_calendar(name="Late", week=WEEK, days_of=office, by=SYSTEM)
    actions.remove_calendar_day(calendar=office, on=date(2026, 12, 24), by=SYSTEM)
    assert list(late.days.values_list("on", "works_as", "name")) == [(date(2026, 12, 24), None, "Eve")]


def test_a_name_is_used_once():
    actions.add_calendar(name="Office", by=SYSTEM)
    with pytest.raises(CalendarNameTaken):
        actions.add_calendar(name="Office", by=SYSTEM)


def test_other_hours_are_told_with_the_old_ones():
    office = actions.add_calendar(name="Office", week=WEEK, by=SYSTEM)
    changed = actions.change_calendar(
        calendar=office,
        changes={"week": {"2": [["08:00", "12:00"]]}, "time_zone": "Europe/Berlin"},
        by=SYSTEM,
    )
    assert (changed.week, changed.time_zone) == ({"2": [["08:00", "12:00"]]}, "Europe/Berlin")
    with pytest.raises(Invalid):
        actions.change_calendar(calendar=office, changes={"week": {"1": [["x", "y"]]}}, by=SYSTEM)


def test_a_day_of_its_own_goes_before_the_week():
    office, day = actions.add_calendar(name="Office", week=WEEK, by=SYSTEM), date(2026, 3, 2)
    assert calendar_of(office).spans_on(day)
    actions.set_calendar_day(calendar=office, on=day, name="Stocktaking", by=SYSTEM)
    assert not calendar_of(office).spans_on(day)
    actions.set_calendar_day(calendar=office, on=day, works_as=6, by=SYSTEM)
    assert CalendarDay.objects.get().works_as == 6
    actions.remove_calendar_day(calendar=office, on=day, by=SYSTEM)
    with pytest.raises(NotFound):
        actions.remove_calendar_day(calendar=office, on=day, by=SYSTEM)


@pytest.mark.parametrize("weekday", [0, 8, -1])
def test_a_day_is_worked_as_a_weekday(weekday):
    office = actions.add_calendar(name="Office", by=SYSTEM)
    with pytest.raises(Invalid):
        actions.set_calendar_day(calendar=office, on=date(2026, 3, 2), works_as=weekday, by=SYSTEM)


def test_pages_and_programs_reach_the_days_by_the_record_types_name():
    face = face_of("workingcalendar")
    office = actions.add_calendar(name="Office", by=SYSTEM)
    asked = [i.name for i in inputs_of(face.verb("set_day").action, face) if i.asked]
    assert asked == ["on", "works_as", "name"]
    run_verb(face, "set_day", office, {"on": date(2026, 3, 2), "works_as": None}, admin())
    face.change(workingcalendar=office, changes={"name": "Head office"}, by=admin())
    office.refresh_from_db()
    assert (office.name, office.days.count()) == ("Head office", 1)


def test_only_administrators_change_calendars():
    office, by = actions.add_calendar(name="Office", by=SYSTEM), role_actor(TEAM_LEAD)
    with pytest.raises(Refused):
        actions.add_calendar(name="Other", by=by)
    with pytest.raises(Refused):
        actions.set_calendar_day(calendar=office, on=date(2026, 3, 2), by=by)
