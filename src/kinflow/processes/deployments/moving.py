"""Running instances taken from one version to another, by an explicit mapping of steps: begun here, done in a job."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.automation.said import kept
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.jobs import defer

from ..designs.fitness import refuse_unfit
from ..designs.kept import NotFit, plan_for
from ..designs.kept import kept as kept_version
from ..designs.models import DesignVersion, ProcessDesign
from ..execution import tokens
from ..execution.batch import Batch, moved_together
from ..execution.marking import WAITING
from ..execution.models import OPEN, ProcessInstance
from ..execution.moving import let_go
from ..execution.reasons import wrong_reason
from ..execution.seen import record_of
from ..execution.waits import waits_of
from ..execution.working import Working
from .ahead import refuse_dead_end
from .events import InstancesMoving, ProcessVersionChanged
from .mapping import Place, Stays, places_for
from .models import VersionMove

JOB = "processes.move_instances"


@action
def move_instances(
    *,
    processdesign: ProcessDesign,
    number: int,
    to: int,
    mapping: Mapping[str, str],
    reason: str,
    by: Actor,
) -> VersionMove:
    """Have the running instances of a version moved to another; those without a place for a step stay, and are named.

    `mapping` gives by element of the old version the same one of the new. Raises Invalid naming what is wrong,
    NotFitForOperation for a version that could not run, Conflict while others of the design are being moved.
    """
    design = hold(processdesign)
    permit(by, kind="deployment")
    if VersionMove.objects.filter(design=design, ended_at=None).exists():
        raise Conflict(
            _("Instances of this design are being moved already."), remedy=_("Wait until that is done.")
        )
    _check(design, number, to, mapping, reason)
    old = plan_for(design.pk, number)
    rows = ProcessInstance.objects.filter(design=design, number=number, state__in=OPEN, is_shadow=False)
    standing = set(rows.values_list("tokens__node", flat=True)) - {None}
    stays = sorted(
        old.nodes[node].name
        for node in standing
        if node in old.nodes and node not in mapping and old.nodes[node].kind != "listen"
    )
    made = VersionMove.objects.create(
        design=design,
        number=number,
        to=to,
        mapping=dict(mapping),
        reason=reason.strip(),
        by_kind=by.kind,
        by_id=by.id[:60],
        by_name=by.name[:200],
        total=rows.count(),
    )
    told: dict[str, Any] = {
        "before": number,
        "number": to,
        "total": made.total,
        "stays": tuple(stays),
        "reason": made.reason,
    }
    record(InstancesMoving(processdesign=design, **told))
    defer(JOB, move=made.pk)
    return made


def _check(design: ProcessDesign, number: int, to: int, mapping: Mapping[str, str], reason: str) -> None:
    errors: list[FieldError] = []
    versions = {v.number: v for v in DesignVersion.objects.filter(design=design, number__in=(number, to))}
    if number not in versions:
        errors.append(FieldError("/number", _("There is no such version.")))
    if to not in versions or to == number:
        errors.append(FieldError("/to", _("Choose another version.")))
    errors += wrong_reason(reason)
    if {number, to} <= versions.keys():
        errors += _wrong_places(design, number, to, mapping)
    if errors:
        raise Invalid(errors=errors)
    refuse_unfit(design, versions[to])


def _wrong_places(
    design: ProcessDesign, number: int, to: int, mapping: Mapping[str, str]
) -> Iterator[FieldError]:
    """What is wrong with which step is to be which. A version that has no plan is refused elsewhere."""
    try:
        old, new = plan_for(design.pk, number).nodes, plan_for(design.pk, to).nodes
    except NotFit:
        return
    for key, target in mapping.items():
        if key not in old or target not in new:
            yield FieldError(f"/mapping/{key}", _("The model has no such element."))
        elif old[key].kind != new[target].kind:
            yield FieldError(f"/mapping/{key}", _("Choose an element of the same kind."))


@action
def change_version(*, instance_id: int, move: VersionMove, by: Actor) -> str:
    """Take one instance to the new version, with its tokens, tasks and times; "" or why it stays, as it is kept.

    One that ended, or is there already, counts as moved.
    """
    with moved_together() as batch:
        batch.hold([instance_id])
        work = batch.works.get(instance_id)
        return (
            _turned(batch, work, move, by) if work is not None and work.instance.number == move.number else ""
        )


def _turned(batch: Batch, work: Working, move: VersionMove, by: Actor) -> str:
    instance = work.instance
    old, new = (kept_version(instance.design_id, number) for number in (move.number, move.to))
    tokens_before = list(instance.tokens.order_by("number"))
    try:
        places = places_for(tokens_before, old, new, move.mapping)
        refuse_dead_end(instance.design_id, move.to, tokens_before, places)
    except Stays as stays:
        return kept(stays.why)
    batch.touch(work)
    for token in work.marking.tokens.values():
        work.drop_events(token.number, old.plan.nodes[token.node])
    work.turn_to(move.to)
    instance.results = {move.mapping.get(key, key): one for key, one in instance.results.items()}
    told: dict[str, Any] = {"before": move.number, "number": move.to, "reason": move.reason}
    about = record_of(instance)
    record(ProcessVersionChanged(processinstance=instance, record=about if about else instance, **told))
    let_go(batch, work, lambda work: _carry(work, places, move.mapping), by=by)
    return ""


def _carry(work: Working, places: Mapping[int, Place], mapping: Mapping[str, str]) -> None:
    """Put the tokens where they come to; tasks and calls go with them, times are counted from when a token came."""
    for number, place in places.items():
        token, row = work.marking.tokens[number], work.rows[number]
        token.node, token.flow = place.node, place.flow or token.flow
        row.happened = mapping.get(row.happened, row.happened)
        node = work.plan.nodes[place.node]
        if token.state in WAITING:
            for event in (node, *waits_of(work.plan, node)):
                work.subscribe(token, event, row.since)
        elif node.kind == "fork":
            token.state = "ready"  # it may be complete with the ways of the new version
    for number in work.marking.tokens.keys() - places.keys():
        del work.marking.tokens[number]
    for token in list(work.marking.tokens.values()):
        if token.state == "holds":
            tokens.listen(work.plan, work.marking, token.node, token.number)
    tokens.listen(work.plan, work.marking, "", 0)
    tokens.play(work.plan, work.marking, work)


def note_progress(move: VersionMove, last_id: int, moved: int, stayed: Mapping[str, int]) -> None:
    """Keep how far a move has come."""
    for why, count in stayed.items():
        move.stayed[why] = move.stayed.get(why, 0) + count
    VersionMove.objects.filter(pk=move.pk).update(
        moved=F("moved") + moved, stayed=move.stayed, last_id=last_id
    )


def note_end(move: VersionMove) -> None:
    """Keep that a move is done."""
    VersionMove.objects.filter(pk=move.pk).update(ended_at=timezone.now())
