"""What the log and the clock bring to deployments: new records for their triggers, guards to ask, shadows to end."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from kinflow.automation.clock import at_moment, set_moment
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.actor import ChainTooDeep
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import OneHandler, Reader, readers
from kinflow.kit.problem import Problem
from kinflow.records.faces import registry

from ..execution.models import OPEN, ProcessInstance
from .actions import check_guards, end_shadow
from .ending import GUARDS, SHADOWS
from .models import RUNNING, Deployment
from .placing import asker
from .starting import Asked, start_asked

NAME = "processes.deployments"
AT_ONCE = 200
MOST = 500
"""So many entries are read together."""


def wanted() -> set[str]:
    """The events that running deployments start at."""
    rows = Deployment.objects.filter(state=RUNNING).values_list("trigger__event", flat=True)
    return {name for name in rows if name}


def follow() -> None:
    """Follow the log for the triggers."""
    handlers = OneHandler(act_on, wanted)
    readers[NAME] = Reader(NAME, handlers=handlers, together=act_on_all, most=MOST)


def act_on(entry: Entry) -> None:
    """Start what the deployments ask for whose trigger this is; only for what happened since they began."""
    act_on_all([entry])


def act_on_all(entries: Sequence[Entry]) -> int:
    """Start what the deployments ask for whose triggers these are, in one transaction; how many entries were taken up."""
    asked = _asked(entries)
    done = start_asked(asked=asked, by=SYSTEM) if asked else 0
    if done == len(asked):
        return len(entries)
    return next(place for place, entry in enumerate(entries) if entry is asked[done].entry)


def _asked(entries: Sequence[Entry]) -> list[Asked]:
    """What to start because of entries, in their order; a deployment's condition is read once."""
    rows = Deployment.objects.select_related("design__owner__unit").filter(
        state=RUNNING, trigger__event__in={entry.name for entry in entries}
    )
    found: list[Asked] = []
    asking = {row: _Asking(row, entries) for row in rows.order_by("pk")}
    for entry in entries:
        for row, one in asking.items():
            if row.trigger["event"] == entry.name and row.created_at <= entry.at:
                found += one.because_of(entry)
    return found


class _Asking:
    """One deployment with the records that entries are about, all of them read at once."""

    def __init__(self, deployment: Deployment, entries: Sequence[Entry]) -> None:
        self.deployment, self.problem = deployment, None
        face = registry[deployment.design.kind]
        self.abouts = face.model._default_manager.in_bulk({pk for e in entries for pk in self._ids(e)})
        try:
            self.holds = asker(deployment, deployment.trigger.get("condition"))
        except Problem as problem:
            self.problem = problem

    def because_of(self, entry: Entry) -> Iterator[Asked]:
        """What is to be started, by which actor; nothing where the chain of causes has become too long."""
        design = self.deployment.design
        try:
            by = Actor("process", f"design:{design.pk}", design.name).because_of(entry.pk, entry.depth)
        except ChainTooDeep:
            return
        for pk in self._ids(entry):
            about = self.abouts.get(pk)
            if about is not None and (self.problem is not None or self.holds(about)):
                yield Asked(self.deployment, about, by, entry, self.problem)

    def _ids(self, entry: Entry) -> list[int]:
        return sorted({m.object_id for m in entry.mentioned if m.kind == self.deployment.design.kind})


@at_moment(GUARDS)
def ask_guards(payload: Mapping[str, Any], now: datetime) -> None:
    """It is time to ask the guards of a deployment."""
    check_guards(deployment_id=payload["deployment"], now=now, by=SYSTEM)


@at_moment(SHADOWS)
def end_shadows(payload: Mapping[str, Any], now: datetime) -> None:
    """End what still watches in a deployment that is over, some at a time."""
    rows = ProcessInstance.objects.filter(deployment_id=payload["deployment"], is_shadow=True, state__in=OPEN)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in ids:
        end_shadow(instance_id=pk, by=SYSTEM)
    if len(ids) == AT_ONCE:
        set_moment(SHADOWS, str(payload["deployment"]), now, payload)
