"""What lets instances go on: tasks that people finish, events and conditions that are waited for, and the clock."""

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from kinflow.automation.clock import at_moment, at_moments
from kinflow.automation.rules.event_names import events_about
from kinflow.eventlog import SYSTEM, Actor, action
from kinflow.eventlog.models import About, Entry
from kinflow.eventlog.readers import TURN_SECONDS, OneHandler, Reader, readers
from kinflow.kit.standing import asked, in_one_go

from ..designs.kept import NotFit
from .as_one import Crowds, came_with
from .batch import Batch, moved_together
from .going_on import Happened, go_on, let_left_go_on, let_one_go_on, try_again
from .happening import CALL_ENDED
from .leaving import leaving_of
from .models import CONDITION, OPEN, ProcessToken
from .shadow_steps import STEP_DONE, matching_steps
from .waits import RETRY, TIMER, kinds_of_waits, waiting_for
from .working import Working

NAME = "processes.execution"
FINISHED, CANCELLED = "customers.activity_finished", "customers.activity_cancelled"
LEFT = "organisation.person_left"
AT_ONCE = 1_000
"""So many entries are read together."""
_NONE: dict[int, Working] = {}
_ANY_SHADOW = "SELECT EXISTS (SELECT FROM processes_processinstance WHERE is_shadow AND state = ANY(%s))"


def wanted() -> set[str]:
    """The events that any instance waits for now, besides the ends of tasks."""
    found = {FINISHED, CANCELLED, LEFT}
    with in_one_go():
        shadow, kinds = asked(_ANY_SHADOW, [list(OPEN)]), kinds_of_waits()
    if shadow()[0][0]:
        found.add(STEP_DONE)
    for what, event, kind in kinds():
        found |= events_about(kind) if what == CONDITION else {event}
    return found


def follow() -> None:
    """Follow the log for the instances."""
    handlers = OneHandler(act_on, wanted)
    readers[NAME] = Reader(NAME, handlers=handlers, together=act_on_all, most=AT_ONCE, keeps_all=True)


def act_on(entry: Entry) -> None:
    """Let the instances go on that waited for this."""
    act_on_all([entry])


def act_on_all(entries: Sequence[Entry]) -> int:
    """Let the instances go on that waited for these, in the order of the entries; how many were taken up."""
    return follow_entries(entries=entries, by=SYSTEM)


@action
def follow_entries(*, entries: Sequence[Entry], by: Actor) -> int:
    """Let instances go on because of entries; the first of these only where more is done than to move tokens.

    How many entries: others wait for what a step of the program or a task has locked.
    """
    with moved_together() as batch:
        read = batch.read(_concerned(entries))
        is_plain = not any(entry.name in (LEFT, STEP_DONE) for entry in entries)
        crowds = Crowds(batch, read, came_with(read, entries) if is_plain else {})
        batch.take(read, [pk for pk in read.rows if pk not in crowds.ids])
        done = len(entries) if is_plain and not batch.works else _one_by_one(batch, entries)
        let_left_go_on(batch, crowds.move(done))
    return done


def _one_by_one(batch: Batch, entries: Sequence[Entry]) -> int:
    """Let the instances of a batch go on because of entries, until it has taken long; how many entries."""
    begun = time.monotonic()
    for done, entry in enumerate(entries, 1):
        for one in _happened(batch, entry):
            let_one_go_on(batch, one)
        if batch.has_reached and time.monotonic() - begun >= TURN_SECONDS:
            return done
    return len(entries)


def _concerned(entries: Sequence[Entry]) -> set[int]:
    """The instances that may go on with these entries."""
    tasks = {
        m.object_id for e in entries if e.name in (FINISHED, CANCELLED) for m in e.mentioned if _is_task(m)
    }
    rows = ProcessToken.objects.filter(activity_id__in=tasks, instance__state__in=OPEN)
    found = set(rows.values_list("instance_id", flat=True)) if tasks else set()
    mentioned = {(mention.kind, mention.object_id) for entry in entries for mention in entry.mentioned}
    return found | waiting_for(mentioned, {entry.name for entry in entries})


def _happened(batch: Batch, entry: Entry) -> Iterator[Happened]:
    """What an entry lets go on, as it stands when each is asked for."""
    name = entry.name
    if name in (FINISHED, CANCELLED):
        yield from _finished(batch, entry)
    if name == LEFT:
        yield from leaving_of(batch, entry)
    if name == STEP_DONE:
        batch.write()  # it is looked up where the others stand
        for instance, number, result in list(matching_steps(entry)):
            batch.hold([instance.pk])
            yield Happened(instance.pk, number, result=result, entry=entry)
    waiting = {
        (pk, key): (work, key, what)
        for mention in entry.mentioned
        for pk, work in batch.at.get((mention.kind, mention.object_id), _NONE).items()
        for key, what in work.waits.items()
        if what[1] == name or what[0] == CONDITION
    }
    for work, (token, node), what in waiting.values():
        if work.waits.get((token, node)) == what and _is_there(work, node, what):
            yield Happened(work.pk, token, node, entry=entry)


def _is_there(work: Working, node: str, what: tuple[str, str]) -> bool:
    """Whether what is waited for is there, if its event is; where a condition cannot be read, going on will say so."""
    if what[0] != CONDITION:
        return True
    try:
        return work.record is not None and work.holds_at(node)
    except NotFit:
        return True


def _is_task(mention: About) -> bool:
    return mention.kind == "activity" and mention.role == "activity"


def _finished(batch: Batch, entry: Entry) -> Iterator[Happened]:
    """The task of a token was finished, or cancelled by a person: the token goes on."""
    tasks = {mention.object_id for mention in entry.mentioned if _is_task(mention)}
    result = str(entry.data.get("result") or "done") if entry.name == FINISHED else "cancelled"
    for work in list(batch.works.values()):
        for number in work.with_task(tasks):
            if work.waits_at(number):
                yield Happened(work.pk, number, result=result, entry=entry)


@at_moments(TIMER)
def time_is_up(payloads: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """The times that tokens wait for have come."""
    go_on(happenings=[Happened(p["instance"], p["token"], p["node"]) for p in payloads], by=SYSTEM)


@at_moment(RETRY)
def retry(payload: Mapping[str, Any], now: datetime) -> None:
    """A step that failed is tried again."""
    try_again(instance_id=payload["instance"], token=payload["token"], by=SYSTEM)


@at_moments(CALL_ENDED)
def calls_ended(payloads: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """What steps called has ended."""
    go_on(happenings=[Happened(p["instance"], p["token"]) for p in payloads], by=SYSTEM)
