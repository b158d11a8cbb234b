"""Running instances are taken to another version: tasks and times go with them, what has no place stays and says so."""

from contextlib import suppress
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from kinflow.automation.clock.models import Moment
from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.processes.deployments.background import move_batch
from kinflow.processes.deployments.mapping import proposed
from kinflow.processes.deployments.models import VersionMove
from kinflow.processes.deployments.moving import move_instances
from kinflow.processes.designs.actions import change_design
from kinflow.processes.designs.kept import plan_for
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessWait
from tests.automation.given import lead, person, unit
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import DAY, at, by_of, design, follow, owner

pytestmark = pytest.mark.django_db
HOUR = {"duration": {"amount": 1, "unit": "hours"}}


@pytest.fixture
def me():
    return owner()


def changed(me, made, nodes, bindings=None):
    made = change_design(processdesign=made, file=bpmn(*nodes), by=by_of(me))
    return change_design(processdesign=made, bindings=bindings, by=by_of(me)) if bindings else made


def move(me, made, number, mapping=None, **more):
    """Move all instances of a version to the newest, by the proposed mapping; how it went."""
    given = (
        proposed(plan_for(made.pk, number), plan_for(made.pk, made.number)) if mapping is None else mapping
    )
    row = move_instances(
        processdesign=made,
        number=number,
        to=made.number,
        mapping=given,
        reason="Better",
        by=by_of(me),
        **more,
    )
    while move_batch(row.pk):
        pass
    row.refresh_from_db()
    return row


def test_a_task_goes_along_and_its_timer_is_that_of_the_new_version(me):
    nodes = ("s start; a task; t border timer on=a; late task; e end", "s a; a e; t late; late e")
    made = design(me, *nodes, {"t": DAY})
    started = start_process(design=made, about=lead(), by=by_of(me))
    after = (
        "s start; a task; u border timer on=a; late task; b task; e end",
        "s a; a b; b e; u late; late e",
    )
    made = changed(me, made, after, {"u": HOUR})
    row = move(me, made, 2)
    assert (row.moved, row.stayed) == (1, {})
    started.refresh_from_db()
    assert (started.number, at(started)) == (made.number, ["a"])
    assert Activity.objects.filter(status="planned").count() == 1
    assert [m.key.rpartition(":")[2] for m in Moment.objects.filter(handler="processes.timer")] == ["u"]
    due = Moment.objects.get(handler="processes.timer").at
    assert abs(due - started.tokens.get().since - timedelta(hours=1)) < timedelta(seconds=2)
    finish_activity(activity=Activity.objects.get(status="planned"), result="done", by=SYSTEM)
    follow()
    assert at(started) == ["b"]
    told = Entry.objects.get(name="processes.process_version_changed")
    assert (told.data["before"], told.data["reason"]) == (2, "Better")


def test_what_has_no_place_stays_whole_and_is_named(me):
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    stays = start_process(design=made, about=lead(), by=by_of(me))
    made = changed(me, made, ("s start; b task; e end", "s b; b e"))
    row = move(me, made, 1)
    stays.refresh_from_db()
    assert (stays.number, at(stays), row.moved) == (1, ["a"], 0)
    assert list(row.stayed.values()) == [1]
    assert "“a”" in next(iter(row.reasons))
    assert Entry.objects.get(name="processes.instances_moving").data["stays"] == ["a"]


def test_a_mapping_says_which_step_is_which(me):
    made = design(me, "s start; a task; e end", "s a; a e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    made = changed(me, made, ("s start; z task; e end", "s z; z e"))
    move(me, made, 1, {"a": "z"})
    assert at(started) == ["z"]
    assert Activity.objects.count() == 1


def test_tokens_that_wait_for_each_other_go_on_waiting_or_meet_where_nothing_is_missing(me):
    made = design(
        me, "s start; f and; a task; b task; j and; c task; e end", "s f; f a; f b; a j; b j; j c; c e"
    )
    started = start_process(design=made, about=lead(), by=by_of(me))
    finish_activity(activity=Activity.objects.get(subject="a"), result="done", by=SYSTEM)
    follow()
    assert at(started) == ["b", "j"]
    made = changed(
        me,
        made,
        ("s start; f and; a task; b task; j and; d task; e end", "s f; f a; f b; a j; b j; j d; d e"),
    )
    move(me, made, 1)
    assert at(started) == ["b", "j"]
    finish_activity(activity=Activity.objects.get(subject="b"), result="done", by=SYSTEM)
    follow()
    assert at(started) == ["d"]


def test_what_is_waited_for_is_what_the_new_version_waits_for(me):
    made = design(
        me,
        "s start; v catch message; a task; e end",
        "s v; v a; a e",
        {"v": {"event": "sales.lead_qualified"}},
    )
    started = start_process(design=made, about=lead(), by=by_of(me))
    made = change_design(
        processdesign=made, bindings={"v": {"event": "sales.lead_disqualified"}}, by=by_of(me)
    )
    move(me, made, 2)
    assert at(started) == ["v"]
    assert ProcessWait.objects.get().event == "sales.lead_disqualified"


def test_a_person_s_task_does_not_become_the_programs(me):
    made = design(me, "s start; a task; e end", "s a; a e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    steps = {"a": {"do": [{"step": "change_fields", "parameters": {"values": {"notes": "x"}}}]}}
    made = change_design(processdesign=made, bindings=steps, by=by_of(me))
    row = move(me, made, 1)
    started.refresh_from_db()
    assert (started.number, row.moved, sum(row.stayed.values())) == (1, 0, 1)


@pytest.mark.parametrize(
    ("what", "pointer"),
    [
        ({"reason": " "}, "/reason"),
        ({"number": 7}, "/number"),
        ({"to": 1}, "/to"),
        ({"mapping": {"a": "nowhere"}}, "/mapping/a"),
        ({"mapping": {"a": "e"}}, "/mapping/a"),
    ],
)
def test_a_wrong_move_is_named_at_its_place(me, what, pointer):
    made = design(me, "s start; a task; e end", "s a; a e")
    made = changed(me, made, ("s start; a task; b task; e end", "s a; a b; b e"))
    given = {"number": 1, "to": 2, "mapping": {"a": "a"}, "reason": "Better"} | what
    with pytest.raises(Invalid) as refused:
        move_instances(processdesign=made, by=by_of(me), **given)
    assert refused.value.errors[0].pointer == pointer


@pytest.mark.parametrize("role", ["representative", "team_lead", "auditor"])
def test_only_process_owners_move_instances(me, role):
    made = design(me, "s start; a task; e end", "s a; a e")
    other = person("Qian", unit("West"), roles=(role,))
    with pytest.raises(Refused):
        move_instances(processdesign=made, number=1, to=1, mapping={}, reason="x", by=by_of(other))


@pytest.mark.django_db(transaction=True)
def test_dying_in_the_middle_of_a_batch_loses_and_doubles_nothing():
    me = owner()
    made = design(me, "s start; a task; e end", "s a; a e")
    for _ in range(3):
        start_process(design=made, about=lead(), by=by_of(me))
    made = changed(me, made, ("s start; a task; b task; e end", "s a; a b; b e"))
    row = move_instances(
        processdesign=made, number=1, to=2, mapping={"a": "a"}, reason="Better", by=by_of(me)
    )
    dies = mock.patch("kinflow.processes.deployments.background.note_progress", side_effect=MemoryError)
    with dies, suppress(MemoryError):
        move_batch(row.pk)
    assert not Entry.objects.filter(name="processes.process_version_changed").exists()
    assert move_batch(row.pk)
    assert not move_batch(row.pk)
    assert Entry.objects.filter(name="processes.process_version_changed").count() == 3
    assert VersionMove.objects.get().ended_at < timezone.now()
    assert Activity.objects.count() == 3
