"""Processes made on screen: from what the log tells, as a copy, with other steps."""

import pytest
from django.test import Client

from kinflow.processes.definitions.candidates import candidates
from kinflow.processes.definitions.making import key_from
from kinflow.processes.definitions.models import Process
from kinflow.records.access import PROCESS_OWNER, TEAM_LEAD

from .given import call, kept_apart, representative, shipped, worked_lead
from .test_pages import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_apart")]
__all__ = ["kept_apart"]
NEW = {"kind": "lead", "name": "Quick leads", "currency": "CNY"}


@pytest.fixture
def owner() -> Client:
    return signed_in(PROCESS_OWNER)


@pytest.fixture
def leads() -> list[object]:
    by = representative()
    found = [worked_lead(by), worked_lead(by, is_good=False)]
    call(found[0], by, topic="odd_call")
    return found


def steps_sent(*keys: str) -> dict[str, object]:
    return {"in": list(keys), "begins": list(keys[:1]), "ends": list(keys[-1:])}


def test_steps_are_what_the_log_really_tells(leads: list[object]) -> None:
    found = {each.step["key"]: each for each in candidates("lead")}
    assert found["sales.lead_captured"].count == 2
    assert found["sales.lead_captured"].step["name"] == "Lead captured"
    odd = found["customers.activity_finished:odd_call"]
    assert (odd.count, odd.step["where"], odd.step["begins"]) == (
        1,
        {"topic": "odd_call"},
        "customers.activity_started",
    )
    known = {each.step["key"]: each for each in candidates("lead", shipped().steps)}
    assert known["customers.activity_finished:first_call"].count == 2
    assert known["customers.activity_finished:first_call"].step["name"] == "First call"


def test_a_preview_tells_how_many_cases_and_events_there_would_be(leads: list[object], owner: Client) -> None:
    sent = {**NEW, **steps_sent("sales.lead_captured", "sales.lead_qualified"), "do": "preview"}
    words = owner.post("/processes/new/", sent).content.decode()
    told = words.split('class="counts"')[1].split("</ul>")[0]
    assert [part.split("</b>")[0] for part in told.split("<b>")[1:]] == ["2", "3", "1", "2"]
    assert not Process.objects.filter(name="Quick leads").exists()


def test_a_process_is_made_with_its_phases_goals_and_rates(leads: list[object], owner: Client) -> None:
    sent = {
        **NEW,
        **steps_sent("sales.lead_captured", "sales.lead_qualified"),
        "do": "make",
        "phase-name-0": "Taking in",
        "phase-name_zh-0": "受理",
        "phase:sales.lead_captured": "phase-1",
        "name_zh:sales.lead_captured": "录入",
        "outcome:sales.lead_qualified": "good",
        "good_end-share": "30",
        "usual": "90",
    }
    assert owner.post("/processes/new/", sent)["Location"] == "/processes/quick-leads/"
    made = Process.objects.get(key="quick-leads")
    assert [(step["key"], step["name_zh"], step["phase"], step["outcome"]) for step in made.steps] == [
        ("sales.lead_captured", "录入", "phase-1", ""),
        ("sales.lead_qualified", "", "", "good"),
    ]
    assert (made.begins, made.ends) == (["sales.lead_captured"], ["sales.lead_qualified"])
    assert made.phases == [{"key": "phase-1", "name": "Taking in", "name_zh": "受理"}]
    assert made.goals == [{"measure": "good_end", "share": 0.3}]
    assert "2 cases" in owner.get("/processes/quick-leads/").content.decode()


def test_what_is_wrong_is_named_and_nothing_is_lost(owner: Client) -> None:
    answer = owner.post("/processes/new/", {**NEW, "name_zh": "快线索", "do": "make"})
    assert answer.status_code == 422
    assert "Choose at least one step." in answer.content.decode()
    assert "快线索" in answer.content.decode()


def test_a_copy_says_what_the_first_one_says(leads: list[object], owner: Client) -> None:
    first = shipped()
    words = owner.get("/processes/new/?copy=lead").content.decode()
    assert "Lead to opportunity (copy)" in words
    kept = [step["key"] for step in first.steps]
    sent = {"copy": "lead", "name": "Leads again", "in": kept, "begins": first.begins, "ends": first.ends}
    for at, phase in enumerate(first.phases):
        sent |= {f"phase-{part}-{at}": phase[part] for part in ("key", "name", "name_zh")}
    assert owner.post("/processes/new/", {**sent, "currency": "CNY", "do": "make"}).status_code == 302
    copy = Process.objects.get(key="leads-again")
    assert (copy.steps, copy.phases, copy.ends) == (first.steps, first.phases, first.ends)


def test_steps_of_a_process_are_chosen_anew(leads: list[object], owner: Client) -> None:
    process = shipped()
    new = "customers.activity_finished:odd_call"
    keys = [*(step["key"] for step in process.steps[:3]), new]
    sent = {"name": process.name, "currency": "CNY", "seen": process.version, **steps_sent(*keys)}
    assert owner.post("/processes/lead/steps/", {**sent, "do": "make"}).status_code == 302
    process.refresh_from_db()
    assert [step["key"] for step in process.steps] == [new, *keys[:3]]  # the more special step comes first
    assert owner.post("/processes/lead/steps/", {**sent, "do": "make"}).status_code == 409


def test_only_those_who_may_make_processes(leads: list[object]) -> None:
    lead = signed_in(TEAM_LEAD)
    shipped()
    assert lead.get("/processes/new/").status_code == 403
    assert lead.get("/processes/lead/steps/").status_code == 403
    assert "/processes/new/" not in lead.get("/processes/").content.decode()
    assert key_from("Quick leads!") == "quick-leads"
    assert key_from("线索") == ""
