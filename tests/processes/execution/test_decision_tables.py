"""A decision table asked by a process: gateways go by what it said."""

import pytest

from kinflow.automation.decisions.actions import change_table, put_table_live
from kinflow.automation.steps.ask_table import AskTable
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.processes.designs.actions import change_design
from kinflow.processes.designs.kept import checked_version
from kinflow.processes.designs.versions import newest
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.outcomes import outcomes_of
from tests.automation.decisions_given import content, table
from tests.automation.given import lead

from .given import at, by_of, design, owner

pytestmark = pytest.mark.django_db

NODES = "start start; rank businessRuleTask; way xor; senior task; other task; end end"
FLOWS = "start rank; rank way; way senior; way other default; senior end; other end"


def needs(text, **more):
    """A table about what leads need."""
    about = {"content": content((text, "senior"), ("-", "junior"), about="record.need")}
    return table(kind="lead", **about | more)


def asks(row):
    return {"do": [{"step": "ask_table", "parameters": {"table": str(row.pk)}}]}


def ways(row, test="senior", outcome="rank"):
    return {"rank": asks(row), "way_senior": {"outcome": outcome, "test": test}}


@pytest.mark.parametrize(("need", "where"), [("pumps", "senior"), ("valves", "other")])
def test_the_way_goes_by_what_the_table_said(need, where):
    who = owner()
    made = design(who, NODES, FLOWS, ways(needs(need)))
    started = start_process(design=made, about=lead(owner=who), by=by_of(who))
    started.refresh_from_db()
    assert at(started) == [where]
    assert outcomes_of(started)["rank"]["value"] == ("senior" if where == "senior" else "junior")


def test_the_version_that_counts_when_it_is_asked_is_used():
    who, row = owner(), needs("valves")
    made = design(who, NODES, FLOWS, ways(row))
    row.refresh_from_db()
    more = content(("pumps", "senior"), ("-", "junior"), about="record.need")
    put_table_live(
        decisiontable=change_table(decisiontable=row, changes={"content": more}, by=SYSTEM), by=SYSTEM
    )
    started = start_process(design=made, about=lead(owner=who), by=by_of(who))
    assert at(started) == ["senior"]


@pytest.mark.parametrize(
    ("flow", "pointer"),
    [
        ({"outcome": "colour", "test": "red"}, "/bindings/way_senior/outcome"),
        ({"outcome": "rank", "test": ""}, "/bindings/way_senior/test"),
        ({"outcome": "rank", "test": "a,,b"}, "/bindings/way_senior/test"),
    ],
)
def test_what_no_table_says_is_told_when_the_design_is_changed(flow, pointer):
    who = owner()
    made = design(who, NODES, FLOWS, live=False)
    with pytest.raises(Invalid) as errors:
        change_design(
            processdesign=made, bindings={"rank": asks(needs("pumps")), "way_senior": flow}, by=by_of(who)
        )
    assert pointer in {error.pointer for error in errors.value.errors}


def test_a_rule_task_without_a_table_and_a_table_that_does_not_count_are_told():
    who = owner()
    made = design(who, NODES, FLOWS, live=False)
    assert "no_do" in {fault.code for fault in checked_version(made, newest(made)).faults}
    draft = needs("pumps", is_live=False)
    with pytest.raises(Invalid):
        change_design(processdesign=made, bindings={"rank": asks(draft)}, by=by_of(who))
    assert AskTable(table=str(draft.pk)).check("lead")
    assert AskTable(table=str(needs("pumps", name="Other").pk)).check("case")
