"""Somebody leaves while having a task of a process: it finds the next, or is stuck and says so; nothing is lost."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from kinflow.automation.clock.models import Moment
from kinflow.automation.messages.models import Message
from kinflow.conditions.dates import start_of
from kinflow.customers.activities.actions import assign_activity, finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.organisation.people.actions import record_leaving
from kinflow.processes.execution.actions import retry_step, start_process
from kinflow.processes.execution.leaving import LEAVING
from tests.automation.given import lead, person, unit
from tests.processes.execution.given import at, by_of, design, follow, owner
from tests.processes.execution.test_pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def left():
    """A process owner, and an instance whose task is had by somebody who left."""
    me, rep = owner(), person("Qian", unit("West"))
    made = design(
        me, "s start; a task; b task; e end", "s a; a b; b e", {"a": {"kind": "task", "assign": "owner"}}
    )
    started = start_process(design=made, about=lead(owner=rep), by=by_of(me))
    assert Activity.objects.get().owner == rep
    record_leaving(person=rep, on=date(2026, 1, 1), by=SYSTEM)
    follow()
    started.refresh_from_db()
    return me, started


def test_it_is_stuck_and_the_owner_of_the_design_is_told(left):
    me, started = left
    assert (started.state, at(started)) == ("stuck", ["a"])
    assert "has left" in started.tokens.get().fault
    assert Message.objects.filter(person=me, key__startswith="process_stuck:").count() == 1


def test_it_says_so_in_the_language_of_whoever_looks(left):
    me, started = left
    with translation.override("zh-hans"):
        page = get(me, f"/process-instance/{started.pk}/").content.decode()
        many = get(me, f"/process-design/{started.design_id}/running/").content.decode()
    assert "此步骤的任务人已离职。" in page
    assert "请将任务改派给他人后重试" in page
    assert "此步骤的任务人已离职。" in many


def test_it_runs_again_when_that_is_mended_and_its_step_is_not_done_twice(left):
    me, started = left
    retry_step(processinstance=started, token=started.tokens.get().number, by=by_of(me))
    started.refresh_from_db()
    assert (started.state, at(started), Activity.objects.count()) == ("running", ["a"], 1)


def test_the_task_can_still_be_finished_by_whoever_takes_it_over(left):
    _me, started = left
    finish_activity(activity=Activity.objects.get(), result="done", by=SYSTEM)
    follow()
    started.refresh_from_db()
    assert (started.state, at(started)) == ("running", ["b"])


def test_a_task_that_the_scoring_gave_is_handed_back_for_another_and_the_log_says_so():
    me, rep = owner(), person("Qian", unit("West"))
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    task = Activity.objects.get()
    assign_activity(activity=task, person=rep, by=SYSTEM)
    record_leaving(person=rep, on=date(2026, 1, 1), by=SYSTEM)
    follow()
    started.refresh_from_db()
    task.refresh_from_db()
    assert (started.state, at(started), task.owner, task.status) == ("running", ["a"], None, "planned")
    assert Entry.objects.filter(name__endswith="handed_back").count() == 1


def test_tasks_are_handed_back_when_the_day_comes_and_stay_until_then():
    me, rep = owner(), person("Qian", unit("West"))
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    task, day = Activity.objects.get(), timezone.localdate() + timedelta(days=10)
    assign_activity(activity=task, person=rep, by=SYSTEM)
    record_leaving(person=rep, on=day, by=SYSTEM)
    follow()
    follow(_midnight(day) - timedelta(seconds=1))
    task.refresh_from_db()
    assert task.owner == rep

    follow(_midnight(day))
    started.refresh_from_db()
    task.refresh_from_db()
    assert (started.state, at(started), task.owner, task.status) == ("running", ["a"], None, "planned")
    assert Entry.objects.filter(name__endswith="handed_back").count() == 1


def test_a_task_that_came_after_the_leaving_was_recorded_is_not_left_behind_either():
    me, rep = owner(), person("Qian", unit("West"))
    bindings = {"a": {"kind": "task", "assign": "owner"}}
    made = design(me, "s start; a task; e end", "s a; a e", bindings)
    day = timezone.localdate() + timedelta(days=10)
    record_leaving(person=rep, on=day, by=SYSTEM)
    follow()
    started = start_process(design=made, about=lead(owner=rep), by=by_of(me))
    assert (started.state, Activity.objects.get().owner) == ("running", rep)

    follow(_midnight(day))
    started.refresh_from_db()
    assert (started.state, at(started)) == ("stuck", ["a"])
    assert "has left" in started.tokens.get().fault


def test_on_the_day_itself_nothing_waits_for_the_clock():
    me, rep = owner(), person("Qian", unit("West"))
    made = design(me, "s start; a task; e end", "s a; a e")
    start_process(design=made, about=lead(owner=me), by=by_of(me))
    task = Activity.objects.get()
    assign_activity(activity=task, person=rep, by=SYSTEM)
    record_leaving(person=rep, on=timezone.localdate(), by=SYSTEM)
    follow()
    task.refresh_from_db()
    assert (task.owner, Moment.objects.filter(handler=LEAVING).count()) == (None, 0)


def _midnight(day: date) -> datetime:
    return start_of(day, timezone.get_current_timezone())
