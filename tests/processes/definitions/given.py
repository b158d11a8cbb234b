"""A small history: leads that are taken in, called and decided; told by the actions of the product."""

from typing import Any

import pytest

from kinflow.customers.activities.actions import finish_activity, plan_activity, start_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry, Mention
from kinflow.organisation.models import Person
from kinflow.processes.definitions import reading, store
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.definitions.steps import Step, events_of, steps_of, told_of
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE
from kinflow.sales.leads.actions import assign_lead, contact_lead, disqualify_lead, qualify_lead
from tests import factories

EVERYTHING = 2**62
"""A transaction id that all entries are below, also those of the running transaction."""
OWNER = Actor("person", "0", "Owner", roles=frozenset({PROCESS_OWNER}))


def shipped(key: str = "lead") -> Process:
    """A process that the product comes with."""
    add_shipped_processes(by=SYSTEM)
    return Process.objects.get(key=key)


def call(lead: Any, by: Actor, topic: str = "first_call", result: str = "reached") -> Any:
    """A call about a lead, begun and ended."""
    owner = Person.objects.get(pk=by.person_id)
    activity = plan_activity(subject="Call", kind="call", topic=topic, about=lead, owner=owner, by=by)
    start_activity(activity=activity, by=by)
    return finish_activity(activity=activity, result=result, by=by)


def worked_lead(by: Actor, *, is_good: bool = True, **more: Any) -> Any:
    """A lead from capture to decision, by one person."""
    lead = factories.lead(**more)
    assign_lead(lead=lead, person=Person.objects.get(pk=by.person_id), by=SYSTEM)
    call(lead, by)
    contact_lead(lead=lead, by=by)
    if is_good:
        qualify_lead(lead=lead, by=by)
    else:
        disqualify_lead(lead=lead, reason="no_need", by=by)
    return lead


def representative(unit: Any = None, name: str = "宇") -> Actor:
    """Somebody who works on leads."""
    person = factories.person(given_name=name, unit=unit, roles=(REPRESENTATIVE,))
    return factories.actor_for(person)


def naive_log(kind: str, steps: list[Step]) -> list[tuple[Any, ...]]:
    """What `extract` must find, read entry by entry: case, moment, begin, step, person, unit."""
    found = []
    for entry in Entry.objects.filter(name__in=events_of(steps)).order_by("pk"):
        mentioned = list(Mention.objects.filter(entry=entry))
        activity = next((m.object_id for m in mentioned if m.kind == "activity"), None)
        values = {k: v for k, v in entry.data.items() if isinstance(v, str)}
        if activity and entry.name.startswith("customers.activity"):
            row = Activity.objects.get(pk=activity)
            values |= {"topic": row.topic, "kind": row.kind}
        key = told_of(steps, entry.name, values)
        if not key:
            continue
        begun = _begun(entry, activity) if activity else entry.at
        person = int(entry.actor_id) if entry.actor_kind == "person" and entry.actor_id.isdecimal() else -1
        for case in sorted({m.object_id for m in mentioned if m.kind == kind}):
            found.append((case, entry.at, entry.pk, begun, key, person, entry.unit_id or -1))
    return [row[:2] + row[3:] for row in sorted(found, key=lambda row: row[:3])]


def _begun(entry: Entry, activity: int) -> Any:
    starts = Entry.objects.filter(
        name="customers.activity_started",
        at__lte=entry.at,
        mentions__kind="activity",
        mentions__object_id=activity,
    )
    latest = starts.order_by("-at").first()
    return latest.at if latest else entry.at


def steps(process: Process) -> list[Step]:
    """The steps of a process."""
    return list(steps_of(process.steps))


@pytest.fixture
def kept_apart(settings: Any, tmp_path: Any) -> Any:
    """Logs are kept in a folder of this test's own, and nothing of other tests is remembered."""
    settings.DATA = tmp_path
    store.forget()
    reading._remembered.clear()
    yield tmp_path
    store.forget()
    reading._remembered.clear()
