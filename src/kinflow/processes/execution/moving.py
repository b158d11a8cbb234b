"""Letting the tokens of an instance move, within an action: how it begins, goes on, calls others, ends."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_noop

from kinflow.automation.bilingual import in_all_languages
from kinflow.automation.said import kept, kept_problem, said
from kinflow.eventlog import Actor, record
from kinflow.eventlog.bulk import like
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, FieldError, Invalid, Problem
from kinflow.records.faces import registry

from ..deployments.events import ShadowFailed
from ..deployments.models import WATCHED, Deployment
from ..designs.kept import NotFit
from ..designs.models import ProcessDesign
from . import tokens
from .alike import moved_alike
from .batch import Batch
from .events import ProcessCancelled, ProcessStarted
from .happening import settle, tell_parent
from .marking import GoesRound, NoWay, Uncaught, WrongTimes
from .models import CANCELLED, ProcessInstance
from .working import Working

DEEPEST_CALL = 8
CHANGE = said(gettext_noop("Change the record, or the design."))
NOT_IN_OPERATION = said(gettext_noop("This design is not in operation."))
GONE, WITHOUT_IT = gettext_noop("The record is gone."), gettext_noop("What called it went on without it.")


class CannotGoOn(Conflict):
    """The tokens cannot move: no way out of a gateway, an endless loop, an error that nothing catches, bindings gone."""

    code = "process-cannot-go-on"


def design_actor(instance: ProcessInstance) -> Actor:
    """The version of a design as who acts."""
    return _actor(instance.design_id, f"{instance.design.name} v{instance.number}")


@lru_cache(maxsize=256)
def _actor(design_id: int, called: str) -> Actor:
    return Actor("process", f"design:{design_id}", called)


def acting(batch: Batch, instance: ProcessInstance) -> Actor:
    """The version of an instance's design as who acts, made once for the batch."""
    version = (instance.design_id, instance.number)
    return batch.actors.get(version) or batch.actors.setdefault(version, design_actor(instance))


def begin(
    batch: Batch,
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
        plural = in_all_languages(lambda: str(registry[design.kind].plural))
        words = said(gettext_noop("This design is for other records: %(kind)s."), kind=plural)
        raise Invalid(errors=[FieldError("/about", words)])
    running = batch.running(design)
    placed = batch.placed(running, about) if running is not None else None
    number = placed.number if placed is not None else design.live_number
    if number is None and parent is not None:
        number = design.live_number  # who calls it needs it, whatever the record's group
    if number is None and placed is not None and placed.group != WATCHED:
        return None
    if number is None and placed is None:
        raise Invalid(errors=[FieldError("/design", NOT_IN_OPERATION)])
    made = _Made(
        design, about, running, key or f"by {by.id} at {timezone.now().isoformat()} for {kind} {about.pk}"
    )
    instance = None if number is None else _begun(batch, made, number, by, parent, parent_token)
    if placed is not None and running is not None and placed.group == WATCHED and parent is None:
        shadow = _watched(batch, made, running, by)
        instance = instance or shadow
    if instance is None:
        raise Invalid(errors=[FieldError("/design", NOT_IN_OPERATION)])
    return instance


@dataclass(frozen=True)
class _Made:
    """What an instance is made of, whichever version it runs by."""

    design: ProcessDesign
    about: Model
    deployment: Deployment | None
    key: str


def _begun(
    batch: Batch,
    made: _Made,
    number: int,
    by: Actor,
    parent: ProcessInstance | None = None,
    parent_token: int | None = None,
    *,
    is_shadow: bool = False,
) -> ProcessInstance:
    about = made.about
    instance = like(
        batch.pattern(made.design, number),
        id=batch.fresh_id(),
        design=made.design,
        about_kind=str(about._meta.model_name),
        about_id=about.pk,
        key=f"{made.key} in shadow" if is_shadow else made.key,
        parent=parent,
        parent_token=parent_token,
        deployment=made.deployment,
        is_shadow=is_shadow,
        results={},
    )
    work = batch.add(instance)
    told: Any = instance if is_shadow else about
    record(ProcessStarted(processinstance=instance, processdesign=made.design, record=told, number=number))
    if not moved_alike(batch, work):
        let_go(batch, work, lambda work: tokens.begin(work.plan, work.marking, work), by=by)
    return instance


def _watched(batch: Batch, made: _Made, deployment: Deployment, by: Actor) -> ProcessInstance | None:
    """The version in shadow beside the one in operation; that it cannot begin harms nothing, and is told."""
    try:
        with batch.trying():
            return _begun(batch, made, deployment.number, by, is_shadow=True)
    except Problem as problem:
        record(ShadowFailed(deployment=deployment, fault=kept_problem(problem)))
        return None


def let_go(
    batch: Batch, work: Working, how: Callable[[Working], Any], *, by: Actor, entry: Entry | None = None
) -> None:
    """Let the tokens move. Raises CannotGoOn: then the caller undoes all of it.

    What follows is the design's doing, whoever let it go on. Where the record is gone, the instance is cancelled.
    """
    if by.kind != "process":
        by = replace(design_actor(work.instance), cause=by.cause)
    batch.touch(work)
    work.by, work.entry = by, entry
    try:
        _ready = work.bindings
    except NotFit as gone:
        raise CannotGoOn(
            said(gettext_noop("What this version is bound to is gone: %(what)s"), what=gone.words),
            remedy=said(gettext_noop("Cancel the instance, and start it anew.")),
        ) from None
    if not work.has_record:
        _end(batch, work, kept(said(GONE)))
        return
    with batch.speaking(work.instance.design_id):
        _play(work, how)
    _call(batch, work)
    settle(work)


def _play(work: Working, how: Callable[[Working], Any]) -> None:
    try:
        how(work)
    except NoWay as error:
        fault = said(gettext_noop("No condition holds at “%(step)s”."), step=work.plan.nodes[error.node].name)
        raise CannotGoOn(fault, remedy=CHANGE) from None
    except Uncaught as error:
        words = gettext_noop("Nothing catches the error that “%(step)s” throws.")
        raise CannotGoOn(said(words, step=work.plan.nodes[error.node].name), remedy=CHANGE) from None
    except WrongTimes as error:
        told = {"step": work.plan.nodes[error.node].name, "most": error.most}
        words = gettext_noop("How often “%(step)s” is to be done is no number from 0 to %(most)d.")
        raise CannotGoOn(said(words, **told), remedy=CHANGE) from None
    except GoesRound:
        fault = said(gettext_noop("The process goes round without ever waiting."))
        raise CannotGoOn(fault, remedy=said(gettext_noop("Change the design."))) from None


def _call(batch: Batch, work: Working) -> None:
    """Start what the tokens call, and cancel what they do not wait for any more."""
    left, calls, work.calls_left, work.calls = work.calls_left, work.calls, [], {}
    for number in left:
        for child in batch.children(work.instance, number):
            cancel(batch, child, kept(said(WITHOUT_IT)), by=work.by)
    for number, design_id in calls.items():
        _refuse_depth(work.instance)
        begin(
            batch,
            _called(batch, work, number, design_id),
            work.record,
            by=work.by,
            key=f"call:{work.instance.pk}:{number}",
            parent=work.instance,
            parent_token=number,
        )


def _called(batch: Batch, work: Working, number: int, design_id: int) -> ProcessDesign:
    """The design that a token calls. Raises CannotGoOn where that is gone, or not in operation any more."""
    batch.designs_of({design_id})
    found: ProcessDesign | None = batch.known_design(design_id)
    if found is None or (found.live_number is None and batch.running(found) is None):
        step = work.plan.nodes[work.marking.tokens[number].node].name
        raise CannotGoOn(
            said(gettext_noop("“%(step)s” calls a design that is not in operation."), step=step),
            remedy=said(gettext_noop("Put it into operation, or let the step call another design.")),
        )
    return found


def _refuse_depth(instance: ProcessInstance) -> None:
    depth, above = 1, instance
    while above.parent is not None:
        above, depth = above.parent, depth + 1
    if depth >= DEEPEST_CALL:
        fault = said(gettext_noop("Designs call each other too deep."))
        raise CannotGoOn(fault, remedy=said(gettext_noop("Change one of them.")))


def cancel(batch: Batch, instance_id: int, reason: str, *, by: Actor) -> None:
    """End an instance before its end: what its tokens wait for is taken back."""
    batch.hold([instance_id])
    work = batch.works.get(instance_id)
    if work is not None and work.instance.is_open:
        batch.touch(work)
        work.by = by
        _end(batch, work, reason)


def _end(batch: Batch, work: Working, reason: str) -> None:
    tokens.leave_all(work.plan, work.marking, work)
    _call(batch, work)
    instance = work.instance
    instance.state, instance.ended_at = CANCELLED, work.now
    about = work.told if work.told is not None else instance
    record(
        ProcessCancelled(processinstance=instance, processdesign=instance.design, record=about, reason=reason)
    )
    tell_parent(work)
