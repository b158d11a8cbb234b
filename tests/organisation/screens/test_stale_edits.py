"""Two people at one calendar: both values are shown, and nothing is silently overwritten."""

import json

import pytest

from kinflow.organisation.calendars.actions import add_calendar, change_calendar, set_calendar_day
from kinflow.organisation.calendars.models import CalendarDay
from kinflow.records.access import ADMINISTRATOR
from kinflow.records.changing import Stale
from tests import factories

from ..clients import client_of

pytestmark = pytest.mark.django_db

WEEK = {str(day): [["08:30", "17:30"]] for day in range(1, 6)}


@pytest.fixture
def row():
    return add_calendar(name="Office", week=WEEK, time_zone="Asia/Shanghai", by=factories.admin())


@pytest.fixture
def client():
    return client_of(ADMINISTRATOR, factories.unit("East"))


def form(row, **days):
    """The form of the hours as it was opened, with what was entered for some days."""
    text = {f"day{day}": "08:30–17:30" if day < 6 else "" for day in range(1, 8)}
    return text | days | {"seen": json.dumps(row.week)}


def change_elsewhere(row, **days):
    """What a colleague saves meanwhile."""
    change_calendar(calendar=row, changes={"week": WEEK | days}, by=factories.admin())


def test_hours_that_both_changed_show_both_and_keep_the_first(row, client):
    given = form(row, day1="09:00–18:00", day2="10:00–18:00")
    change_elsewhere(row, **{"1": [["07:00", "15:00"]], "3": [["07:00", "12:00"]]})
    answer = client.post(f"/organisation/calendars/{row.pk}/2026/hours/", given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="09:00–18:00"' in page
    assert "<b>07:00–15:00</b>" in page
    assert 'value="07:00–12:00"' in page  # a day this editor left alone takes what the other made of it
    assert 'value="10:00–18:00"' in page
    row.refresh_from_db()
    assert row.week["1"] == [["07:00", "15:00"]]


def test_after_both_were_seen_the_hours_are_saved(row, client):
    given = form(row, day1="09:00–18:00")
    change_elsewhere(row, **{"1": [["07:00", "15:00"]]})
    row.refresh_from_db()
    again = given | {"seen": json.dumps(row.week)}
    assert client.post(f"/organisation/calendars/{row.pk}/2026/hours/", again).status_code == 302
    row.refresh_from_db()
    assert row.week["1"] == [["09:00", "18:00"]]


def test_the_form_carries_the_hours_that_its_reader_sees(row, client):
    page = client.get(f"/organisation/calendars/{row.pk}/2026/").content.decode()
    told = page.split('name="seen" value="')[1].split('"')[0].replace("&quot;", '"')
    assert json.loads(told) == WEEK


def test_the_action_refuses_hours_that_are_stale(row):
    change_elsewhere(row, **{"1": []})
    with pytest.raises(Stale) as stale:
        change_calendar(calendar=row, changes={"week": {}}, seen={"week": WEEK}, by=factories.admin())
    assert stale.value.extra["seen"] == WEEK
    assert "1" not in stale.value.extra["now"]


def test_a_day_that_somebody_else_made_special_is_not_overwritten(row, client):
    given = {"on": "2026-12-24", "seen_on": "2026-12-24", "seen": "{}", "works_as": "", "name": "Mine"}
    set_calendar_day(calendar=row, on="2026-12-24", works_as=3, name="Theirs", by=factories.admin())
    answer = client.post(f"/organisation/calendars/{row.pk}/2026/day/", given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "worked as Wednesday · Theirs" in page
    assert 'value="Mine"' in page
    assert CalendarDay.objects.get().name == "Theirs"
    seen = page.split('name="seen" value="')[2].split('"')[0].replace("&quot;", '"')
    client.post(f"/organisation/calendars/{row.pk}/2026/day/", given | {"seen": seen})
    assert CalendarDay.objects.get().name == "Mine"


def test_another_date_than_the_forms_own_is_overwritten_only_knowingly(row, client):
    set_calendar_day(calendar=row, on="2026-12-24", name="Theirs", by=factories.admin())
    given = {"on": "2026-12-24", "seen_on": "2026-12-23", "seen": "{}", "works_as": "", "name": "Mine"}
    assert client.post(f"/organisation/calendars/{row.pk}/2026/day/", given).status_code == 409
    assert CalendarDay.objects.get().name == "Theirs"


def test_a_special_day_is_opened_with_what_it_is(row, client):
    set_calendar_day(calendar=row, on="2026-12-24", works_as=3, name="Stocktaking", by=factories.admin())
    page = client.get(f"/organisation/calendars/{row.pk}/2026/?on=2026-12-24").content.decode()
    assert 'name="name" maxlength="120" value="Stocktaking"' in page
    assert '<option value="3" selected>' in page


@pytest.mark.parametrize("seen", ["", "x", "[]", "null", "[" * 5000])
def test_a_broken_form_of_the_hours_breaks_nothing(row, client, seen):
    answer = client.post(f"/organisation/calendars/{row.pk}/2026/hours/", form(row) | {"seen": seen})
    assert answer.status_code == 302
