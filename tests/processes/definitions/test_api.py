"""Processes over the API and on the command line."""

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from ninja.testing import TestClient

from kinflow.kit.problem import Problem, Refused
from kinflow.processes.definitions.api import router
from kinflow.records.access import ADMINISTRATOR, AUDITOR, PROCESS_OWNER, ROLES, TEAM_LEAD
from tests import factories

from .given import OWNER, kept_apart, representative, shipped, worked_lead
from .test_steps import content

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_apart")]
__all__ = ["kept_apart"]
SEE = {PROCESS_OWNER, ADMINISTRATOR, AUDITOR, TEAM_LEAD}
client = TestClient(router)


def ask(method, path, by=OWNER, **body):
    """The answer as data."""
    answer = client.request(
        method, path, json=body or None, by=by, user=SimpleNamespace(is_authenticated=True)
    )
    assert answer.status_code < 300, answer.content
    return json.loads(answer.content)


def test_processes_are_added_changed_put_aside_and_listed():
    made = ask("POST", "/processes", **content())
    pk = made["id"]
    changed = ask("PATCH", f"/processes/{pk}", changes={"name_zh": "线索"}, seen=made["version"])
    assert (changed["name_zh"], changed["version"]) == ("线索", 2)
    assert ask("POST", f"/processes/{pk}/switch?is_active=false")["is_active"] is False
    assert ask("GET", f"/processes/{pk}")["steps"][0]["event"] == "sales.lead_captured"
    assert [row["key"] for row in ask("GET", "/processes")] == ["leads"]


def test_the_overview_has_everything_at_a_glance():
    worked_lead(representative())
    told = ask("GET", f"/processes/{shipped().pk}/overview")
    assert {
        "cases", "events", "activities", "variants", "directly_follows", "start", "end", "handovers", "findings",
    } <= set(told)  # fmt: skip
    assert (told["cases"], told["events"]) == (1, 5)
    assert told["start"] == {"sales.lead_captured": 1}
    assert told["labels"]["sales.lead_captured"] == "Captured"
    first = told["directly_follows"][0]
    assert set(first) == {"from", "to", "count", "mean_seconds", "median_seconds", "p90_seconds"}
    assert told["variants"][0]["steps"][-1] == "sales.lead_qualified"


def test_a_coarser_level_is_asked_for():
    worked_lead(representative())
    told = ask("GET", f"/processes/{shipped().pk}/overview?level=phases")
    assert told["activities"] == {"contact": 1, "decision": 1, "intake": 1}
    assert told["labels"]["decision"] == "Deciding"


def test_the_cases_behind_an_arrow_come_page_by_page():
    by = representative()
    leads = [worked_lead(by) for _each in range(3)]
    worked_lead(by, is_good=False)
    place = f"/processes/{shipped().pk}/cases?from=sales.lead_contacted&to=sales.lead_qualified&limit=2"
    first = ask("GET", place)
    second = ask("GET", f"{place}&cursor={first['next']}")
    found = [row["case"] for row in first["cases"] + second["cases"]]
    assert found == [f"L-{lead.pk}" for lead in leads]
    assert second["next"] is None


def test_a_cursor_of_another_process_is_refused():
    worked_lead(representative())
    worked_lead(representative())
    lead, case = shipped(), shipped("case")
    cursor = ask("GET", f"/processes/{lead.pk}/cases?limit=1")["next"]
    with pytest.raises(Problem):
        ask("GET", f"/processes/{case.pk}/cases?cursor={cursor}")


def test_a_case_is_shown_with_people_only_to_who_may_see_them():
    lead = worked_lead(representative())
    place = f"/processes/{shipped().pk}/cases/L-{lead.pk}"
    told = ask("GET", place)
    assert told["events"][-1]["resource"] == "陈宇"
    assert told["events"][-1]["label"] == "Qualified"
    by = factories.role_actor(TEAM_LEAD)
    assert {event["resource"] for event in ask("GET", place, by=by)["events"]} == {None}
    with pytest.raises(Problem, match="L-0"):
        ask("GET", f"/processes/{shipped().pk}/cases/L-0")


def test_figures_of_one_and_of_all():
    worked_lead(representative(), is_good=False)
    process = shipped()
    told = ask("GET", f"/processes/{process.pk}/figures")
    assert (told["cases"], told["ended"]) == (1, 1)
    rows = ask("GET", "/processes/portfolio")
    assert [row["figures"]["cases"] for row in rows if row["key"] == "lead"] == [1]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_ask(role):
    lead = worked_lead(representative())
    by, pk = factories.role_actor(role), shipped().pk
    for path in (
        "/processes", "/processes/portfolio", f"/processes/{pk}", f"/processes/{pk}/figures",
        f"/processes/{pk}/overview", f"/processes/{pk}/cases", f"/processes/{pk}/cases/L-{lead.pk}",
    ):  # fmt: skip
        if role in SEE:
            ask("GET", path, by=by)
        else:
            with pytest.raises(Refused):
                ask("GET", path, by=by)


def show(*arguments):
    """What the command writes."""
    out = io.StringIO()
    call_command("show_process", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_shows_a_process_as_json_and_as_lines():
    worked_lead(representative())
    shipped()
    told = json.loads(show("lead", "--json"))
    assert (told["cases"], told["name"]) == (1, "Lead to opportunity")
    assert told["handovers"] == []
    lines = show("Lead to opportunity")
    assert "Lead to opportunity: 1 cases, 5 events, 1 variants" in lines
    assert "Captured → " in lines


def test_the_command_says_which_processes_there_are():
    shipped()
    with pytest.raises(CommandError, match="complaint"):
        show("nothing")
