"""Whoever has a task of a process is told what its result decides there."""

import pytest
from django.utils import translation

from kinflow.customers.activities.actions import plan_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.card import process_card
from kinflow.processes.execution.deciding import what_it_decides
from kinflow.records.faces import registry
from tests.automation.given import lead

from .given import by_of, design, owner
from .test_pages import get

pytestmark = pytest.mark.django_db
WAYS = ("s start; a task; x xor; b task; c task; e end", "s a; a x; x b; x c{}; b e; c e")
APPROVED = {"x_b": {"results": ["approved", "done"]}}


@pytest.fixture
def me():
    return owner()


def decided(me, flows, bindings):
    made = design(me, WAYS[0], WAYS[1].format(flows), {"a": {"kind": "task", "assign": "owner"}, **bindings})
    start_process(design=made, about=lead(owner=me), by=by_of(me))
    return what_it_decides(registry["activity"], Activity.objects.get(), "finish", actor_of_person(me))


def test_each_result_is_told_with_where_it_leads(me):
    told = decided(me, " default", APPROVED)
    assert "<dt>Done, Approved</dt><dd>b</dd>" in told.replace("Approved, Done", "Done, Approved")
    assert "<dt>Anything else</dt><dd>c</dd>" in told
    task = Activity.objects.get()
    assert told in process_card(registry["activity"], task, by_of(me))
    assert told in get(me, f"/activities/{task.pk}/do/finish/").content.decode()
    assert "task-ways" not in get(me, f"/activities/{task.pk}/do/cancel/").content.decode()
    with translation.override("zh-hans"):
        assert "其他结果" in what_it_decides(registry["activity"], task, "finish", by_of(me))


def test_a_result_that_leads_nowhere_is_told_before_it_is_given(me):
    told = decided(me, "", APPROVED | {"x_c": {"results": ["refused"]}})
    assert "<dt>Refused</dt><dd>c</dd>" in told
    assert "no way on: the process would be stuck" in told


def test_nothing_is_told_where_a_condition_decides_too_or_no_process_waits(me):
    condition = {"condition": {"field": "need", "op": "contains", "value": "Pump"}}
    assert decided(me, " default", APPROVED | {"x_b": condition}) == ""
    alone = plan_activity(subject="Call", by=SYSTEM)
    assert what_it_decides(registry["activity"], alone, "finish", by_of(me)) == ""
