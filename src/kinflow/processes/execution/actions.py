"""All that can be done with instances: start them, let them go on, and what people may do where one goes otherwise."""

from typing import Annotated

from django.db import IntegrityError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.eventlog.command import attempt
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, FieldError, Invalid, Problem
from kinflow.records.access import permit
from kinflow.records.faces import Ask

from ..designs.bindings import Automatic
from ..designs.kept import plan_for
from ..designs.models import ProcessDesign
from . import tokens
from .events import ProcessMoved, ProcessRetried, ProcessStepSkipped, ProcessWayChosen
from .models import ProcessInstance
from .moving import begin, cancel, design_actor, happened, held, let_go, remember
from .seen import record_of, refuse_unseen
from .showing import way_called
from .stuck import get_stuck
from .tokens import Token
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
    instance = begin(design, about, by=by)
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
        with attempt():
            return begin(design, about, by=by, key=key)
    except IntegrityError:  # another worker started it at the same moment
        return ProcessInstance.objects.get(key=key)


@action
def go_on(
    *, instance_id: int, token: int, node: str = "", result: str = "", entry: Entry | None = None, by: Actor
) -> bool:
    """What a token waited for is there: its own step is done, or the event `node` happened. Whether it still counted.

    Where the tokens cannot move, the instance is stuck at that step; what happened is kept, so that it goes on from
    there when somebody has mended it.
    """
    instance = _waiting(instance_id, token)
    if instance is None:
        return False
    try:
        with attempt():
            let_go(instance, lambda work: happened(work, token, node, result), by=by, entry=entry)
    except Problem as problem:
        _stop(instance, token, problem, node, result, by)
    return True


@action
def stop_at(
    *,
    instance_id: int,
    token: int,
    problem: Problem,
    node: str = "",
    result: str = "",
    has_happened: bool = True,
    by: Actor,
) -> None:
    """The instance must not go on from where a token waits: it is stuck there, and says why.

    `has_happened`: what the token waited for is there, and is taken up when somebody tries again.
    """
    instance = _waiting(instance_id, token)
    if instance is not None:
        _stop(instance, token, problem, node, result, by, has_happened=has_happened)


@action
def try_again(*, instance_id: int, token: int, by: Actor) -> None:
    """A step that failed is tried again by itself, after a pause."""
    instance = _waiting(instance_id, token)
    if instance is None:
        return
    try:
        with attempt():
            let_go(instance, lambda work: _try_again(work, work.marking.tokens[token]), by=by)
    except Problem as problem:
        _stop(instance, token, problem, "", "", by)


def _waiting(instance_id: int, token: int) -> ProcessInstance | None:
    """The instance, locked, if this token of it still waits."""
    instance = held(instance_id)
    if instance is None or not instance.tokens.filter(number=token, state__in=tokens.WAITING).exists():
        return None
    return instance


def _stop(
    instance: ProcessInstance,
    token: int,
    problem: Problem,
    node: str,
    result: str,
    by: Actor,
    *,
    has_happened: bool = True,
) -> None:
    """Keep what happened and why it led nowhere; the instance is stuck."""
    instance.refresh_from_db()
    row = instance.tokens.get(number=token)
    row.happened = (node or row.node) if has_happened else ""
    row.fault, row.remedy = str(problem)[:500], str(problem.remedy)[:500]
    row.save(update_fields=["happened", "fault", "remedy"])
    if result:
        remember(instance, row.node, result)
    step = plan_for(instance.design_id, instance.number).nodes[row.node].name
    about = instance if instance.is_shadow else record_of(instance) or instance
    get_stuck(instance, about=about, step=step, fault=row.fault, now=timezone.now(), by=by)
    instance.save()


def _open(processinstance: ProcessInstance, by: Actor) -> ProcessInstance:
    """The instance, locked and permitted. Raises Conflict where it has ended, Refused where its record is not seen."""
    instance: ProcessInstance = hold(processinstance)
    permit(by, instance)
    refuse_unseen(record_of(instance), by)
    if not instance.is_open:
        raise Conflict(_("This instance has ended."), remedy=_("Start a new one."))
    return instance


def _token(work: Working, number: int) -> Token:
    found = work.marking.tokens.get(number)
    if found is None:
        raise Conflict(_("The process has gone on meanwhile."), field="/token", remedy=_("Look at it again."))
    return found


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise Invalid(errors=[FieldError("/reason", _("Say why."))])


@action
def choose_way(
    *,
    processinstance: ProcessInstance,
    token: GivenToken,
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
        told = {"step": node.name, "way": way_called(instance, way)}
        record(ProcessWayChosen(processinstance=instance, record=work.record, **told))
        tokens.finish(work.plan, work.marking, work, token, [way])

    let_go(instance, chosen, by=by)
    return instance


@action
def skip_step(
    *, processinstance: ProcessInstance, token: GivenToken, reason: GivenReason, by: Actor
) -> ProcessInstance:
    """Let the instance go on without a step, and say why: what was planned for it is taken back."""
    instance = _open(processinstance, by)
    _refuse_silence(reason)

    def skipped(work: Working) -> None:
        standing = _token(work, token)
        node = work.plan.nodes[standing.node]
        if standing.state not in tokens.WAITING or node.kind in ("choose", "race"):
            raise Conflict(_("This step cannot be skipped."), remedy=_("Choose a way, or move the instance."))
        told = {"step": node.name, "element": node.id, "reason": reason.strip()}
        record(ProcessStepSkipped(processinstance=instance, record=work.record, **told))
        tokens.skip(work.plan, work.marking, work, token)

    let_go(instance, skipped, by=by)
    return instance


@action
def move_token(
    *,
    processinstance: ProcessInstance,
    token: GivenToken,
    to: Annotated[str, Ask(gettext_lazy("Step"))],
    reason: GivenReason,
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
        record(ProcessMoved(processinstance=instance, record=work.record, **told))
        tokens.move(work.plan, work.marking, work, token, to)

    let_go(instance, moved, by=by)
    return instance


@action
def retry_step(*, processinstance: ProcessInstance, token: GivenToken, by: Actor) -> ProcessInstance:
    """Try a step that failed again."""
    instance = _open(processinstance, by)

    def again(work: Working) -> None:
        standing = _token(work, token)
        if not work.rows[token].fault:
            raise Conflict(_("This step has not failed."), remedy=_("Look at the instance again."))
        step = work.plan.nodes[standing.node].name
        record(ProcessRetried(processinstance=instance, record=work.record, step=step))
        _try_again(work, standing)

    let_go(instance, again, by=by)
    return instance


def _try_again(work: Working, token: Token) -> None:
    """Take up what happened and led nowhere, or do once more what failed."""
    node, row = work.plan.nodes[token.node], work.rows[token.number]
    event, row.happened, row.fault, row.remedy = row.happened, "", "", ""
    if event:
        result = work.instance.results.get(node.id, "") if event == node.id else ""
        happened(work, token.number, event, result)
    elif isinstance(work.bindings.get(node.id), Automatic) and work.work(token, node):
        tokens.finish(work.plan, work.marking, work, token.number)


@action
def cancel_process(*, processinstance: ProcessInstance, reason: GivenReason, by: Actor) -> ProcessInstance:
    """End an instance before its end, and say why: its tasks are taken back."""
    instance = _open(processinstance, by)
    _refuse_silence(reason)
    cancel(instance.pk, reason.strip(), by=design_actor(instance))
    instance.refresh_from_db()
    return instance
