"""Which events are which steps, on three levels."""

import pytest

from kinflow.kit.problem import Invalid
from kinflow.processes.definitions.drafts import read_content
from kinflow.processes.definitions.levels import on_level
from kinflow.processes.definitions.shipped import RATES, SHIPPED
from kinflow.processes.definitions.steps import Step, fields_of, phase_key, step_key, step_named, told_of
from tests.processes.given import log_of

CALL = Step("done:call", "done", "Call", where={"topic": "call"}, detail="result", phase="talk")
MOVED = Step("moved", "moved", "Stage", each="to")
ANY = Step("done", "done", "Work", phase="talk")
STEPS = [CALL, MOVED, ANY]


def test_the_first_step_that_an_event_fits_is_what_was_done():
    assert told_of(STEPS, "done", {"topic": "call"}) == "done:call"
    assert told_of(STEPS, "done", {"topic": "visit"}) == "done"
    assert told_of(STEPS, "gone", {}) == ""


def test_a_detail_and_each_value_make_keys_of_their_own():
    assert told_of(STEPS, "done", {"topic": "call", "result": "reached"}) == "done:call=reached"
    assert told_of(STEPS, "moved", {"to": "offer"}) == "moved:offer"
    assert told_of(STEPS, "moved", {"to": "a=b"}) == "moved:a-b"


def test_keys_lead_back_to_steps_and_phases():
    assert step_key("done:call=reached") == "done:call"
    assert step_named(STEPS, "done:call=reached") is CALL
    assert step_named(STEPS, "moved:offer") is MOVED
    assert step_named(STEPS, "else") is None
    assert phase_key(STEPS, "done:call=reached") == "talk"
    assert phase_key(STEPS, "moved:offer") == "moved:offer"


def test_only_fields_that_tell_steps_apart_are_read():
    assert fields_of(STEPS) == ("result", "to", "topic")


def test_on_the_level_of_steps_details_are_one():
    columns = log_of([("x", "done:call=no", 1, "Ann"), ("x", "done:call=yes", 2, "Bo")])
    assert list(on_level(columns, STEPS, "steps").activities) == ["done:call"]
    assert on_level(columns, STEPS, "details") is columns


def test_on_the_level_of_phases_events_in_a_row_are_one():
    rows = [
        ("x", "done:call=no", 1, "Ann"),
        ("x", "done", 2, "Bo"),
        ("x", "moved:a", 3, "Bo"),
        ("x", "done", 5, "Ann"),
        ("y", "done", 7, "Ann"),
    ]
    phases = on_level(log_of(rows), STEPS, "phases")
    told = [phases.activities[code] for code in phases.activity]
    assert told == ["talk", "moved:a", "talk", "talk"]
    assert phases.offsets.tolist() == [0, 3, 4]
    hour = 3_600_000_000
    assert (phases.begun_at[0], phases.at[0]) == (hour, 2 * hour)
    assert phases.resources[phases.resource[0]] == "Bo"


@pytest.mark.parametrize("given", SHIPPED, ids=lambda given: given["key"])
def test_what_is_shipped_is_in_order(given):
    phases = [{"key": key, "name": name, "name_zh": name_zh} for key, name, name_zh in given["phases"]]
    kept = read_content({**given, "phases": phases, "rates": RATES})
    assert all(step["name"] and step["name_zh"] for step in kept["steps"])


def content(**more):
    """A sound process, with changes."""
    step = {"key": "a", "event": "sales.lead_captured", "name": "Captured"}
    return {"key": "leads", "name": "Leads", "case_kind": "lead", "steps": [step], **more}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"key": "No Slug"}, "/key"),
        ({"key": "objects"}, "/key"),
        ({"name": " "}, "/name"),
        ({"case_kind": "unicorn"}, "/case_kind"),
        ({"steps": []}, "/steps"),
        ({"steps": "all"}, "/steps"),
        ({"steps": [{"key": "a", "event": "sales.no_such", "name": "A"}]}, "/steps/0/event"),
        ({"steps": [{"key": "a=b", "event": "sales.lead_captured", "name": "A"}]}, "/steps/0/key"),
        ({"steps": [{"key": "a", "event": "sales.lead_captured"}]}, "/steps/0/name"),
        ({"steps": [*content()["steps"], *content()["steps"]]}, "/steps/1/key"),
        (
            {"steps": [{"key": "a", "event": "sales.lead_captured", "name": "A", "phase": "x"}]},
            "/steps/0/phase",
        ),
        (
            {"steps": [{"key": "a", "event": "sales.lead_captured", "name": "A", "detail": "need"}]},
            "/steps/0/where",
        ),
        ({"steps": [{"key": "a", "event": "sales.lead_captured", "name": "A", "odd": 1}]}, "/steps/0/odd"),
        ({"ends": ["b"]}, "/ends/0"),
        ({"condition": {"field": "no_such", "op": "is", "value": 1}}, "/condition/field"),
        ({"position": -1}, "/position"),
        ({"goals": [{"measure": "beauty"}]}, "/goals/0/measure"),
        ({"goals": [{"measure": "duration"}]}, "/goals/0/at_most"),
        ({"goals": [{"measure": "good_end", "share": 1.5}]}, "/goals/0/share"),
        ({"rates": {"usual": -3}}, "/rates/usual"),
        ({"rates": {"by_seniority": {"9": 3}}}, "/rates/by_seniority"),
        ({"rates": {"currency": "yuan"}}, "/rates/currency"),
        ({"rates": {"margin": 1.5}}, "/rates/margin"),
        ({"rates": {"success": "much"}}, "/rates/success"),
    ],
)
def test_what_is_wrong_is_named(wrong, pointer):
    with pytest.raises(Invalid) as refused:
        read_content(content(**wrong))
    assert pointer in [error.pointer for error in refused.value.errors]
