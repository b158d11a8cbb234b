"""What people, rules and programs do with instances: start them, and correct one that is to go otherwise."""

from collections.abc import Callable
from typing import Annotated, Any

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, record
from kinflow.eventlog.command import attempt
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import Ask

from ..designs.models import ProcessDesign
from . import tokens
from .batch import Batch, moved_together
from .events import ProcessMoved, ProcessRetried, ProcessStepSkipped, ProcessWayChosen
from .going_on import do_again
from .marking import WAITING, Token
from .models import ProcessInstance
from .moving import begin, cancel, design_actor, let_go
from .reasons import refuse_silence, wrong_reason
from .seen import has_task, record_of, refuse_unseen
from .showing import way_called
from .working import Working

GivenDesign = Annotated[ProcessDesign, Ask(gettext_lazy("Design"))]
GivenRecord = Annotated[Model, Ask(gettext_lazy("About"))]
GivenToken = Annotated[int, Ask(gettext_lazy("Token"))]
GivenReason = Annotated[str, Ask(gettext_lazy("Reason"))]


class Compared(Conflict):
    """The record is in the comparison of a deployment, and is to have no process."""

    code = "process-record-is-compared"


@action
def start_process(*, design: GivenDesign, about: GivenRecord, by: Actor) -> ProcessInstance:
    """Start an instance of a design's version in operation, for a record.

    Raises Compared for a record that is to have no process,
    Invalid for a design that is not in operation or is for other records, CannotGoOn where it cannot begin,
    Refused for a record that the person may not see.
    """
    permit(by, kind="processinstance")
    refuse_unseen(about, by)
    with moved_together() as batch:
        instance = begin(batch, design, about, by=by)
    if instance is None:
        raise Compared(
            _("This record is in the comparison of a deployment: it is to have no process."),
            remedy=_("Ask the design’s owner, if it needs one nevertheless."),
        )
    return instance


@action
def start_once(*, design: ProcessDesign, about: Model, key: str, by: Actor) -> ProcessInstance | None:
    """Start an instance as `start_process` does, once for this key: what it started already is returned.

    None for a record that is to have no process.
    """
    permit(by, kind="processinstance")
    known = ProcessInstance.objects.filter(key=key).first()
    if known is not None:
        return known
    try:
        with attempt(), moved_together() as batch:
            return begin(batch, design, about, by=by, key=key)
    except IntegrityError:  # another worker started it at the same moment
        return ProcessInstance.objects.get(key=key)


def _open(batch: Batch, processinstance: ProcessInstance, by: Actor, own: int = 0) -> Working:
    """The instance, locked and permitted. Raises Conflict where it has ended, Refused where its record is not seen.

    What is done at the token `own` whoever has its task may do, too.
    """
    batch.hold([processinstance.pk])
    work = batch.works.get(processinstance.pk)
    instance = work.instance if work is not None else processinstance
    row = work.rows.get(own) if work is not None and own else None
    if row is None or not has_task(by, row.activity_id):
        permit(by, instance)
        refuse_unseen(record_of(instance), by)
    if work is None:
        raise Conflict(_("This instance has ended."), remedy=_("Start a new one."))
    return work


def _corrected(
    processinstance: ProcessInstance, how: Callable[[Working], Any], by: Actor, own: int = 0
) -> ProcessInstance:
    """What a person does with an instance; at the token `own` whoever has its task may do it, too."""
    with moved_together() as batch:
        work = _open(batch, processinstance, by, own)
        let_go(batch, work, how, by=by)
    return work.instance


def _token(work: Working, number: int) -> Token:
    found = work.marking.tokens.get(number)
    if found is None:
        raise Conflict(_("The process has gone on meanwhile."), field="/token", remedy=_("Look at it again."))
    return found


@action
def choose_way(
    *,
    processinstance: ProcessInstance,
    token: GivenToken,
    way: Annotated[str, Ask(gettext_lazy("Way"))],
    by: Actor,
) -> ProcessInstance:
    """Say which flow to go along at a gateway that leaves it to a person."""

    def chosen(work: Working) -> None:
        standing = _token(work, token)
        node = work.plan.nodes[standing.node]
        if node.kind != "choose" or standing.state != "waits" or way not in node.out:
            raise Invalid(errors=[FieldError("/way", _("Choose one of the ways."))])
        told = {"step": node.name, "way": way_called(work.instance, way)}
        record(ProcessWayChosen(processinstance=work.instance, record=work.record, **told))
        tokens.finish(work.plan, work.marking, work, token, [way])

    return _corrected(processinstance, chosen, by)


@action
def skip_step(
    *, processinstance: ProcessInstance, token: GivenToken, reason: GivenReason, by: Actor
) -> ProcessInstance:
    """Let the instance go on without a step, and say why: what was planned for it is taken back."""
    refuse_silence(reason)

    def skipped(work: Working) -> None:
        standing = _token(work, token)
        node = work.plan.nodes[standing.node]
        if standing.state not in WAITING or node.kind in ("choose", "race", "listen"):
            raise Conflict(_("This step cannot be skipped."), remedy=_("Choose a way, or move the instance."))
        told = {"step": node.name, "element": node.id, "reason": reason.strip()}
        record(ProcessStepSkipped(processinstance=work.instance, record=work.record, **told))
        tokens.skip(work.plan, work.marking, work, token)

    return _corrected(processinstance, skipped, by, token)


@action
def move_token(
    *,
    processinstance: ProcessInstance,
    token: GivenToken,
    to: Annotated[str, Ask(gettext_lazy("Step"))],
    reason: GivenReason,
    by: Actor,
) -> ProcessInstance:
    """Take the instance from a step to another of the same (sub-)process, and say why.

    Raises Invalid naming all that is wrong, Conflict for a step that cannot be moved.
    """

    def moved(work: Working) -> None:
        standing = _token(work, token)
        node, target = work.plan.nodes[standing.node], work.plan.nodes.get(to)
        if work.marking.whole_of(standing) is not None:
            raise Conflict(
                _("This is one of several times."), remedy=_("Skip it, or move the whole activity instead.")
            )
        if standing.state == "listens":
            raise Conflict(_("This only listens."), remedy=_("Move a step of the process instead."))
        errors = wrong_reason(reason)
        if target is None or target.scope != node.scope or target.is_aside:
            errors.append(FieldError("/to", _("Choose a step of the same process.")))
        if errors or target is None:
            raise Invalid(errors=errors)
        told = {"step": node.name, "to": target.name, "reason": reason.strip()}
        record(ProcessMoved(processinstance=work.instance, record=work.record, **told))
        tokens.move(work.plan, work.marking, work, token, to)

    return _corrected(processinstance, moved, by, token)


@action
def retry_step(*, processinstance: ProcessInstance, token: GivenToken, by: Actor) -> ProcessInstance:
    """Try a step that failed again."""

    def again(work: Working) -> None:
        standing = _token(work, token)
        if not work.rows[token].fault:
            raise Conflict(_("This step has not failed."), remedy=_("Look at the instance again."))
        step = work.plan.nodes[standing.node].name
        record(ProcessRetried(processinstance=work.instance, record=work.record, step=step))
        do_again(work, standing)

    return _corrected(processinstance, again, by)


@action
def cancel_process(*, processinstance: ProcessInstance, reason: GivenReason, by: Actor) -> ProcessInstance:
    """End an instance before its end, and say why: its tasks are taken back."""
    refuse_silence(reason)
    with moved_together() as batch:
        instance = _open(batch, processinstance, by).instance
        cancel(batch, instance.pk, reason.strip(), by=design_actor(instance))
    return instance
