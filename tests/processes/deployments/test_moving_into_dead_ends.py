"""Instances are not moved to where the new version could never end: they stay whole, and the reason is counted."""

import pytest

from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.kit.problem import Invalid
from kinflow.processes.deployments.background import move_batch
from kinflow.processes.deployments.models import VersionMove
from kinflow.processes.deployments.moving import move_instances
from kinflow.processes.designs.actions import change_design
from kinflow.processes.execution.actions import start_process
from tests.automation.given import lead
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import at, by_of, design, follow, owner

pytestmark = pytest.mark.django_db
BOTH = ("s start; x and; a task; b task; y and; e end", "s x; x a; x b; a y; b y; y e")
EITHER = ("s start; w task; x xor; a task; b task; y xor; e end", "s w; w x; x a; x b default; a y; b y; y e")
HOT = {"x_a": {"condition": {"field": "score", "op": "at_least", "value": 0}}}


@pytest.fixture
def me():
    return owner()


def moved(me, made, nodes, mapping, number):
    """How a move of all instances of a version to a new one went."""
    made = change_design(processdesign=made, file=bpmn(*nodes), by=by_of(me))
    row = move_instances(
        processdesign=made, number=number, to=made.number, mapping=mapping, reason="Better", by=by_of(me)
    )
    while move_batch(row.pk):
        pass
    row.refresh_from_db()
    return row


def finish_all(me):
    for task in Activity.objects.filter(status="planned"):
        finish_activity(activity=task, by=by_of(me))
    follow()


def test_two_steps_that_would_come_to_one_leave_the_instance_as_it_is(me):
    made = design(me, *BOTH)
    started = start_process(design=made, about=lead(), by=by_of(me))
    mapping = {"s": "s", "a": "a", "b": "a", "e": "e"}
    row = moved(me, made, ("s start; a task; e end", "s a; a e"), mapping, 1)
    assert (row.moved, row.reasons) == (0, {"Two steps would come together at “a”": 1})
    finish_all(me)
    started.refresh_from_db()
    assert (started.number, started.state) == (1, "done")


def test_one_of_two_ways_does_not_become_one_of_two_branches_whose_join_would_wait_for_ever(me):
    made = design(me, *EITHER, HOT)
    started = start_process(design=made, about=lead(), by=by_of(me))
    finish_all(me)
    assert at(started) == ["a"]
    row = moved(me, made, BOTH, {each: each for each in "sabe"}, 2)
    assert (row.moved, row.reasons) == (0, {"From where it stands, the new version would never end": 1})
    finish_all(me)
    started.refresh_from_db()
    assert (started.number, started.state) == (2, "done")


def test_what_can_end_from_there_is_moved_and_ends(me):
    made = design(me, *BOTH)
    start_process(design=made, about=lead(), by=by_of(me))
    after = ("s start; x and; a task; b task; y and; z task; e end", "s x; x a; x b; a y; b y; y z; z e")
    row = moved(me, made, after, {each: each for each in "sxabye"}, 1)
    assert (row.moved, row.reasons) == (1, {})
    finish_all(me)
    finish_all(me)
    assert made.instances.get().state == "done"


@pytest.mark.parametrize(
    ("mapping", "pointer"),
    [({"zz": "a"}, "/mapping/zz"), ({"a": "zz"}, "/mapping/a"), ({"a": "s"}, "/mapping/a"), ({"a": "y"}, "/mapping/a")],
)  # fmt: skip
def test_a_mapping_that_names_what_is_not_there_or_of_another_kind_begins_nothing(me, mapping, pointer):
    made = change_design(processdesign=design(me, *BOTH), file=bpmn(*BOTH, name="New"), by=by_of(me))
    with pytest.raises(Invalid) as refused:
        move_instances(processdesign=made, number=1, to=2, mapping=mapping, reason="Better", by=by_of(me))
    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert not VersionMove.objects.exists()
