"""What becomes of the tasks of somebody who leaves, on the day on which they do."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from kinflow.automation.assignments.actions import hand_back
from kinflow.automation.clock import at_moment, set_moment
from kinflow.automation.said import kept, said
from kinflow.conditions.dates import start_of
from kinflow.customers.activities.models import Activity
from kinflow.customers.activities.rules import OPEN_STATUSES
from kinflow.eventlog import SYSTEM, Actor, action
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict
from kinflow.organisation.people.models import Person

from ..designs.bindings import Task
from ..designs.kept import NotFit
from .batch import Batch, moved_together
from .going_on import Happened, let_one_go_on
from .models import OPEN, ProcessToken
from .moving import design_actor
from .working import Working

LEAVING = "processes.leaving"


def leaving_of(batch: Batch, entry: Entry) -> Iterator[Happened]:
    """Somebody's leaving was recorded: what becomes of their tasks at once, or when the day comes."""
    people = [m.object_id for m in entry.mentioned if m.kind == "person"]
    now = timezone.now()
    for person in Person.objects.filter(pk__in=people).order_by("pk"):
        if has_left(person, now):
            yield from tasks_of(batch, person)
        elif person.left_on is not None:
            day = start_of(person.left_on, timezone.get_current_timezone())
            set_moment(LEAVING, str(person.pk), day, {"person": person.pk})


@at_moment(LEAVING)
def day_has_come(payload: Mapping[str, Any], now: datetime) -> None:
    """The day has come on which somebody leaves: tasks that they got until then are handed back, too."""
    hand_tasks_back(person_id=payload["person"], now=now, by=SYSTEM)


@action
def hand_tasks_back(*, person_id: int, now: datetime, by: Actor) -> None:
    """Do with the tasks of somebody what becomes of them when they have left; nothing where they have not."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not has_left(person, now):
        return
    with moved_together() as batch:
        for one in tasks_of(batch, person):
            let_one_go_on(batch, one)


def has_left(person: Person, now: datetime) -> bool:
    """Whether the day has come on which somebody leaves."""
    return person.left_on is not None and person.left_on <= timezone.localdate(now)


def tasks_of(batch: Batch, person: Person) -> Iterator[Happened]:
    """Whoever has tasks of instances has left: what the scoring gave them goes to the next best; the other tasks are
    stuck, so that somebody gives them to another.
    """
    tasks = Activity.objects.filter(owner=person, status__in=OPEN_STATUSES).values("pk")
    batch.write()
    rows = ProcessToken.objects.filter(activity_id__in=tasks, instance__state__in=OPEN)
    for instance_id, number, task in list(rows.values_list("instance_id", "number", "activity_id")):
        batch.hold([instance_id])
        work = batch.works.get(instance_id)
        if work is not None and _was_found(work, number):
            _find_another(batch, work, task or 0)
            continue
        fault = Conflict(
            said(gettext_noop("Whoever had the task of this step has left.")),
            remedy=said(gettext_noop("Give the task to somebody else, then try again; or skip the step.")),
        )
        yield Happened(instance_id, number, problem=fault, is_kept=False)


def _was_found(work: Working, number: int) -> bool:
    """Whether the task of a token is one that finds its person by scoring."""
    try:
        binding = work.bindings.get(work.marking.tokens[number].node, Task())
    except NotFit:
        return False
    return isinstance(binding, Task) and binding.assign != "owner"


def _find_another(batch: Batch, work: Working, task: int) -> None:
    """Hand a task back, and say so in the log: the arrivals find it the next best person."""
    batch.reach()
    hand_back(
        record=Activity.objects.get(pk=task),
        reason=kept(said(gettext_noop("Whoever had it has left."))),
        by=design_actor(work.instance),
    )
    batch.forget_records()
