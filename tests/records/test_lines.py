"""A line that comes with marks that turn text round is kept without them, whichever way it comes."""

import json

import pytest

from kinflow.customers.accounts.actions import add_account
from kinflow.customers.accounts.models import Account
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.definitions.actions import add_process
from kinflow.records.access import ADMINISTRATOR
from tests.api import given
from tests.records.pages.visits import visit
from tests.records.small_world import account, actor

pytestmark = pytest.mark.django_db
TURNED, STRAIGHT = "\u202egnp.\u2066海天 شركة\u2069 👩\u200d🔧\u200f", "gnp.海天 شركة 👩\u200d🔧"


def test_by_the_form(client):
    row = account()
    answer = visit(
        actor(ADMINISTRATOR),
        f"/accounts/{row.pk}/edit/name/",
        htmx=True,
        value=TURNED,
        seen=json.dumps(row.name),
    )
    row.refresh_from_db()
    assert (answer.status_code, row.name) == (200, STRAIGHT)
    assert Entry.objects.latest("pk").data["changes"]["name"][1] == STRAIGHT


def test_by_the_api():
    boss = given.caller()
    made = boss.post("/accounts", {"name": TURNED})
    assert made.status_code == 201, made.content
    row = Account.objects.get(pk=made.json()["record"]["id"])
    assert row.name == STRAIGHT
    changed = boss.patch(f"/accounts/{row.pk}", {"changes": {"name": f"{TURNED} 2"}})
    assert changed.json()["record"]["fields"]["name"] == f"{STRAIGHT} 2"


def test_by_the_api_a_line_of_nothing_else_is_none():
    refused = given.caller().post("/accounts", {"name": "\u202e\u2066"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/name")


def test_by_an_action_and_in_the_texts_within_a_definition():
    assert add_account(name=TURNED, by=SYSTEM).name == STRAIGHT
    steps = [{"key": "a", "event": "sales.lead_captured", "name": TURNED}]
    made = add_process(key="own", name=TURNED, case_kind="lead", steps=steps, by=SYSTEM)
    assert (made.name, made.steps[0]["name"]) == (STRAIGHT, STRAIGHT)
