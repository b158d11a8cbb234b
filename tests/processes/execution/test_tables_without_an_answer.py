"""Decision tables that say nothing, or cannot be asked, in a running instance: the default is taken, or it is told."""

import pytest

from kinflow.automation.clock.models import Moment
from kinflow.automation.decisions import actions as table_actions
from kinflow.automation.decisions.actions import TableNeeded, put_table_live, remove_table, take_table_off
from kinflow.automation.decisions.models import DecisionTable
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.processes.designs.actions import take_off
from kinflow.processes.execution.actions import retry_step, start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.processes.execution.moving import CannotGoOn
from kinflow.processes.execution.outcomes import outcomes_of
from tests.automation.decisions_given import content, table
from tests.automation.given import lead

from .given import at, by_of, design, owner

pytestmark = pytest.mark.django_db
NODES = "s start; rank businessRuleTask; way xor; senior task; other task; e end"
FLOWS = "s rank; rank way; way senior; way other default; senior e; other e"


@pytest.fixture
def me():
    return owner()


def asking(me, *rows, flows=FLOWS, about="record.need", **more):
    """A design that asks a table about what leads need, and the table."""
    row = table(kind="lead", content=content(*rows, about=about, **more))
    asks = {"do": [{"step": "ask_table", "parameters": {"table": str(row.pk)}}]}
    ways = {
        f"way_{to}": {"outcome": "rank", "test": test} for to, test in (("senior", "high"), ("other", "low"))
    }
    if "default" in flows:
        del ways["way_other"]
    return design(me, NODES, flows, {"rank": asks, **ways}), row


def started(me, made):
    return start_process(design=made, about=lead(owner=me), by=by_of(me))


def test_where_no_row_holds_nothing_is_said_and_the_default_is_taken(me):
    made, _row = asking(me, ("valves", "high"))
    instance = started(me, made)
    assert at(instance) == ["other"]
    assert outcomes_of(instance) == {}


def test_where_there_is_no_default_either_nothing_begins_and_the_gateway_is_named(me):
    made, _row = asking(me, ("valves", "high"), ("gears", "low"), flows=FLOWS.replace(" default", ""))
    with pytest.raises(CannotGoOn, match="No condition holds at “way”") as refused:
        started(me, made)
    assert refused.value.remedy
    assert not ProcessInstance.objects.exists()


def test_rows_that_hold_at_once_are_refused_when_the_table_is_written(me):
    with pytest.raises(Invalid, match="both hold"):
        asking(me, ("pumps", "high"), ("-", "low"), hit="unique")


def test_a_table_that_a_design_at_work_asks_stays(me):
    made, row = asking(me, ("-", "high"))
    for leave in (take_table_off, remove_table):
        with pytest.raises(TableNeeded, match="The design “Quote” asks this table"):
            leave(decisiontable=row, by=SYSTEM)
    take_off(processdesign=made, by=by_of(me))
    remove_table(decisiontable=row, by=SYSTEM)
    assert not DecisionTable.objects.exists()


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_table_that_cannot_be_asked_is_tried_again_and_says_what_to_do(me, is_gone, monkeypatch):
    made, row = asking(me, ("-", "high"), about="record.need" if is_gone else "record.score / 0")
    if is_gone:
        monkeypatch.setattr(table_actions, "in_use", [])  # as where only old instances ask it
        row = take_table_off(decisiontable=row, by=SYSTEM)
    instance = started(me, made)
    token = instance.tokens.get()
    assert (token.node, bool(token.fault), bool(token.remedy)) == ("rank", True, True)
    assert Moment.objects.filter(handler="processes.retry").count() == 1
    if is_gone:
        put_table_live(decisiontable=row, by=SYSTEM)
        retry_step(processinstance=instance, token=token.number, by=by_of(me))
        assert at(instance) == ["senior"]
