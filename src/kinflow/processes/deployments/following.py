"""What the log and the clock bring to deployments: new records for their triggers, guards to ask, shadows to end."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from kinflow.automation.clock import at_moment, set_moment
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.actor import ChainTooDeep
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import OneHandler, Reader, readers
from kinflow.kit.problem import Problem
from kinflow.records.faces import registry

from ..execution.models import OPEN, ProcessInstance
from .actions import check_guards, end_shadow, start_by_trigger, tell_not_started
from .ending import GUARDS, SHADOWS
from .models import RUNNING, Deployment
from .placing import matches

NAME = "processes.deployments"
AT_ONCE = 200


def wanted() -> set[str]:
    """The events that running deployments start at."""
    rows = Deployment.objects.filter(state=RUNNING).values_list("trigger__event", flat=True)
    return {name for name in rows if name}


def follow() -> None:
    """Follow the log for the triggers."""
    readers[NAME] = Reader(NAME, handlers=OneHandler(act_on, wanted))


def act_on(entry: Entry) -> None:
    """Start what the deployments ask for whose trigger this is; only for what happened since they began."""
    rows = Deployment.objects.select_related("design__owner__unit").filter(
        state=RUNNING, trigger__event=entry.name, created_at__lte=entry.at
    )
    for deployment in rows.order_by("pk"):
        ids = {m.object_id for m in entry.mentioned if m.kind == deployment.design.kind}
        face = registry[deployment.design.kind]
        for about in face.model._default_manager.filter(pk__in=ids).order_by("pk"):
            _start_if_asked(deployment, about, entry)


def _start_if_asked(deployment: Deployment, about: Any, entry: Entry) -> None:
    """Each deployment by itself: what keeps one from starting is told, and does not keep the others from it."""
    try:
        if matches(deployment, deployment.trigger.get("condition"), about):
            _start(deployment, about, entry)
    except Problem as problem:
        tell_not_started(deployment=deployment, about=about, problem=problem, now=timezone.now(), by=SYSTEM)


def _start(deployment: Deployment, about: Any, entry: Entry) -> None:
    design = deployment.design
    by = Actor("process", f"design:{design.pk}", design.name)
    try:
        by = by.because_of(entry.pk, entry.depth)
    except ChainTooDeep:
        return
    start_by_trigger(deployment=deployment, about=about, by=by)


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
