"""Many workers, and death in the middle: one version for a record, one deployment for a design, one return."""

from contextlib import suppress
from unittest import mock

import pytest
from django.utils import timezone

from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict
from kinflow.processes.deployments.actions import check_guards
from kinflow.processes.deployments.models import Deployment, Placement
from kinflow.processes.deployments.starting import Asked, start_asked
from kinflow.processes.execution.actions import cancel_process, start_process
from kinflow.processes.execution.batch import Batch
from kinflow.processes.execution.models import ProcessInstance
from tests.automation.given import lead
from tests.automation.test_concurrency import at_once
from tests.processes.execution.given import by_of, owner

from .test_deploying import deployed, two_versions

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 4


def start_one(running, about):
    start_asked(asked=[Asked(running, about, SYSTEM)], by=SYSTEM)


def test_workers_that_start_for_one_record_start_one_instance_by_one_version():
    me = owner()
    running = deployed(me, two_versions(me), way="share", share=50)
    about = lead()
    at_once(*[lambda: start_one(running, about) for _ in range(THREADS)])
    one = ProcessInstance.objects.get()
    assert Placement.objects.get().number == one.number
    assert Activity.objects.count() == 1


def test_a_trigger_and_people_at_once_come_to_the_same_version():
    me = owner()
    made = two_versions(me)
    running = deployed(me, made, way="share", share=50)
    about = lead()
    at_once(
        lambda: start_one(running, about),
        *[lambda: start_process(design=made, about=about, by=by_of(me)) for _ in range(THREADS)],
    )
    assert len(set(ProcessInstance.objects.values_list("number", flat=True))) == 1
    assert Placement.objects.count() == 1


def test_of_two_people_who_deploy_at_once_one_is_told_to_look_again():
    me = owner()
    made = two_versions(me)
    refused = []

    def go(share):
        try:
            deployed(me, made, way="share", share=share, seen=made.version)
        except Conflict as conflict:
            refused.append(conflict)

    at_once(lambda: go(10), lambda: go(20))
    assert len(refused) == 1
    assert Deployment.objects.count() == 1


def test_guards_asked_by_many_at_once_return_once():
    me = owner()
    made = two_versions(me)
    running = deployed(me, made, guards=[{"figure": "cancelled", "limit": 0, "least": 5}])
    for _ in range(5):
        one = start_process(design=made, about=lead(), by=by_of(me))
        cancel_process(processinstance=one, reason="No use", by=by_of(me))
    at_once(*[lambda: check_guards(deployment_id=running.pk, now=timezone.now(), by=SYSTEM)] * THREADS)
    assert Entry.objects.filter(name="processes.guard_returned").count() == 1


def test_dying_while_a_record_is_placed_and_started_leaves_nothing_of_either():
    me = owner()
    running = deployed(me, two_versions(me), way="share", share=50)
    about = lead()
    told = Entry.objects.count()
    with mock.patch.object(Batch, "_write_waits", side_effect=MemoryError), suppress(MemoryError):
        start_one(running, about)
    assert (Placement.objects.count(), ProcessInstance.objects.count()) == (0, 0)
    assert Entry.objects.count() == told
    start_one(running, about)
    assert ProcessInstance.objects.count() == 1
