"""Scorings, previews, cards, batches over the API."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.api import router
from kinflow.conditions import ConditionError
from kinflow.kit.problem import Refused
from kinflow.sales.leads.models import Lead

from . import given
from .given import OWNER
from .scorings_given import RULES, lead_scoring, weights

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def client():
    """A client of the router alone."""
    api = NinjaAPI(urls_namespace="automation-alone")
    api.add_router("", router)
    return TestClient(router)


@pytest.fixture
def east():
    """A unit."""
    return given.unit()


def ask(client, method, path, by=OWNER, **body):
    """The answer as data."""
    answer = client.request(
        method, path, json=body or None, by=by, user=SimpleNamespace(is_authenticated=True)
    )
    assert answer.status_code < 300, answer.content
    return json.loads(answer.content)


def test_scorings_are_added_changed_and_restored(client):
    made = ask(client, "POST", "/scorings", kind="lead", name="By load", criteria=weights(load=10))
    pk = made["id"]
    changed = ask(client, "PATCH", f"/scorings/{pk}", changes={"criteria": weights(load=20)}, seen=1)
    assert changed["version"] == 2
    assert ask(client, "POST", f"/scorings/{pk}/versions/1/restore")["criteria"] == weights(load=10)
    assert [v["number"] for v in ask(client, "GET", f"/scorings/{pk}/versions")] == [3, 2, 1]
    assert [s["id"] for s in ask(client, "GET", "/scorings?kind=lead")] == [pk]
    assert ask(client, "POST", f"/scorings/{pk}/switch?is_active=false")["is_active"] is False


def test_a_preview_writes_nothing(client, east):
    given.person("陈", east)
    given.lead()
    told = ask(
        client, "POST", "/scorings/preview", kind="lead", criteria=weights(load=1), eligibility=list(RULES)
    )
    assert (told["sample"], told["unassigned"]) == (1, 0)
    assert Lead.objects.get().owner is None


def test_a_batch_and_its_cards(client, east):
    boss = given.person("周", east, roles=("team_lead",))
    given.person("陈", east)
    lead_scoring()
    lead = given.lead()
    by = given.actor(boss)
    outcome = ask(client, "POST", "/assign/lead", by=by, ids=[lead.pk, 999_999])
    assert list(outcome["given"]) == [str(lead.pk)]
    assert outcome["passed"] == [999_999]
    card = ask(client, "GET", f"/why/lead/{lead.pk}", by=by)["card"]
    assert card["winner"]["name"] == "陈"
    ask(client, "POST", f"/give/lead/{lead.pk}", by=by, person=boss.pk, reason="mine")
    ask(client, "POST", f"/hand-back/lead/{lead.pk}", by=by, reason="not mine")
    assert Lead.objects.get(pk=lead.pk).owner is None
    assert ask(client, "POST", f"/assign/lead/{lead.pk}", by=by)["owner"] is not None


def test_the_next_best_item(client, east):
    me = given.person("陈", east)
    assert ask(client, "GET", "/next/lead", by=given.actor(me)) == {"id": None, "points": None}
    lead_scoring()
    lead = given.lead()
    assert ask(client, "GET", "/next/lead", by=given.actor(me))["id"] == lead.pk


def test_representatives_change_no_scorings(client, east):
    me = given.person("陈", east)
    with pytest.raises(Refused):
        ask(client, "POST", "/scorings", by=given.actor(me), kind="lead", name="x", criteria=weights(load=1))


def test_members_that_mean_nothing_are_refused(client, east):
    lead = given.lead()
    answer = client.post(
        "/assign/lead",
        json={"ids": [lead.pk], "minimun": {}},
        by=OWNER,
        user=SimpleNamespace(is_authenticated=True),
    )
    assert answer.status_code == 422


def test_only_who_judges_scorings_may_try_them(client, east):
    """A try tells who has how much of all work, whoever's it is."""
    body = {"kind": "lead", "criteria": weights(load=10)}
    for role, may in (
        ("representative", False),
        ("team_lead", False),
        ("process_owner", True),
        ("auditor", True),
    ):
        by = given.actor(given.person("陈", east, roles=(role,)))
        if may:
            assert ask(client, "POST", "/scorings/preview", by=by, **body)["sample"] == 0
        else:
            with pytest.raises(Refused):
                ask(client, "POST", "/scorings/preview", by=by, **body)


def test_a_try_is_no_way_to_fields_that_one_may_not_read(client, east):
    body = {"kind": "lead", "criteria": weights(load=10)}
    condition = {"field": "contact.email", "op": "contains", "value": "wang"}
    with pytest.raises(ConditionError):
        ask(client, "POST", "/scorings/preview", **body, condition=condition)


def test_who_takes_no_such_work_is_not_told_what_waits(client, east):
    given.lead()
    lead_scoring(rules=RULES)
    marketer = given.actor(given.person("李", east, roles=("marketer",)))
    with pytest.raises(Refused):
        ask(client, "GET", "/next/lead", by=marketer)
    reader_of_cases = replace(given.actor(given.person("陈", east)), scopes=frozenset({"case:read"}))
    with pytest.raises(Refused):
        ask(client, "GET", "/next/lead", by=reader_of_cases)
