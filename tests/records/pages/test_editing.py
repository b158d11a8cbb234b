"""One field is edited in its place; stale edits show both values; an edit can be taken back."""

import json
import re

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Refused
from kinflow.records.access import ADMINISTRATOR, AUDITOR, REPRESENTATIVE
from kinflow.sales.leads.actions import change_lead

from ..small_world import account, actor, lead, person
from .visits import text_of, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return actor(ADMINISTRATOR)


def toast_of(response):
    return json.loads(response["HX-Trigger"])["kinflow:toast"]


def test_the_form_holds_the_value_and_what_its_editor_sees(admin):
    row = lead(score=40)
    text = text_of(visit(admin, f"/leads/{row.pk}/edit/score/", htmx=True))
    assert 'value="40"' in text
    assert 'name="seen" value="40"' in text


def test_a_change_is_made_by_the_action_and_told(admin):
    row = lead(score=40)
    answer = visit(admin, f"/leads/{row.pk}/edit/score/", htmx=True, value="55", seen="40")
    row.refresh_from_db()
    assert row.score == 55
    assert "55" in text_of(answer)
    assert Entry.objects.order_by("-pk").first().name == "sales.lead_changed"
    assert toast_of(answer)["text"] == "Score changed"


def test_undo_sets_it_back(admin):
    row = lead(score=40)
    answer = visit(admin, f"/leads/{row.pk}/edit/score/", htmx=True, value="55", seen="40")
    visit(admin, toast_of(answer)["undo"], htmx=True, _post=True)
    row.refresh_from_db()
    assert row.score == 40


def test_undo_does_not_overwrite_what_somebody_changed_meanwhile(admin):
    row = lead(score=40)
    answer = visit(admin, f"/leads/{row.pk}/edit/score/", htmx=True, value="55", seen="40")
    change_lead(lead=row, changes={"score": 70}, by=SYSTEM)
    with pytest.raises(Conflict):
        visit(admin, toast_of(answer)["undo"], htmx=True, _post=True)


def test_a_stale_edit_shows_both_values_and_changes_nothing(admin):
    row = lead(score=40)
    change_lead(lead=row, changes={"score": 70}, by=SYSTEM)
    answer = visit(admin, f"/leads/{row.pk}/edit/score/", htmx=True, value="55", seen="40")
    assert answer.status_code == 409
    assert "70" in text_of(answer)
    assert "55" in text_of(answer)
    row.refresh_from_db()
    assert row.score == 70
    seen = re.search(r'name="seen" value="(\d+)"', text_of(answer))[1]
    assert visit(admin, f"/leads/{row.pk}/edit/score/", htmx=True, value="55", seen=seen).status_code == 200


@pytest.mark.parametrize("value", ["abc", "-1", "99999999999999999999", "1e999", "40.5", "NaN"])
def test_a_wrong_value_is_told_at_the_field(admin, value):
    row = lead(score=40)
    answer = visit(admin, f"/leads/{row.pk}/edit/score/", htmx=True, value=value, seen="40")
    assert answer.status_code == 422
    assert 'class="error"' in text_of(answer)


def test_a_record_is_chosen_by_its_number(admin):
    row, company = lead(), account()
    visit(admin, f"/leads/{row.pk}/edit/account/", htmx=True, value=str(company.pk), seen="null")
    row.refresh_from_db()
    assert row.account == company
    visit(admin, f"/leads/{row.pk}/edit/account/", htmx=True, value="", seen=str(company.pk))
    row.refresh_from_db()
    assert row.account is None


def test_who_may_not_change_the_record_gets_no_form():
    row = lead(owner=person())
    with pytest.raises(Refused):
        visit(actor(AUDITOR), f"/leads/{row.pk}/edit/score/")
    mine = lead(owner=(me := person("李伟")))
    assert visit(actor(REPRESENTATIVE, me), f"/leads/{mine.pk}/edit/score/").status_code == 200


def test_a_field_that_is_not_editable_cannot_be_changed(admin):
    row = lead()
    with pytest.raises(Refused):
        visit(admin, f"/leads/{row.pk}/edit/stage/", htmx=True, value="converted", seen='"new"')
