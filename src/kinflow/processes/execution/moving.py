"""Letting the tokens of an instance move, within an action: how it begins, goes on, calls others, ends."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kinflow.automation.clock import set_moment
from kinflow.eventlog import Actor, record
from kinflow.eventlog.command import attempt
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, FieldError, Invalid, Problem
from kinflow.records.faces import registry

from ..deployments.events import ShadowFailed
from ..deployments.models import WATCHED, Deployment
from ..deployments.placing import place, running_of
from ..designs.kept import NotFit
from ..designs.models import ProcessDesign
from . import tokens
from .events import ProcessCancelled, ProcessEnded, ProcessStarted, ProcessStepDone
from .models import CANCELLED, DONE, OPEN, RUNNING, ProcessInstance
from .shadow import working
from .tokens import GoesRound, NoWay, Uncaught
from .working import Working

CALL_ENDED = "processes.call_ended"
DEEPEST_CALL = 8


class CannotGoOn(Conflict):
    """The tokens cannot move: no way out of a gateway, an endless loop, an error that nothing catches, bindings gone."""

    code = "process-cannot-go-on"


def design_actor(instance: ProcessInstance, entry: Entry | None = None) -> Actor:
    """The version of a design as who acts, because of an entry. Raises ChainTooDeep."""
    name = f"{instance.design.name} v{instance.number}"
    by = Actor("process", f"design:{instance.design_id}", name)
    return by.because_of(entry.pk, entry.depth) if entry is not None else by


def held(instance_id: int) -> ProcessInstance | None:
    """The instance, locked, if it is still open."""
    rows = ProcessInstance.objects.select_for_update(of=("self",)).select_related("design__owner")
    return rows.filter(pk=instance_id, state__in=OPEN).first()


def begin(
    design: ProcessDesign,
    about: Model,
    *,
    by: Actor,
    key: str = "",
    parent: ProcessInstance | None = None,
    parent_token: int | None = None,
) -> ProcessInstance | None:
    """A new instance whose tokens stand where they first wait, by the version that the record is to run by.

    None for a record that a deployment compares with, and that is to have no process. Raises Invalid, CannotGoOn.
    """
    kind = str(about._meta.model_name)
    if design.kind != kind:
        words = _("This design is for other records: %(kind)s.") % {"kind": registry[design.kind].plural}
        raise Invalid(errors=[FieldError("/about", words)])
    running = running_of(design)
    placed = place(running, about) if running is not None else None
    number = placed.number if placed is not None else design.live_number
    if number is None and parent is not None:
        number = design.live_number  # who calls it needs it, whatever the record's group
    if number is None and placed is not None and placed.group != WATCHED:
        return None
    if number is None and placed is None:
        raise Invalid(errors=[FieldError("/design", _("This design is not in operation."))])
    made = _Made(
        design, about, running, key or f"by {by.id} at {timezone.now().isoformat()} for {kind} {about.pk}"
    )
    instance = None if number is None else _begun(made, number, by, parent, parent_token)
    if placed is not None and running is not None and placed.group == WATCHED and parent is None:
        shadow = _watched(made, running, by)
        instance = instance or shadow
    if instance is None:
        raise Invalid(errors=[FieldError("/design", _("This design is not in operation."))])
    return instance


@dataclass(frozen=True)
class _Made:
    """What an instance is made of, whichever version it runs by."""

    design: ProcessDesign
    about: Model
    deployment: Deployment | None
    key: str


def _begun(
    made: _Made,
    number: int,
    by: Actor,
    parent: ProcessInstance | None = None,
    parent_token: int | None = None,
    *,
    is_shadow: bool = False,
) -> ProcessInstance:
    about = made.about
    instance = ProcessInstance(
        design=made.design,
        number=number,
        about_kind=str(about._meta.model_name),
        about_id=about.pk,
        key=f"{made.key} in shadow" if is_shadow else made.key,
        parent=parent,
        parent_token=parent_token,
        deployment=made.deployment,
        is_shadow=is_shadow,
    )
    instance.save()
    told: Any = instance if is_shadow else about
    record(ProcessStarted(processinstance=instance, processdesign=made.design, record=told, number=number))
    let_go(instance, lambda work: tokens.begin(work.plan, work.marking, work), by=by)
    return instance


def _watched(made: _Made, deployment: Deployment, by: Actor) -> ProcessInstance | None:
    """The version in shadow beside the one in operation; that it cannot begin harms nothing, and is told."""
    try:
        with attempt():
            return _begun(made, deployment.number, by, is_shadow=True)
    except Problem as problem:
        record(ShadowFailed(deployment=deployment, fault=str(problem)[:500]))
        return None


def let_go(
    instance: ProcessInstance, how: Callable[[Working], Any], *, by: Actor, entry: Entry | None = None
) -> None:
    """Let the tokens move, and keep where they came to. Raises CannotGoOn; the caller's transaction undoes the rest.

    What follows is the design's doing, whoever let it go on. Where the record is gone, the instance is cancelled.
    """
    if by.kind != "process":
        by = replace(design_actor(instance), cause=by.cause)
    try:
        work = working(instance, by, timezone.now(), entry)
    except NotFit as gone:
        raise CannotGoOn(
            _("What this version is bound to is gone: %(what)s") % {"what": str(gone)},
            remedy=_("Cancel the instance, and start it anew."),
        ) from None
    if work.record is None:
        _end(work, _("The record is gone."))
        return
    with translation.override(work.language):
        _play(work, how)
    work.keep()
    _call(work)
    _settle(work)


def _play(work: Working, how: Callable[[Working], Any]) -> None:
    try:
        how(work)
    except NoWay as error:
        fault = _("No condition holds at “%(step)s”.") % {"step": work.plan.nodes[error.node].name}
        raise CannotGoOn(fault, remedy=_("Change the record, or the design.")) from None
    except Uncaught as error:
        step = {"step": work.plan.nodes[error.node].name}
        fault = _("Nothing catches the error that “%(step)s” throws.") % step
        raise CannotGoOn(fault, remedy=_("Change the record, or the design.")) from None
    except GoesRound:
        fault = _("The process goes round without ever waiting.")
        raise CannotGoOn(fault, remedy=_("Change the design.")) from None


def _call(work: Working) -> None:
    """Start what the tokens call, and cancel what they do not wait for any more."""
    for number in work.calls_left:
        for child in work.instance.children.filter(parent_token=number, state__in=OPEN):
            cancel(child.pk, _("What called it went on without it."), by=work.by)
    for number, design_id in work.calls.items():
        _refuse_depth(work.instance)
        begin(
            ProcessDesign.objects.get(pk=design_id),
            work.record,
            by=work.by,
            key=f"call:{work.instance.pk}:{number}",
            parent=work.instance,
            parent_token=number,
        )


def _refuse_depth(instance: ProcessInstance) -> None:
    depth, above = 1, instance
    while above.parent is not None:
        above, depth = above.parent, depth + 1
    if depth >= DEEPEST_CALL:
        raise CannotGoOn(_("Designs call each other too deep."), remedy=_("Change one of them."))


def _settle(work: Working) -> None:
    """Keep the instance; it ends where no token is left, and runs again where no step has failed any more."""
    instance, standing = work.instance, work.marking.tokens
    if not standing:
        instance.state, instance.ended_at = DONE, work.now
        record(
            ProcessEnded(
                processinstance=instance, processdesign=instance.design, record=work.told or instance
            )
        )
        _tell_parent(instance, work.now)
    elif not any(row.fault for number, row in work.rows.items() if number in standing):
        instance.state = RUNNING
    instance.save()


def _tell_parent(instance: ProcessInstance, now: datetime) -> None:
    """Let what called this instance go on, in a transaction of its own: who cancels locks from above."""
    if instance.parent_id:
        payload = {"instance": instance.parent_id, "token": instance.parent_token}
        set_moment(CALL_ENDED, str(instance.pk), now, payload)


def cancel(instance_id: int, reason: str, *, by: Actor) -> None:
    """End an instance before its end: what its tokens wait for is taken back."""
    instance = held(instance_id)
    if instance is not None:
        _end(working(instance, by, timezone.now(), can_play=False), reason)


def _end(work: Working, reason: str) -> None:
    tokens.leave_all(work.plan, work.marking, work)
    work.keep()
    _call(work)
    instance = work.instance
    instance.state, instance.ended_at = CANCELLED, work.now
    instance.save()
    about = work.told if work.told is not None else instance
    record(
        ProcessCancelled(processinstance=instance, processdesign=instance.design, record=about, reason=reason)
    )
    _tell_parent(instance, work.now)


def happened(work: Working, number: int, node: str, result: str) -> None:
    """What a token waited for is there: the event of `node`, or the end of its own step with a result."""
    own, row = work.plan.nodes[work.marking.tokens[number].node], work.rows[number]
    if row.happened:  # it led nowhere before
        row.happened = row.fault = row.remedy = ""
    if node in ("", own.id):
        if result:
            remember(work.instance, own.id, result)
        work.close(work.marking.tokens[number], own, result)
        tokens.finish(work.plan, work.marking, work, number)
    else:
        work.tell(ProcessStepDone, work.plan.nodes[node])
        tokens.happen(work.plan, work.marking, work, number, node)


def remember(instance: ProcessInstance, node: str, result: str) -> None:
    """Keep what came out of a person's task."""
    instance.results = {**instance.results, node: result}
    instance.last_result = result
