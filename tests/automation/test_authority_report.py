"""How policies are used, told on screen and over the API: who may read and change what."""

from datetime import timedelta

import pytest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.authority.actions import state_value, withdraw_value
from kinflow.automation.authority.api import router
from kinflow.automation.authority.models import AuthorityUse, CompanyValue, Policy
from kinflow.automation.authority.report import ENOUGH, _shown, report_of, where_to_widen, widenings
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Conflict, Invalid
from kinflow.records.access import ROLES

from . import given
from .authority_given import policy
from .doors import page_status, route_status
from .test_pages import visit

pytestmark = pytest.mark.django_db
client = TestClient(NinjaAPI(urls_namespace="authority"))
client.router_or_app.add_router("", router)
BY = given.OWNER
NOW = timezone.now()


def used(made, outcome, count, row=1, hours=2):
    """So many decisions of the last days."""
    at = NOW - timedelta(days=3)
    told = {"policy": made, "number": 1, "row": row, "object_id": 1, "outcome": outcome, "at": at}
    answered = at + timedelta(hours=hours) if outcome in ("approved", "refused") else None
    AuthorityUse.objects.bulk_create([AuthorityUse(**told, answered_at=answered) for _ in range(count)])


def test_the_report_counts_by_row_and_finds_what_is_always_approved():
    made = policy()
    used(made, "alone", 3, row=0)
    used(made, "approved", ENOUGH, hours=4)
    report = report_of(made, NOW)
    assert (report.figures.alone, report.figures.approved, report.figures.hours) == (3, ENOUGH, 4)
    assert [row.row for row in report.to_widen] == [1]
    assert not report.is_unused
    used(made, "refused", 1)
    assert not report_of(made, NOW).to_widen
    used(made, "approved", 98 - ENOUGH)
    assert not report_of(made, NOW).to_widen
    used(made, "approved", 1)
    assert [row.row for row in report_of(made, NOW).to_widen] == [1]


def test_a_policy_that_nobody_used_for_long_is_found():
    made = policy()
    assert not report_of(made, NOW).is_unused
    assert report_of(made, NOW + timedelta(days=100)).is_unused


def test_what_is_always_approved_leads_to_where_widening_is_simulated():
    made = policy()
    used(made, "approved", ENOUGH)
    widenings.append(lambda policy, row, answered, by: [("Sales", f"/{policy.matter}/{row.row}/{answered}/")])
    row = report_of(made, NOW).to_widen[0]
    told = f"/discount/1/{ENOUGH}/"
    try:
        assert ("Sales", told) in where_to_widen(made, row, ENOUGH, BY)
        shown = visit(BY, f"/policies/{made.pk}/").content.decode()
    finally:
        widenings.pop()
    assert f'href="{told}"' in shown
    assert f"{ENOUGH} of {ENOUGH} questions were approved" in shown


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_changes_and_sees_the_use_of_policies(role):
    made = policy()
    by = given.actor(given.person("周", given.unit(), roles=(role,)))
    may = role in ("process_owner", "administrator")
    reads = role in ("process_owner", "administrator", "team_lead", "auditor")
    assert page_status(by, "/policies/") == page_status(by, f"/policies/{made.pk}/") == 200
    assert ("until an answer" in visit(by, f"/policies/{made.pk}/").content.decode()) == reads
    assert route_status(client, "GET", f"/policies/{made.pk}/report", by) == (200 if reads else 403)
    switched = route_status(client, "POST", f"/policies/{made.pk}/switch", by, is_active=False)
    assert switched == (200 if may else 403)
    assert route_status(client, "PATCH", f"/policies/{made.pk}", by, changes={"name": "New"}) == (
        200 if may else 403
    )
    sent = {"matter": "goodwill", "name": "Goodwill"}
    assert route_status(client, "POST", "/policies", by, **sent) == (201 if may else 403)
    assert route_status(client, "POST", "/values", by, name="Fair") == (201 if may else 403)
    value = CompanyValue.objects.first() or state_value(name="Fair", by=BY)
    assert route_status(client, "DELETE", f"/values/{value.pk}", by) == (204 if may else 403)
    assert [route_status(client, "GET", each, by) for each in ("/policies", "/values")] == [200, 200]


def test_a_policy_is_made_on_screen_and_stands_for_values():
    visit(BY, "/policies/values/new/", _post=True, name="Fair", name_zh="公平", text="No tricks")
    value = CompanyValue.objects.get()
    visit(BY, "/policies/new/", _post=True, matter="goodwill", policy_name="Goodwill", policy_name_zh="善意")
    made = Policy.objects.get()
    assert (made.table.kind, made.table.matter, made.is_active) == ("case", "goodwill", False)
    visit(BY, f"/policies/{made.pk}/", _post=True, values=str(value.pk))
    assert list(made.values.all()) == [value]
    with pytest.raises(Conflict):
        withdraw_value(value=value, by=BY)
    visit(BY, f"/policies/{made.pk}/switch/", _post=True, is_active="true")
    made.refresh_from_db()
    assert made.is_active
    again = visit(BY, "/policies/new/", _post=True, matter="goodwill", policy_name="Other")
    assert again.status_code == 422
    assert "has a policy already" in again.content.decode()


def test_a_value_has_a_name_of_its_own():
    state_value(name="Fair", by=SYSTEM)
    for name in ("Fair", " "):
        with pytest.raises(Invalid) as errors:
            state_value(name=name, by=SYSTEM)
        assert [e.pointer for e in errors.value.errors] == ["/name"]


@pytest.mark.parametrize(("cell", "told"), [("-", "–"), ("", "–"), ("<= 3", "≤ 3"), ("[5..10)", "[5..10)")])
def test_cells_are_shown_as_people_write_them(cell, told):
    assert _shown(cell) == told


def test_what_is_wrong_is_said_at_its_field_in_the_form_that_was_sent():
    sent = {"name": "", "text": "No tricks"}
    page = visit(BY, "/policies/values/new/", _post=True, **sent).content.decode()
    assert 'id="in-value-error"' in page
    assert 'value="No tricks"' in page
    assert 'id="in-policy-error"' not in page
    page = visit(BY, "/policies/new/", _post=True, matter="goodwill", policy_name=" ").content.decode()
    assert 'id="in-policy-error"' in page
    assert 'id="in-value-error"' not in page
    page = visit(BY, "/decisions/import/", _post=True, kind="lead", decision="Grade").content.decode()
    assert 'id="in-file-error"' in page
    assert 'value="Grade"' in page
