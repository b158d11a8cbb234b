"""What lets instances go on: tasks that people finish, events and conditions that are waited for, and the clock."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kinflow.automation.clock import at_moment
from kinflow.automation.rules.event_names import events_about
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import Handler, Reader, readers

from .actions import CHILD, design_actor, go_on, try_again
from .models import CONDITION, OPEN, ProcessInstance, ProcessToken, ProcessWait
from .working import RETRY, TIMER, Working

NAME = "processes.execution"
TASKS = ("customers.activity_finished", "customers.activity_cancelled")


def _wanted() -> frozenset[str]:
    """The events that any instance waits for now, besides the ends of tasks."""
    found = set(TASKS)
    for what, event, kind in ProcessWait.objects.values_list("what", "event", "about_kind").distinct():
        found |= events_about(kind) if what == CONDITION else {event}
    return frozenset(found)


class Wanted(dict[str, Handler]):
    """The handlers of the events that instances wait for: which ones, is asked anew each time the log is read."""

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(_wanted()))

    def __len__(self) -> int:
        return len(_wanted())

    def __contains__(self, name: object) -> bool:
        return name in _wanted()

    def __missing__(self, name: str) -> Handler:
        return act_on


def follow() -> None:
    """Follow the log for the instances."""
    readers[NAME] = Reader(NAME, handlers=Wanted())


def act_on(entry: Entry) -> None:
    """Let the instances go on that waited for this."""
    if entry.name in TASKS:
        _finish_tasks(entry)
    for mention in {(m.kind, m.object_id) for m in entry.mentioned}:
        waits = ProcessWait.objects.filter(about_kind=mention[0], about_id=mention[1])
        for wait in waits.select_related("instance__design").order_by("pk"):
            if wait.event == entry.name or (wait.what == CONDITION and _holds(wait)):
                go_on(
                    instance_id=wait.instance_id,
                    token=wait.token,
                    node=wait.node,
                    entry=entry,
                    by=design_actor(wait.instance, entry),
                )


def _finish_tasks(entry: Entry) -> None:
    """The task of a token was finished, or cancelled by a person: the token goes on."""
    ids = [m.object_id for m in entry.mentioned if m.kind == "activity" and m.role == "activity"]
    rows = ProcessToken.objects.filter(activity_id__in=ids, instance__state__in=OPEN)
    for row in rows.select_related("instance__design"):
        result = str(entry.data.get("result") or "done") if entry.name == TASKS[0] else "cancelled"
        go_on(
            instance_id=row.instance_id,
            token=row.number,
            result=result,
            entry=entry,
            by=design_actor(row.instance, entry),
        )


def _holds(wait: ProcessWait) -> bool:
    instance: ProcessInstance = wait.instance
    work = Working(instance, design_actor(instance), wait.instance.changed_at)
    return work.record is not None and work.holds_at(work.plan.nodes[wait.node])


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


@at_moment(CHILD)
def call_ended(payload: Any, now: datetime) -> None:
    """What a step called has ended."""
    if instance := _open(payload["instance"]):
        go_on(instance_id=instance.pk, token=payload["token"], by=design_actor(instance))
