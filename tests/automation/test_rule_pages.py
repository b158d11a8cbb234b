"""The screens of rules: the list, the editor with its sentence and trial, the runs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.rules.api import router
from kinflow.automation.rules.live import forget
from kinflow.automation.rules.models import Rule, RuleRun
from kinflow.automation.rules.recipes import RECIPES
from kinflow.kit.problem import Refused
from kinflow.organisation.users.actors import actor_of_person

from . import given
from .rules_given import CALL, HOT, happens, holds, rule, work
from .test_api import ask
from .test_pages import visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


@pytest.fixture
def chen():
    return given.person("陈", given.unit(), roles=("team_lead", "process_owner"))


class Page:
    """Asks as one person."""

    def __init__(self, person):
        self.by = actor_of_person(person)

    def get(self, address):
        return visit(self.by, address)

    def post(self, address, values):
        return visit(self.by, address, _post=True, **values)


@pytest.fixture
def page(chen):
    return Page(chen)


FORM = {
    "name": "Hot",
    "name_zh": "热门",
    "when": "state",
    "held_amount": "4",
    "held_unit": "hours",
    "condition": '{"field": "score", "op": "at_least", "value": 80}',
    "s:0": "wait",
    "s:0:duration:amount": "2",
    "s:0:duration:unit": "days",
    "s:1": "branch",
    "s:1:condition": '{"field": "stage", "op": "is", "value": "new"}',
    "s:1.then.0": "create_record",
    "s:1.then.0:record_type": "activity",
    "s:1.then.0:values:subject": "Call",
}


def test_a_rule_is_written_in_the_editor_and_reads_as_a_sentence(page, chen):
    answer = page.post("/rules/new/?kind=lead", {**FORM, "owner": chen.pk})
    made = Rule.objects.get()
    assert answer["Location"] == f"/rules/{made.pk}/"
    version = made.versions.get()
    assert version.trigger["for"] == {"amount": 4, "unit": "hours"}
    assert version.steps[1]["parameters"]["then"][0]["parameters"]["values"] == {"subject": "Call"}
    shown = page.get("/rules/").content.decode()
    assert (
        "When the condition has held for 4 hours, if score is at least 80: wait 2 days, then if stage is"
        in shown
    )
    assert "create Activity" in shown
    assert page.get(f"/rules/{made.pk}/").status_code == 200


def test_what_is_wrong_stands_at_its_step(page, chen):
    wrong = {**FORM, "owner": chen.pk, "s:0:duration:amount": ""}
    shown = page.post("/rules/new/?kind=lead", wrong)
    assert shown.status_code == 422
    assert "Give a length of time" in shown.content.decode()


def test_steps_are_added_moved_and_taken_out(page, chen):
    added = page.post("/rules/rows/lead/", {**FORM, "add:1.otherwise.": "assign"}).content.decode()
    assert 'name="s:1.otherwise.0"' in added
    moved = page.post("/rules/rows/lead/", {**FORM, "up": "1"}).content.decode()
    assert 'name="s:0.then.0"' in moved
    gone = page.post("/rules/rows/lead/", {**FORM, "remove": "1"}).content.decode()
    assert 'name="s:1"' not in gone


def test_a_draft_is_tried_on_the_past_and_on_one_record(page, chen):
    lead = given.lead(owner=chen)
    draft = {**FORM, "owner": chen.pk, "when": "event", "events": "sales.lead_captured", "condition": "{}"}
    told = page.post("/rules/preview/lead/?history", draft).content.decode()
    assert f"record={lead.pk}" in told
    steps = page.post(f"/rules/preview/lead/?record={lead.pk}", draft).content.decode()
    assert "Would wait until" in steps
    assert "Would create Activity" in steps
    assert not RuleRun.objects.exists()


def test_the_trial_of_a_state_counts_when_it_would_have_held_long_enough(page, chen):
    condition = '{"field": "created_at", "op": "more_than_ago", "value": {"minutes": 1}}'
    draft = {**FORM, "owner": chen.pk, "condition": condition}
    given.lead(owner=chen)
    told = page.post("/rules/preview/lead/?history", draft).content.decode()
    assert "It would not have fired." in told


def test_runs_say_what_each_step_did_and_failed_ones_are_tried_again(page, chen):
    clerk = given.person("孙", given.unit("West"), roles=("auditor",))
    rule(clerk)
    work()
    given.lead()
    work()
    run = RuleRun.objects.get()
    assert "孙, who answers for this, may not do it here." in page.get("/rules/runs/").content.decode()
    page.post(f"/rules/runs/{run.pk}/retry/", {})
    run.refresh_from_db()
    assert run.state == "retrying"
    page.post(f"/rules/runs/{run.pk}/dismiss/", {})
    assert "Nothing failed." in page.get("/rules/runs/").content.decode()


def test_every_recipe_opens_in_the_editor_and_can_be_kept(page, chen):
    for recipe in RECIPES:
        assert page.get(f"/rules/new/?recipe={recipe.name}").status_code == 200


def test_who_has_no_role_for_it_changes_no_rule(client):
    made = rule(
        given.person("李", given.unit("X"), roles=("team_lead",)), is_on=False, trigger=holds(), condition=HOT
    )
    somebody = given.person("周", given.unit("Y"), roles=("representative",))
    with pytest.raises(Refused):
        Page(somebody).post(f"/rules/{made.pk}/switch/", {"is_active": "true"})
    assert not Rule.objects.get().is_active


def test_rules_are_written_tried_and_switched_over_the_api(chen):
    NinjaAPI(urls_namespace="rules-alone").add_router("", router)
    api, by = TestClient(router), actor_of_person(chen)
    lead = given.lead(owner=chen)
    content = {"kind": "lead", "trigger": happens("sales.lead_captured"), "steps": [CALL]}
    told = ask(api, "POST", "/trial", by, **content, record=lead.pk)
    assert (told["fired"], told["meets"], told["steps"][0]["fault"]) == (1, True, "")
    made = ask(api, "POST", "", by, **content, name="Calls")
    assert (made["is_active"], made["owner"]) == (False, chen.pk)
    changed = ask(api, "PATCH", f"/{made['id']}", by, changes={"condition": HOT}, seen=1)
    assert changed["version"] == 2
    assert ask(api, "POST", f"/{made['id']}/switch", by, is_active=True)["is_active"]
    assert ask(api, "POST", f"/{made['id']}/restore/1", by)["condition"] == {}
    work()
    given.lead(owner=chen)
    work()
    run = ask(api, "GET", f"/runs?rule={made['id']}", by)[0]
    assert (run["state"], run["version"]) == ("done", 3)
    since = timezone.now() - timedelta(hours=1)
    assert ask(api, "POST", f"/{made['id']}/take-back", by, since=since.isoformat()) == {
        "removed": 1,
        "kept": 0,
    }
