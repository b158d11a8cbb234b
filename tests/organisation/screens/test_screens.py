"""The screens of the organisation: who sees what, and what can be changed there."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.translation import override

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.organisation.calendars.actions import add_calendar
from kinflow.organisation.calendars.models import CalendarDay
from kinflow.organisation.load_bars import bar_of
from kinflow.organisation.models import PersonSkill
from kinflow.organisation.people.actions import (
    add_absence,
    change_person,
    record_leaving,
    set_capacity,
    set_skill,
)
from kinflow.organisation.people.face import PERSON
from kinflow.organisation.positions.actions import add_position, change_position
from kinflow.organisation.units.chart import forest
from kinflow.organisation.units.face import UNIT
from kinflow.organisation.users.actions import create_user
from kinflow.organisation.users.administrators import LastAdministrator
from kinflow.records.access import ADMINISTRATOR, AUDITOR, REPRESENTATIVE, TEAM_LEAD
from tests import factories

from ..clients import client_of

pytestmark = pytest.mark.django_db

SCREENS = ["/organisation/", "/organisation/skills/", "/organisation/load/"]
WEEK = {str(day): [["08:30", "12:00"], ["13:00", "17:30"]] for day in range(1, 6)}


@pytest.fixture
def east():
    return factories.unit("East")


def calendar():
    return add_calendar(
        name="Office", week=WEEK, time_zone="Asia/Shanghai", country="CN", by=factories.admin()
    )


@pytest.mark.parametrize("role", [REPRESENTATIVE, TEAM_LEAD, AUDITOR, ADMINISTRATOR])
def test_everybody_here_sees_the_organisation(east, role):
    row, client = calendar(), client_of(role, east)
    for screen in [*SCREENS, f"/organisation/calendars/{row.pk}/2026/"]:
        assert client.get(screen).status_code == 200
    assert client.get("/organisation/calendars/", follow=True).status_code == 200


def test_who_is_not_signed_in_sees_nothing(east):
    for screen in SCREENS:
        assert Client().get(screen).status_code == 302


def test_the_chart_counts_people_with_those_below(east):
    company = factories.unit("Company", kind="company")
    below = factories.unit("Sales", parent=company)
    people = [factories.person(unit=below), factories.person("王", unit=company)]
    [branch] = forest([company, below], people)
    assert (branch.unit, branch.total, branch.layers) == (company, 2, 2)
    assert [each.total for each in branch.branches] == [1]


def test_the_chart_shows_planned_posts_that_nobody_holds(east):
    engineers = add_position(name="Engineer", unit=east, posts=3, by=SYSTEM)
    add_position(name="Clerk", unit=east, by=SYSTEM)
    add_position(name="Head", unit=east, posts=1, by=SYSTEM)
    change_person(person=factories.person("王", unit=east), changes={"position": engineers.pk}, by=SYSTEM)
    words = client_of(ADMINISTRATOR, east).get("/organisation/").content.decode()
    assert "3 vacant posts" in words
    assert '<span class="vacant-seat">2</span><span>Engineer' in words
    assert "Clerk" not in words
    change_position(position=engineers, changes={"posts": 1}, by=SYSTEM)
    assert "1 vacant post" in client_of(REPRESENTATIVE, east).get("/organisation/").content.decode()


def test_a_team_lead_sets_the_level_of_their_own_people_and_of_nobody_else(east):
    mine, other = factories.person(unit=east), factories.person("赵", unit=factories.unit("West"))
    pump, client = factories.skill(), client_of(TEAM_LEAD, east)
    assert client.post(f"/organisation/skills/{mine.pk}/{pump.pk}/", {"level": "4"}).status_code == 302
    assert PersonSkill.objects.get(person=mine).level == 4
    assert client.post(f"/organisation/skills/{other.pk}/{pump.pk}/", {"level": "4"}).status_code == 403
    assert not PersonSkill.objects.filter(person=other).exists()


@pytest.mark.parametrize("level", ["6", "", "x", "-1", "99999999999999999999"])
def test_a_level_that_there_is_not_changes_nothing(east, level):
    person, pump, client = factories.person(unit=east), factories.skill(), client_of(ADMINISTRATOR, east)
    answer = client.post(f"/organisation/skills/{person.pk}/{pump.pk}/", {"level": level})
    assert answer.status_code == 422
    assert not PersonSkill.objects.exists()


def test_the_matrix_says_who_alone_has_a_skill(east):
    pump, admin = factories.skill(), factories.admin()
    set_skill(person=factories.person(unit=east), skill=pump, level=5, by=admin)
    client = client_of(ADMINISTRATOR, east)
    assert "skill alone" in client.get("/organisation/skills/").content.decode()
    set_skill(person=factories.person("赵", unit=east), skill=pump, level=1, by=admin)
    assert "skill alone" not in client.get("/organisation/skills/").content.decode()


def test_the_matrix_asks_no_more_for_more_people(east, django_assert_max_num_queries):
    client, pump = client_of(ADMINISTRATOR, east), factories.skill()
    client.get("/organisation/skills/")
    for number in range(12):
        set_skill(
            person=factories.person("赵", str(number), unit=east), skill=pump, level=3, by=factories.admin()
        )
    with django_assert_max_num_queries(20):
        client.get("/organisation/skills/")
    with django_assert_max_num_queries(35):
        client.get("/organisation/load/")


def test_a_special_day_is_set_and_taken_away(east):
    row, client = calendar(), client_of(ADMINISTRATOR, east)
    address = f"/organisation/calendars/{row.pk}/2026/"
    client.post(f"{address}day/", {"on": "2026-12-24", "works_as": "", "name": "Stocktaking"})
    assert CalendarDay.objects.get().on == date(2026, 12, 24)
    assert "Stocktaking" in client.get(address).content.decode()
    client.post(f"{address}remove-day/", {"on": "2026-12-24"})
    assert not CalendarDay.objects.exists()
    assert Entry.objects.filter(name__startswith="organisation.calendar_day").count() == 2


def test_public_holidays_and_make_up_days_are_marked(east):
    row, client = calendar(), client_of(REPRESENTATIVE, east)
    page = client.get(f"/organisation/calendars/{row.pk}/2026/").content.decode()
    assert page.count("day-holiday") > 20
    assert "day-makeup" in page


@pytest.mark.parametrize("spans", ["08:00–12:00, 11:00–17:00", "all day", "25:00–26:00"])
def test_hours_that_cannot_be_are_refused_at_their_day(east, spans):
    row, client = calendar(), client_of(ADMINISTRATOR, east)
    answer = client.post(f"/organisation/calendars/{row.pk}/2026/hours/", {"day1": spans})
    assert answer.status_code == 422
    assert 'id="fault1"' in answer.content.decode()
    row.refresh_from_db()
    assert row.week == WEEK


def test_hours_are_changed_as_people_write_them(east):
    row, client = calendar(), client_of(ADMINISTRATOR, east)
    given = {f"day{day}": "9:00-12:00；13:00–18:00" for day in range(1, 6)}
    assert client.post(f"/organisation/calendars/{row.pk}/2026/hours/", given).status_code == 302
    row.refresh_from_db()
    assert row.week["1"] == [["09:00", "12:00"], ["13:00", "18:00"]]


def test_who_may_not_change_a_calendar_is_refused(east):
    row, client = calendar(), client_of(TEAM_LEAD, east)
    day = {"on": "2026-12-24", "works_as": "", "name": "x"}
    assert client.post(f"/organisation/calendars/{row.pk}/2026/day/", day).status_code == 403
    assert not CalendarDay.objects.exists()


def test_years_out_of_reach_and_unknown_calendars_are_not_found(east):
    row, client = calendar(), client_of(ADMINISTRATOR, east)
    assert client.get(f"/organisation/calendars/{row.pk}/1999/").status_code == 404
    assert client.get("/organisation/calendars/99999999/2026/").status_code == 404


def test_the_load_stands_against_the_limit(east):
    person = factories.person(unit=east)
    set_capacity(person=person, kind="lead", limit=2, by=factories.admin())
    for _number in range(2):
        factories.lead(owner=person)
    page = client_of(TEAM_LEAD, east).get("/organisation/load/").content.decode()
    assert "load-bar bad" in page
    assert "1 at the limit" in page


@pytest.mark.parametrize(
    ("held", "limit", "tone"),
    [(0, 0, "good"), (1, 0, "bad"), (4, 10, "good"), (8, 10, "warn"), (10, 10, "bad")],
)
def test_a_bar_warns_before_it_is_full(held, limit, tone):
    assert bar_of("lead", held, limit, 10).tone == tone


def test_the_chart_lets_administrators_move_units_and_nobody_else(east):
    assert "do/move/" in client_of(ADMINISTRATOR, east).get("/organisation/").content.decode()
    assert "do/move/" not in client_of(TEAM_LEAD, east).get("/organisation/").content.decode()


def test_a_persons_page_says_what_they_can_hold_and_when_they_are_away(east):
    person, client = factories.person(unit=east), client_of(TEAM_LEAD, east)
    set_skill(person=person, skill=factories.skill(), level=4, by=factories.admin())
    set_capacity(person=person, kind="lead", limit=20, by=factories.admin())
    absence = add_absence(
        person=person,
        kind="leave",
        starts_at=datetime(2099, 1, 4, tzinfo=UTC),
        ends_at=datetime(2099, 1, 9, tzinfo=UTC),
        by=factories.admin(),
    )
    page = client.get(f"/people/{person.pk}/").content.decode()
    assert page.count('<i class="on">') == 4
    assert " / 20" in page
    assert "2099-01-04" in page
    question = f"/organisation/absences/{absence.pk}/remove/"
    assert f'href="{question}"' in page
    asked = client.get(question).content.decode()
    assert f'action="{question}"' in asked
    assert "csrfmiddlewaretoken" in asked
    assert client.post(question)["Location"] == f"/people/{person.pk}/"
    assert "2099-01-04" not in client.get(f"/people/{person.pk}/").content.decode().split("timeline")[0]


def test_nobody_removes_the_absence_of_another_team(east):
    other = factories.person(unit=factories.unit("West"))
    span = {"starts_at": datetime(2099, 1, 4, tzinfo=UTC), "ends_at": datetime(2099, 1, 9, tzinfo=UTC)}
    absence = add_absence(person=other, kind="leave", by=factories.admin(), **span)
    client = client_of(TEAM_LEAD, east)
    assert client.get(f"/organisation/absences/{absence.pk}/remove/").status_code == 403
    assert client.post(f"/organisation/absences/{absence.pk}/remove/").status_code == 403
    assert client.post("/organisation/absences/99999999/remove/").status_code == 404
    assert other.absences.exists()


def test_a_weekday_that_there_is_not_is_refused(east):
    row, client = calendar(), client_of(ADMINISTRATOR, east)
    day = {"on": "2026-12-24", "works_as": "99", "name": "x"}
    assert client.post(f"/organisation/calendars/{row.pk}/2026/day/", day).status_code == 422
    assert not CalendarDay.objects.exists()


def test_the_last_administrator_cannot_leave(east):
    client_of(ADMINISTRATOR, east)
    last = get_user_model().objects.get(username=ADMINISTRATOR).person
    with pytest.raises(LastAdministrator):
        record_leaving(person=last, on=date(2026, 12, 31), by=factories.admin())
    other = factories.person("邓", unit=east, roles=(ADMINISTRATOR,), email="other@pumps.example")
    create_user(login="other", person=other, by=factories.admin())
    record_leaving(person=last, on=date(2026, 12, 31), by=factories.admin())
    with pytest.raises(LastAdministrator):
        record_leaving(person=other, on=date(2026, 12, 31), by=factories.admin())


def test_a_persons_work_and_a_units_lead_are_no_other_words_in_chinese():
    with override("zh-hans"):
        assert str(PERSON.facts[1][0]) == "工作"
        assert str(UNIT.by_name["lead"].label) == "负责人"
