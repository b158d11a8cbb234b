"""Designs that call designs that call designs: so deep and no deeper, and nothing of what is refused is left."""

import pytest

from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.processes.execution.moving import DEEPEST_CALL, CannotGoOn
from tests.automation.given import lead

from .given import by_of, design, follow, owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return owner()


def chain(me, depth, before="s k"):
    """The first of so many designs of which each calls the next, the last gives a task."""
    called = design(me, "s start; a task; e end", "s a; a e", name="0")
    nodes = "s start; w task; k call; e end" if "w" in before else "s start; k call; e end"
    for number in range(1, depth):
        called = design(me, nodes, f"{before}; k e", {"k": {"design": called.pk}}, name=str(number))
    return called


def test_calls_as_deep_as_may_be_begin(me):
    start_process(design=chain(me, DEEPEST_CALL), about=lead(), by=by_of(me))
    assert ProcessInstance.objects.count() == DEEPEST_CALL


def test_one_more_begins_nothing(me):
    with pytest.raises(CannotGoOn, match="too deep") as refused:
        start_process(design=chain(me, DEEPEST_CALL + 1), about=lead(), by=by_of(me))
    assert refused.value.remedy
    assert not ProcessInstance.objects.exists()
    assert not Activity.objects.exists()


def test_one_more_that_comes_while_they_run_is_stuck_and_the_others_go_on(me):
    start_process(design=chain(me, DEEPEST_CALL + 1, "s w; w k"), about=lead(), by=by_of(me))
    for _ in range(DEEPEST_CALL):
        finish_activity(activity=Activity.objects.get(status="planned"), by=by_of(me))
        follow()
    states = list(ProcessInstance.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["running"] * (DEEPEST_CALL - 1) + ["stuck"]
    assert "too deep" in ProcessInstance.objects.latest("pk").tokens.get().fault
