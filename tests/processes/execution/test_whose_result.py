"""A gateway goes by what came out of the task that the way comes from, whatever is done beside it meanwhile."""

import pytest

from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.actions import change_design, newest
from kinflow.processes.designs.deciding_tasks import task_before
from kinflow.processes.designs.kept import checked_version
from kinflow.processes.designs.plans import plan_of
from kinflow.processes.designs.telling import rows_of
from kinflow.processes.execution.actions import start_process
from kinflow.sales.leads.actions import change_lead
from tests.automation.given import lead

from .drawn import bpmn
from .given import at, by_of, design, follow, owner

pytestmark = pytest.mark.django_db

BESIDE = (
    "s start; both and; ask task; told catch message; said xor; good task; bad task; met xor; side task;"
    " joined and; e end",
    "s both; both ask; ask told; told said; said good; said bad default; good met; bad met; met joined;"
    " both side; side joined; joined e",
)
BOUND = {
    "ask": {"subject": {"en": "Ask"}, "kind": "approval", "assign": "owner"},
    "side": {"subject": {"en": "Side"}, "assign": "owner"},
    "told": {"event": "sales.lead_changed"},
    "said_good": {"results": ["approved"]},
}


@pytest.fixture
def me():
    return owner()


def finish(subject, result):
    row = Activity.objects.get(subject=subject, status="planned")
    finish_activity(activity=row, result=result, by=SYSTEM)
    follow()


@pytest.mark.parametrize(("said", "way"), [("approved", "good"), ("refused", "bad")])
def test_what_is_done_beside_the_way_decides_nothing(me, said, way):
    row = lead(owner=me)
    began = start_process(design=design(me, *BESIDE, BOUND), about=row, by=by_of(me))
    finish("Ask", said)
    finish("Side", "refused" if said == "approved" else "approved")
    change_lead(lead=row, changes={"notes": "Rang"}, by=SYSTEM)
    follow()
    assert at(began) == sorted(["joined", way])


JOINED = (
    "s start; both and; a task; b task; joined and; x xor; c task; d task; e end",
    "s both; both a; both b; a joined; b joined; joined x; x c; x d default; c e; d e",
)


@pytest.mark.parametrize("last", ["A", "B"])
def test_after_a_join_it_can_be_said_whose_result_is_meant(me, last):
    bound = {key.lower(): {"subject": {"en": key}, "assign": "owner"} for key in "AB"}
    made = design(me, *JOINED, {**bound, "x_c": {"results": ["approved"], "of": "b"}})
    began = start_process(design=made, about=lead(owner=me), by=by_of(me))
    for subject in "AB" if last == "B" else "BA":
        finish(subject, "approved" if subject == "B" else "refused")
    assert at(began) == ["c"]


def test_whose_result_is_meant_is_a_task_of_a_person(me):
    made = design(me, *JOINED, live=False)
    with pytest.raises(Invalid) as refused:
        change_design(
            processdesign=made, bindings={"x_c": {"results": ["approved"], "of": "joined"}}, by=by_of(me)
        )
    assert [each.pointer for each in refused.value.errors] == ["/bindings/x_c/of"]


@pytest.mark.parametrize(
    ("nodes", "flows", "task"),
    [
        ("s start; a task; b auto; x xor; c task; e end", "s a; a b; b x; x c; x a; c e", "a"),
        ("s start; a task; b task; x xor; c task; e end", "s a; a b; b x; x c; x a; c e", "b"),
        ("s start; m xor; a task; w xor; b task; x xor; c end; e end", "s m; m a; m b; a w; b w; w x; x c; x e", ""),
        ("s start; x xor; a task; e end", "s x; x a; x e; a e", ""),
        ("s start; a task; late border on=a timer; m xor; x xor; c end; e end", "s a; a m; late m; m x; x c; x e", ""),
    ],
)  # fmt: skip
def test_it_is_the_one_task_that_all_ways_come_from(nodes, flows, task):
    plan, faults = plan_of(read_bpmn(bpmn(nodes, flows)))
    assert plan is not None, faults
    assert task_before(plan, next(flow for flow, source in plan.sources.items() if source == "x")) == task


def test_a_step_that_the_program_does_is_passed_over():
    plan, _faults = plan_of(
        read_bpmn(bpmn("s start; a task; b task; x xor; c end; e end", "s a; a b; b x; x c; x e"))
    )
    assert task_before(plan, "x_c", {"b"}) == "a"


def test_the_list_says_whose_result_is_meant(me):
    made = design(me, *BESIDE, BOUND)
    found = checked_version(made, newest(made))
    assert found.plan is not None
    told = next(row.told for row in rows_of("lead", found.plan, found.bindings) if row.id == "said")
    assert "“ask” came out as “Approved”" in told
