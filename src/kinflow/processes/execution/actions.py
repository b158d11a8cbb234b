"""All that can be done with instances: start them, let them go on, and what people may do where one goes otherwise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from django.db import IntegrityError
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.automation.clock import set_moment
from kinflow.eventlog import Actor, action, hold, record
from kinflow.eventlog.command import attempt
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, FieldError, Invalid, Refused
from kinflow.records.access import may_see, permit
from kinflow.records.faces import Ask, registry

from ..designs.bindings import Automatic
from ..designs.kept import NotFit
from ..designs.models import ProcessDesign
from . import tokens
from .events import (
    ProcessCancelled,
    ProcessEnded,
    ProcessMoved,
    ProcessRetried,
    ProcessStarted,
    ProcessStepDone,
    ProcessStepSkipped,
    ProcessStuck,
    ProcessWayChosen,
)
from .models import CANCELLED, DONE, OPEN, RUNNING, STUCK, ProcessInstance
from .showing import way_called
from .tokens import GoesRound, NoWay, Token, Uncaught
from .working import Working

CHILD = "processes.call_ended"
DEEPEST_CALL = 8
GivenDesign = Annotated[ProcessDesign, Ask(gettext_lazy("Design"))]
GivenRecord = Annotated[Model, Ask(gettext_lazy("About"))]


class CannotGoOn(Conflict):
    """The tokens cannot move: no way out of a gateway, an endless loop, or an error that nothing catches."""

    code = "process-cannot-go-on"


def design_actor(instance: ProcessInstance, entry: Entry | None = None) -> Actor:
    """The version of a design as who acts, because of an entry."""
    name = f"{instance.design.name} v{instance.number}"
    by = Actor("process", f"design:{instance.design_id}", name)
    return by.because_of(entry.pk, entry.depth) if entry is not None else by


@action
def start_process(
    *,
    design: GivenDesign,
    about: GivenRecord,
    by: Actor,
) -> ProcessInstance:
    """Start an instance of a design's version in operation, for a record.

    Raises Invalid for a design that is not in operation or is for other records, CannotGoOn where it cannot begin,
    Refused for a record that the person may not see.
    """
    permit(by, kind="processinstance")
    if by.kind == "person" and not may_see(by, about):
        raise Refused(_("This record is not yours to work on."), remedy=_("Ask its owner."))
    return _start(design, about, "", by, None, None)


@action
def start_once(*, design: ProcessDesign, about: Model, key: str, by: Actor) -> ProcessInstance:
    """Start an instance as `start_process` does, once for this key: what it started already is returned."""
    permit(by, kind="processinstance")
    known = ProcessInstance.objects.filter(key=key).first()
    if known is not None:
        return known
    try:
        with attempt():
            return _start(design, about, key, by, None, None)
    except IntegrityError:  # another worker started it at the same moment
        return ProcessInstance.objects.get(key=key)


def _start(
    design: ProcessDesign,
    about: Model,
    key: str,
    by: Actor,
    parent: ProcessInstance | None,
    parent_token: int | None,
) -> ProcessInstance:
    now = timezone.now()
    kind = str(about._meta.model_name)
    if design.live_number is None:
        raise Invalid(errors=[FieldError("/design", _("This design is not in operation."))])
    if design.kind != kind:
        words = _("This design is for other records: %(kind)s.") % {"kind": registry[design.kind].plural}
        raise Invalid(errors=[FieldError("/about", words)])
    instance = ProcessInstance(
        design=design,
        number=design.live_number,
        about_kind=kind,
        about_id=about.pk,
        key=key or f"by {by.id} at {now.isoformat()} for {kind} {about.pk}",
        parent=parent,
        parent_token=parent_token,
    )
    instance.save()
    record(
        ProcessStarted(processinstance=instance, processdesign=design, record=about, number=instance.number)
    )
    _go(instance, by, now, None, lambda work: tokens.begin(work.plan, work.marking, work))
    return instance


def _go(
    instance: ProcessInstance,
    by: Actor,
    now: datetime,
    entry: Entry | None,
    how: Callable[[Working], Any],
) -> None:
    """Let the tokens move, and keep where they came to. Raises CannotGoOn, and changes nothing then."""
    if by.kind != "process":  # what follows is the design's doing, whoever let it go on
        by = replace(design_actor(instance), cause=by.cause)
    try:
        work = Working(instance, by, now, entry)
    except NotFit:
        raise CannotGoOn(
            _("What this version is bound to is gone."), remedy=_("Cancel the instance, and start it anew.")
        ) from None
    _move(work, how)


def _move(work: Working, how: Callable[[Working], Any]) -> None:
    """Let the tokens of an instance at work move, and keep where they came to. Raises CannotGoOn."""
    with translation.override(work.language):
        try:
            how(work)
        except (NoWay, Uncaught) as error:
            name = work.plan.nodes[error.node].name
            words = (
                _("No condition holds at “%(step)s”.")
                if isinstance(error, NoWay)
                else _("Nothing catches the error that “%(step)s” throws.")
            )
            raise CannotGoOn(words % {"step": name}, remedy=_("Change the record, or the design.")) from None
        except GoesRound:
            raise CannotGoOn(
                _("The process goes round without ever waiting."), remedy=_("Change the design.")
            ) from None
    work.keep()
    _call(work)
    _settle(work)


def _call(work: Working) -> None:
    """Start what the tokens call, and cancel what they do not wait for any more."""
    for number in work.calls_left:
        cancel_calls(parent=work.instance, token=number, by=work.by)
    for number, design in work.calls.items():
        call_design(parent=work.instance, token=number, design_id=design, by=work.by)


def _settle(work: Working) -> None:
    """Keep the instance; it ends where no token is left."""
    instance = work.instance
    if instance.is_open and not work.marking.tokens:
        instance.state, instance.ended_at = DONE, work.now
        record(
            ProcessEnded(
                processinstance=instance, processdesign=instance.design, record=work.record or instance
            )
        )
        _tell_parent(instance, work.now)
    elif instance.is_open and not any(t.fault for n, t in work.rows.items() if n in work.marking.tokens):
        instance.state = RUNNING
    instance.save()


def _tell_parent(instance: ProcessInstance, now: datetime) -> None:
    """Let what called this instance go on, in a transaction of its own."""
    if instance.parent_id:
        payload = {"instance": instance.parent_id, "token": instance.parent_token}
        set_moment(CHILD, str(instance.pk), now, payload)


def held(instance_id: int) -> ProcessInstance | None:
    """The instance, locked, if it is still open."""
    rows = ProcessInstance.objects.select_for_update(of=("self",)).select_related("design")
    return rows.filter(pk=instance_id, state__in=OPEN).first()


@action
def go_on(
    *,
    instance_id: int,
    token: int,
    node: str = "",
    result: str = "",
    entry: Entry | None = None,
    by: Actor,
) -> bool:
    """What a token waited for is there: its own step is done, or the event `node` happened. Whether it still counted.

    Where the tokens cannot move, the instance is stuck at that step until somebody mends it.
    """
    instance = held(instance_id)
    if instance is None:
        return False
    now = timezone.now()
    try:
        work = Working(instance, by, now, entry)
    except NotFit as gone:
        _get_stuck(instance, token, str(gone))
        return True
    standing = work.marking.tokens.get(token)
    if standing is None or standing.state not in ("waits", "holds"):
        return False
    if work.record is None:
        _end(instance, work, _("The record is gone."))
        return True
    try:
        with attempt():
            _move(work, lambda w: _moved(w, token, node, result))
    except CannotGoOn as problem:
        instance.refresh_from_db()
        work = Working(instance, by, now, entry)
        row = work.rows[token]
        row.fault, row.remedy = str(problem)[:500], str(problem.remedy)[:500]
        row.save(update_fields=["fault", "remedy"])
        with translation.override(work.language):
            work.get_stuck(work.plan.nodes[row.node], row.fault)
        instance.save()
    return True


def _get_stuck(instance: ProcessInstance, token: int, fault: str) -> None:
    """What the instance's version is bound to is gone: it stays where it is, and that is told."""
    row = instance.tokens.filter(number=token).first()
    if row is None or instance.state == STUCK:
        return
    row.fault, row.remedy = fault[:500], _("Cancel the instance, and start it anew.")
    row.save(update_fields=["fault", "remedy"])
    instance.state = STUCK
    instance.save()
    record(ProcessStuck(processinstance=instance, record=instance, step=row.node, fault=row.fault))


def _moved(work: Working, number: int, node: str, result: str) -> None:
    token = work.marking.tokens[number]
    own = work.plan.nodes[token.node]
    event = work.plan.nodes[node] if node and node != token.node else None
    if event is None:
        if result:
            work.instance.results = {**work.instance.results, own.id: result}
            work.instance.last_result = result
        work.close(token, own, result)
        tokens.finish(work.plan, work.marking, work, number)
        return
    work.tell(ProcessStepDone, event)
    tokens.happen(work.plan, work.marking, work, number, event.id)


@action
def call_design(*, parent: ProcessInstance, token: int, design_id: int, by: Actor) -> ProcessInstance:
    """Start the design that a step calls. Raises Invalid, Conflict where calls are nested too deep."""
    permit(by, kind="processinstance")
    depth, above = 1, parent
    while above.parent_id:
        above, depth = ProcessInstance.objects.get(pk=above.parent_id), depth + 1
    if depth >= DEEPEST_CALL:
        raise Conflict(_("Designs call each other too deep."), remedy=_("Change one of them."))
    design = ProcessDesign.objects.get(pk=design_id)
    about = registry[parent.about_kind].model._default_manager.get(pk=parent.about_id)
    return _start(design, about, f"call:{parent.pk}:{token}", by, parent, token)


@action
def cancel_calls(*, parent: ProcessInstance, token: int, by: Actor) -> None:
    """Cancel what a step called, since the step is not waited for any more."""
    permit(by, parent)
    for child in ProcessInstance.objects.filter(parent=parent, parent_token=token, state__in=OPEN):
        _cancel(child.pk, _("What called it went on without it."), by)


def _cancel(instance_id: int, reason: str, by: Actor) -> None:
    instance = held(instance_id)
    if instance is not None:
        _cancel_at_work(instance, reason, by)


def _cancel_at_work(instance: ProcessInstance, reason: str, by: Actor) -> None:
    _end(instance, Working(instance, by, timezone.now(), can_play=False), reason)


def _end(instance: ProcessInstance, work: Working, reason: str) -> None:
    tokens.leave_all(work.plan, work.marking, work)
    work.keep()
    _call(work)
    instance.state, instance.ended_at = CANCELLED, work.now
    instance.save()
    about = work.record if work.record is not None else instance
    record(
        ProcessCancelled(processinstance=instance, processdesign=instance.design, record=about, reason=reason)
    )
    _tell_parent(instance, work.now)


def _open(processinstance: ProcessInstance, by: Actor) -> ProcessInstance:
    """The instance, locked and permitted. Raises Conflict where it has ended."""
    instance: ProcessInstance = hold(processinstance)
    permit(by, instance)
    if not instance.is_open:
        raise Conflict(_("This instance has ended."), remedy=_("Start a new one."))
    return instance


def _token(work: Working, number: int) -> Token:
    found = work.marking.tokens.get(number)
    if found is None:
        raise Conflict(_("The process has gone on meanwhile."), field="/token", remedy=_("Look at it again."))
    return found


@action
def choose_way(
    *,
    processinstance: ProcessInstance,
    token: Annotated[int, Ask(gettext_lazy("Token"))],
    way: Annotated[str, Ask(gettext_lazy("Way"))],
    by: Actor,
) -> ProcessInstance:
    """Say which flow to go along at a gateway that leaves it to a person."""
    instance = _open(processinstance, by)

    def chosen(work: Working) -> None:
        standing = _token(work, token)
        node = work.plan.nodes[standing.node]
        if node.kind != "choose" or standing.state != "waits" or way not in node.out:
            raise Invalid(errors=[FieldError("/way", _("Choose one of the ways."))])
        record(
            ProcessWayChosen(
                processinstance=instance,
                record=work.record or instance,
                step=node.name,
                way=way_called(instance, way),
            )
        )
        tokens.finish(work.plan, work.marking, work, token, [way])

    _go(instance, by, timezone.now(), None, chosen)
    return instance


@action
def skip_step(
    *,
    processinstance: ProcessInstance,
    token: Annotated[int, Ask(gettext_lazy("Token"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))],
    by: Actor,
) -> ProcessInstance:
    """Let the instance go on without a step, and say why: what was planned for it is taken back."""
    instance = _open(processinstance, by)
    _refuse_silence(reason)

    def skipped(work: Working) -> None:
        standing = _token(work, token)
        node = work.plan.nodes[standing.node]
        if standing.state not in ("waits", "holds") or node.kind in ("choose", "race"):
            raise Conflict(_("This step cannot be skipped."), remedy=_("Choose a way, or move the instance."))
        told = {"step": node.name, "element": node.id, "reason": reason.strip()}
        record(ProcessStepSkipped(processinstance=instance, record=work.record or instance, **told))
        tokens.skip(work.plan, work.marking, work, token)

    _go(instance, by, timezone.now(), None, skipped)
    return instance


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise Invalid(errors=[FieldError("/reason", _("Say why."))])


@action
def move_token(
    *,
    processinstance: ProcessInstance,
    token: Annotated[int, Ask(gettext_lazy("Token"))],
    to: Annotated[str, Ask(gettext_lazy("Step"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))],
    by: Actor,
) -> ProcessInstance:
    """Take the instance from a step to another of the same (sub-)process, and say why."""
    instance = _open(processinstance, by)
    _refuse_silence(reason)

    def moved(work: Working) -> None:
        standing = _token(work, token)
        node, target = work.plan.nodes[standing.node], work.plan.nodes.get(to)
        if target is None or target.scope != node.scope or target.element.attached_to:
            raise Invalid(errors=[FieldError("/to", _("Choose a step of the same process."))])
        told = {"step": node.name, "to": target.name, "reason": reason.strip()}
        record(ProcessMoved(processinstance=instance, record=work.record or instance, **told))
        tokens.move(work.plan, work.marking, work, token, to)

    _go(instance, by, timezone.now(), None, moved)
    return instance


@action
def retry_step(
    *,
    processinstance: ProcessInstance,
    token: Annotated[int, Ask(gettext_lazy("Token"))],
    by: Actor,
) -> ProcessInstance:
    """Try a step that failed again."""
    instance = _open(processinstance, by)

    def again(work: Working) -> None:
        standing = _token(work, token)
        node, row = work.plan.nodes[standing.node], work.rows[token]
        if not row.fault:
            raise Conflict(_("This step has not failed."), remedy=_("Look at the instance again."))
        record(ProcessRetried(processinstance=instance, record=work.record or instance, step=node.name))
        _try_again(work, standing)

    _go(instance, by, timezone.now(), None, again)
    return instance


def _try_again(work: Working, token: Token) -> None:
    """Do a step that failed once more; where only its way on was missing, take that."""
    node, row = work.plan.nodes[token.node], work.rows[token.number]
    row.fault = row.remedy = ""
    if isinstance(work.bindings.get(node.id), Automatic):
        if not work.work(token, node):
            return
    else:
        work.close(token, node, work.instance.results.get(node.id, ""))
    tokens.finish(work.plan, work.marking, work, token.number)


@action
def try_again(*, instance_id: int, token: int, by: Actor) -> None:
    """A step that failed is tried again by itself, after a pause."""
    instance = held(instance_id)
    if instance is None:
        return

    def again(work: Working) -> None:
        standing = work.marking.tokens.get(token)
        if standing is not None and work.rows[token].fault:
            _try_again(work, standing)

    _go(instance, by, timezone.now(), None, again)


@action
def cancel_process(
    *,
    processinstance: ProcessInstance,
    reason: Annotated[str, Ask(gettext_lazy("Reason"))],
    by: Actor,
) -> ProcessInstance:
    """End an instance before its end, and say why: its tasks are taken back."""
    instance = _open(processinstance, by)
    _refuse_silence(reason)
    _cancel_at_work(instance, reason.strip(), design_actor(instance))
    return instance
