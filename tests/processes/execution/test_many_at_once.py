"""Many workers, and death in the middle: every step happens once."""

from unittest import mock

import pytest

from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.execution.actions import start_once, start_process
from kinflow.processes.execution.batch import Batch
from kinflow.processes.execution.going_on import Happened, go_on
from kinflow.processes.execution.models import ProcessInstance
from tests.automation.given import lead
from tests.automation.test_concurrency import at_once

from .given import at, by_of, design, owner

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


def test_what_is_finished_by_many_at_once_goes_on_once():
    me = owner()
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    token = started.tokens.get().number
    at_once(*[lambda: go_on(happenings=[Happened(started.pk, token)], by=SYSTEM) for _ in range(THREADS)])
    assert at(started) == ["b"]
    assert Activity.objects.filter(subject="b").count() == 1
    assert Entry.objects.filter(name="processes.process_step_done").count() == 1


def test_both_ways_of_a_fork_finished_at_once_join_once():
    me = owner()
    made = design(
        me, "s start; f and; a task; b task; j and; c task; e end", "s f; f a; f b; a j; b j; j c; c e"
    )
    started = start_process(design=made, about=lead(), by=by_of(me))
    numbers = list(started.tokens.values_list("number", flat=True))
    at_once(
        *[
            lambda n=n: go_on(happenings=[Happened(started.pk, n)], by=SYSTEM)
            for n in numbers
            for _ in range(2)
        ]
    )
    assert at(started) == ["c"]
    assert Activity.objects.filter(subject="c").count() == 1


def test_one_cause_starts_one_instance_however_many_workers_see_it():
    me = owner()
    made, about = design(me, "s start; a task; e end", "s a; a e"), lead()
    at_once(*[lambda: start_once(design=made, about=about, key="cause", by=SYSTEM) for _ in range(THREADS)])
    assert ProcessInstance.objects.count() == 1
    assert Activity.objects.count() == 1


def test_dying_in_the_middle_of_a_move_leaves_nothing_of_it():
    me = owner()
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    token = started.tokens.get().number
    told = Entry.objects.count()
    with mock.patch.object(Batch, "_write_waits", side_effect=MemoryError), pytest.raises(MemoryError):
        go_on(happenings=[Happened(started.pk, token)], by=SYSTEM)
    assert (at(started), Activity.objects.count(), Entry.objects.count()) == (["a"], 1, told)
    assert go_on(happenings=[Happened(started.pk, token)], by=SYSTEM)
    assert at(started) == ["b"]
