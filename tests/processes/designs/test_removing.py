"""Designs that are gone: removed where nothing ran by them, kept where another calls them; calls of them are told."""

import pytest

from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict
from kinflow.processes.deployments.actions import deploy
from kinflow.processes.designs.actions import change_design, put_into_operation, remove_design, take_off
from kinflow.processes.designs.fitness import NotFitForOperation
from kinflow.processes.designs.models import DesignVersion, ProcessDesign
from kinflow.processes.execution.actions import retry_step, start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.processes.execution.moving import CannotGoOn
from tests.automation.given import lead
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import at, by_of, design, follow, owner
from tests.processes.execution.test_pages import post

pytestmark = pytest.mark.django_db
PLAIN = ("s start; a task; e end", "s a; a e")
CALL = ("s start; k call; e end", "s k; k e")
LATER = ("s start; w task; k call; e end", "s w; w k; k e")


@pytest.fixture
def me():
    return owner()


def calling(me, inner, nodes=CALL, **more):
    return design(me, *nodes, {"k": {"design": inner.pk}}, name="Outer", **more)


def off(me, inner):
    return take_off(processdesign=inner, by=by_of(me))


def test_a_design_that_nothing_ran_by_is_removed_with_its_versions_and_the_log_says_so(me):
    made = change_design(processdesign=design(me, *PLAIN, live=False), file=bpmn(*CALL), by=by_of(me))
    assert post(me, f"/process-design/{made.pk}/gone/").status_code == 302
    assert not ProcessDesign.objects.exists()
    assert not DesignVersion.objects.exists()
    assert Entry.objects.filter(name="processes.design_removed").count() == 1


def test_one_that_another_calls_stays_and_that_one_is_named(me):
    inner = design(me, *PLAIN)
    outer = calling(me, inner)
    with pytest.raises(Conflict, match="“Outer” calls this design") as refused:
        remove_design(processdesign=off(me, inner), by=by_of(me))
    assert refused.value.remedy
    off(me, outer)
    remove_design(processdesign=ProcessDesign.objects.get(pk=inner.pk), by=by_of(me))
    assert ProcessDesign.objects.get() == outer


def test_a_start_that_calls_what_is_not_in_operation_is_refused_by_the_step_and_leaves_nothing(me):
    inner = design(me, *PLAIN)
    outer = calling(me, inner)
    off(me, inner)
    with pytest.raises(CannotGoOn, match="“k” calls a design that is not in operation") as refused:
        start_process(design=outer, about=lead(), by=by_of(me))
    assert refused.value.remedy
    assert not ProcessInstance.objects.exists()


def test_an_instance_whose_call_is_gone_is_stuck_and_goes_on_when_that_is_mended(me):
    inner = design(me, *PLAIN)
    started = start_process(design=calling(me, inner, LATER), about=lead(), by=by_of(me))
    off(me, inner)
    finish_activity(activity=Activity.objects.get(), by=by_of(me))
    follow()
    started.refresh_from_db()
    token = started.tokens.get()
    assert (started.state, token.node) == ("stuck", "w")
    assert "not in operation" in token.fault
    assert token.remedy
    put_into_operation(processdesign=inner, by=by_of(me))
    retry_step(processinstance=started, token=token.number, by=by_of(me))
    started.refresh_from_db()
    assert (started.state, at(started)) == ("running", ["k"])


def test_what_only_a_deployed_version_calls_counts_for_going_in_circles(me):
    one, other = (design(me, *PLAIN, name=name) for name in ("One", "Other"))
    one = change_design(
        processdesign=one, file=bpmn(*CALL), bindings={"k": {"design": other.pk}}, by=by_of(me)
    )
    deploy(processdesign=one, number=2, way="share", share=50, by=by_of(me))
    other = change_design(
        processdesign=other, file=bpmn(*CALL), bindings={"k": {"design": one.pk}}, by=by_of(me)
    )
    with pytest.raises(NotFitForOperation, match="calls itself"):
        put_into_operation(processdesign=other, by=by_of(me))
    with pytest.raises(NotFitForOperation, match="calls itself"):
        deploy(processdesign=other, number=2, way="shadow", by=by_of(me))
