"""Compensation in operation: tasks of what undoes, what the log tells, what people see, and instances that are moved."""

import pytest

from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.showing import standings
from kinflow.sales.leads.models import Lead
from tests.automation.given import lead
from tests.processes.deployments.test_moving import changed, move

from .given import MARK_HOT, at, by_of, design, follow, owner
from .test_instances import finish

pytestmark = pytest.mark.django_db
BOOKED = (
    "s start; a task; b task; c task; x xor; e end; t end compensate; ua task undoes=a; ub auto undoes=b",
    "s a; a b; b c; c x; x e; x t default",
)
BOUND = {"x_e": {"results": ["approved"]}, "ub": MARK_HOT}


@pytest.fixture
def me():
    return owner()


def booked(me):
    """An instance with two steps done that can be undone, at the third."""
    started = start_process(design=design(me, *BOOKED, BOUND), about=lead(owner=me), by=by_of(me))
    finish()
    finish()
    return started


def test_what_was_done_is_undone_and_the_log_tells_what_and_why(me):
    started = booked(me)
    assert sorted(started.tokens.values_list("node", "state")) == [
        ("a", "undoable"), ("b", "undoable"), ("c", "waits"),
    ]  # fmt: skip
    assert [s.step for s in standings(started, by_of(me))] == ["c"]
    finish("refused")
    started.refresh_from_db()
    assert (started.state, at(started)) == ("running", ["t", "ua"])
    assert Lead.objects.get().notes == "Looked at"
    told = [(s.step, s.told) for s in standings(started, by_of(me))]
    assert ("t", "Has steps undone, the last first.") in told
    assert Activity.objects.get(status="planned").subject == "ua"
    finish()
    started.refresh_from_db()
    assert (started.state, at(started)) == ("done", [])
    entries = Entry.objects.filter(name="processes.process_step_undone").order_by("pk")
    assert [(e.data["step"], e.data["undone"], e.data["because"]) for e in entries] == [
        ("ub", "b", "t"), ("ua", "a", "t"),
    ]  # fmt: skip


def test_what_ends_well_undoes_nothing_and_leaves_nothing(me):
    started = booked(me)
    finish("approved")
    started.refresh_from_db()
    assert (started.state, at(started)) == ("done", [])
    assert not Entry.objects.filter(name="processes.process_step_undone").exists()


def test_what_can_be_undone_goes_along_to_another_version_but_not_while_it_is_undone(me):
    stays = booked(me)
    finish("refused")
    goes = start_process(design=stays.design, about=lead(owner=me, name="Other"), by=by_of(me))
    task = Activity.objects.filter(subject="a", status="planned")[:1].get()
    finish_activity(activity=task, result="done", by=SYSTEM)
    follow()
    made = changed(me, stays.design, (f"{BOOKED[0]}; z task", BOOKED[1].replace("c x", "c z; z x")), BOUND)
    row = move(me, made, goes.number)
    assert (row.moved, list(row.reasons)) == (1, ["“t” has steps undone, and ends by its version"])
    assert at(goes) == ["a", "b"]
