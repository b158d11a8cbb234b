"""Designs for tests, and what lets their instances go on."""

from datetime import datetime
from typing import Any

from django.utils.timezone import now as clock

from kinflow.automation.clock import run_due
from kinflow.automation.clock.models import Moment
from kinflow.eventlog import Actor
from kinflow.eventlog.models import Cursor, Entry
from kinflow.eventlog.readers import handle, readers
from kinflow.eventlog.timeline import with_mentions
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.designs.actions import add_design, change_design, put_into_operation
from kinflow.processes.designs.kept import forget
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.execution import step_names
from kinflow.processes.execution.following import NAME
from kinflow.processes.execution.models import ProcessInstance
from tests.automation.given import person, unit

from .drawn import bpmn

MARK_HOT = {
    "do": [{"step": "change_fields", "parameters": {"values": {"notes": "Looked at"}}}],
}
DAY = {"duration": {"amount": 1, "unit": "days"}}


def owner() -> Any:
    """A process owner who may do a representative's work, too."""
    forget()
    step_names.forget()
    return person("Sun", unit(), roles=("representative", "process_owner", "team_lead"))


def by_of(who: Any) -> Actor:
    """A person as who acts."""
    return actor_of_person(who)


def design(
    who: Any,
    nodes: str,
    flows: str,
    bindings: dict[str, Any] | None = None,
    *,
    name: str = "Quote",
    **more: Any,
) -> ProcessDesign:
    """A design for leads, in operation."""
    by = by_of(who)
    made = add_design(file=bpmn(nodes, flows), kind=more.pop("kind", "lead"), name=name, by=by)
    if bindings:
        made = change_design(processdesign=made, bindings=bindings, by=by)
    return put_into_operation(processdesign=made, by=by) if more.pop("live", True) else made


def follow(now: datetime | None = None) -> None:
    """Let instances read what is new in the log, and work off what is due."""
    which, done = readers[NAME], -1
    while (seen := _seen()) != done:
        for entry in Entry.objects.filter(pk__gt=seen, name__in=list(which.handlers)).order_by("pk"):
            assert handle(which, entry, clock())
            Cursor.objects.update_or_create(pk=NAME, defaults={"entry_id": entry.pk})
        run_due(now or clock())
        done = seen


def _seen() -> int:
    return Cursor.objects.filter(pk=NAME).values_list("entry_id", flat=True).first() or 0


def at(instance: ProcessInstance) -> list[str]:
    """Where the tokens of an instance stand."""
    return sorted(instance.tokens.values_list("node", flat=True))


OWN = ("id", "instance_id", "since")


def rows_of(instance: ProcessInstance) -> Any:
    """All that is stored of an instance, without ids, and its log."""
    instance.refresh_from_db()
    stands = [
        {k: bool(v) if k == "activity_id" else v for k, v in row.items() if k not in OWN}
        for row in instance.tokens.order_by("number").values()
    ]
    waits = list(instance.waits.order_by("id").values_list("token", "node", "what", "event", "about_kind"))
    entries = Entry.objects.filter(
        mentions__kind="processinstance", mentions__object_id=instance.pk, name__startswith="processes."
    )
    told = [
        (
            e.name,
            e.actor_kind,
            e.actor_id,
            e.actor_name,
            e.depth,
            e.data,
            sorted((m.role, m.kind) for m in e.mentioned),
        )
        for e in with_mentions(list(entries.distinct().order_by("pk")))
    ]
    due = [
        (m.handler, m.key.partition(":")[2], m.payload["token"], m.payload["node"])
        for m in Moment.objects.filter(key__startswith=f"{instance.pk}:").order_by("key")
    ]
    return instance.state, instance.last_token, stands, waits, told, due
