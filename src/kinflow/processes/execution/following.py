"""What lets instances go on: tasks that people finish, events and conditions that are waited for, and the clock."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.automation.clock import at_moment
from kinflow.automation.rules.event_names import events_about
from kinflow.customers.activities.models import Activity
from kinflow.customers.activities.rules import OPEN_STATUSES
from kinflow.eventlog import Actor
from kinflow.eventlog.actor import ChainTooDeep
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import OneHandler, Reader, readers
from kinflow.kit.problem import Conflict

from ..designs.kept import NotFit
from .actions import go_on, stop_at, try_again
from .models import CONDITION, OPEN, ProcessInstance, ProcessToken, ProcessWait
from .moving import CALL_ENDED, design_actor
from .shadow import working
from .shadow_steps import STEP_DONE, matching_steps
from .waits import RETRY, TIMER

NAME = "processes.execution"
FINISHED, CANCELLED = "customers.activity_finished", "customers.activity_cancelled"
LEFT = "organisation.person_left"


def wanted() -> set[str]:
    """The events that any instance waits for now, besides the ends of tasks."""
    found = {FINISHED, CANCELLED, LEFT}
    if ProcessInstance.objects.filter(is_shadow=True, state__in=OPEN).exists():
        found.add(STEP_DONE)
    for what, event, kind in ProcessWait.objects.values_list("what", "event", "about_kind").distinct():
        found |= events_about(kind) if what == CONDITION else {event}
    return found


def follow() -> None:
    """Follow the log for the instances."""
    readers[NAME] = Reader(NAME, handlers=OneHandler(act_on, wanted))


def act_on(entry: Entry) -> None:
    """Let the instances go on that waited for this."""
    if entry.name in (FINISHED, CANCELLED):
        _finish_tasks(entry)
    if entry.name == LEFT:
        _stop_tasks_of_who_left(entry)
    if entry.name == STEP_DONE:
        for instance, number, result in matching_steps(entry):
            _let_go_on(instance, entry, token=number, result=result)
    for wait in _waits_of(entry):
        if wait.event == entry.name or (wait.what == CONDITION and _holds(wait)):
            _let_go_on(wait.instance, entry, token=wait.token, node=wait.node)


def _waits_of(entry: Entry) -> list[ProcessWait]:
    """All that is waited for of the records that the entry mentions."""
    ids = defaultdict(set)
    for mention in entry.mentioned:
        ids[mention.kind].add(mention.object_id)
    mentioned = Q()
    for kind, those in ids.items():
        mentioned |= Q(about_kind=kind, about_id__in=those)
    rows = ProcessWait.objects.filter(mentioned) if ids else ProcessWait.objects.none()
    return list(rows.select_related("instance__design__owner").order_by("pk"))


def _finish_tasks(entry: Entry) -> None:
    """The task of a token was finished, or cancelled by a person: the token goes on."""
    ids = [m.object_id for m in entry.mentioned if m.kind == "activity" and m.role == "activity"]
    rows = ProcessToken.objects.filter(activity_id__in=ids, instance__state__in=OPEN)
    result = str(entry.data.get("result") or "done") if entry.name == FINISHED else "cancelled"
    for row in rows.select_related("instance__design__owner"):
        _let_go_on(row.instance, entry, token=row.number, result=result)


def _stop_tasks_of_who_left(entry: Entry) -> None:
    """Whoever had a task of an instance leaves: it is stuck, so that somebody gives the task to another."""
    people = [m.object_id for m in entry.mentioned if m.kind == "person"]
    tasks = Activity.objects.filter(owner_id__in=people, status__in=OPEN_STATUSES).values("pk")
    rows = ProcessToken.objects.filter(activity_id__in=tasks, instance__state__in=OPEN)
    for row in rows.select_related("instance__design__owner"):
        fault = Conflict(
            _("Whoever has the task of this step leaves."),
            remedy=_("Give the task to somebody else, then try again; or skip the step."),
        )
        stop_at(
            instance_id=row.instance_id,
            token=row.number,
            problem=fault,
            has_happened=False,
            by=design_actor(row.instance),
        )


def _let_go_on(instance: ProcessInstance, entry: Entry, **what: Any) -> None:
    """Let an instance go on because of an entry; one that would make a chain too long is stuck instead."""
    try:
        by: Actor = design_actor(instance, entry)
    except ChainTooDeep as problem:
        stop_at(instance_id=instance.pk, problem=problem, by=design_actor(instance), **what)
        return
    go_on(instance_id=instance.pk, entry=entry, by=by, **what)


def _holds(wait: ProcessWait) -> bool:
    """Whether the condition holds; where it cannot be read any more, going on will say so."""
    try:
        work = working(wait.instance, design_actor(wait.instance), timezone.now())
    except NotFit:
        return True
    return work.record is not None and work.holds_at(wait.node)


def _open(instance_id: int) -> ProcessInstance | None:
    rows = ProcessInstance.objects.select_related("design").filter(pk=instance_id, state__in=OPEN)
    return rows.first()


@at_moment(TIMER)
def time_is_up(payload: Any, now: datetime) -> None:
    """The time that a token waits for has come."""
    if instance := _open(payload["instance"]):
        token, node = payload["token"], payload["node"]
        go_on(instance_id=instance.pk, token=token, node=node, by=design_actor(instance))


@at_moment(RETRY)
def retry(payload: Any, now: datetime) -> None:
    """A step that failed is tried again."""
    if instance := _open(payload["instance"]):
        try_again(instance_id=instance.pk, token=payload["token"], by=design_actor(instance))


@at_moment(CALL_ENDED)
def call_ended(payload: Any, now: datetime) -> None:
    """What a step called has ended."""
    if instance := _open(payload["instance"]):
        go_on(instance_id=instance.pk, token=payload["token"], by=design_actor(instance))
