"""All that can be done with deployments."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from kinflow.automation.bilingual import in_active_language, in_all_languages
from kinflow.automation.clock import set_moment
from kinflow.automation.messages.sending import send
from kinflow.automation.said import kept, kept_fault, said
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid, Problem
from kinflow.records.access import permit
from kinflow.records.faces import Ask

from ..designs.fitness import refuse_unfit
from ..designs.models import DesignVersion, ProcessDesign
from ..execution.batch import moved_together
from ..execution.moving import cancel, design_actor
from ..execution.reasons import refuse_silence
from ..execution.seen import refuse_unseen
from ..redesigns.promising import redesign_behind
from .ending import GUARDS, close, end_running
from .events import (
    FIGURES,
    BenefitExpected,
    DeploymentBegan,
    DeploymentCouldNotStart,
    DeploymentEnded,
    DeploymentReturned,
    GuardReturned,
    GuardsSwitched,
)
from .given import read_guards, read_trigger, read_way
from .guards import Tripped, tripped
from .models import ALL, BEFORE, COMPARISONS, ENDED, NONE, RETURNED, RUNNING, SHADOW, Deployment
from .placing import place, running_of

EVERY = timedelta(minutes=15)
OVER = gettext_noop("The deployment is over.")
GivenReason = Annotated[str, Ask(gettext_lazy("Reason"))]


@action
def deploy(
    *,
    processdesign: ProcessDesign,
    number: int,
    way: str = ALL,
    share: int = 100,
    condition: Mapping[str, Any] | None = None,
    comparison: str = BEFORE,
    trigger: Mapping[str, Any] | None = None,
    guards: Sequence[Any] = (),
    seen: int | None = None,
    by: Actor,
) -> Deployment:
    """Let a version of a design go live; what was deployed before is over, running instances finish on their version.

    `seen` is the design's `version` (the count of its changes) that was looked at. Raises Invalid naming what is wrong,
    NotFitForOperation for a version that cannot run, Conflict where somebody else changed the design meanwhile.
    """
    design = hold(processdesign)
    permit(by, kind="deployment")
    if seen is not None and seen != design.version:
        raise Conflict(
            _("Somebody changed or deployed this design meanwhile."),
            remedy=_("Look at it, then decide again."),
        )
    errors: list[FieldError] = []
    read_share, asked = read_way(design.kind, way, share, condition, errors)
    starts, watched = read_trigger(design.kind, trigger or {}, errors), read_guards(guards, errors)
    if comparison not in dict(COMPARISONS):
        errors.append(FieldError("/comparison", _("Choose one of the values.")))
    version = DesignVersion.objects.filter(design=design, number=number).first()
    if version is None:
        errors.append(FieldError("/number", _("There is no such version.")))
    elif way != ALL and number == design.live_number:
        errors.append(
            FieldError("/number", _("This version is in operation already: choose another to compare."))
        )
    if errors or version is None:
        raise Invalid(errors=errors)
    refuse_unfit(design, version)
    end_running(design)
    made = Deployment(
        design=design,
        number=number,
        before=design.live_number,
        way=way,
        share=read_share,
        condition=asked,
        comparison=comparison if design.live_number is not None else NONE,
        trigger=starts,
        guards=watched,
    )
    is_promised = _promise(made)
    made.save()
    if way == ALL or (design.live_number is None and way != SHADOW):
        design.live_number = number
    design.save()
    record(DeploymentBegan(deployment=made, processdesign=design, number=number, way=way, before=made.before))
    if is_promised:
        days, promised = made.horizon_days, len(made.promise)
        record(
            BenefitExpected(deployment=made, horizon_days=days, goals=0, promised=promised, found=made.found)
        )
    if watched:
        _ask_guards_again(made, timezone.now())
    return made


def _promise(deployment: Deployment) -> bool:
    """Take over what the simulation behind the version foretold, and for which finding; whether there was one."""
    redesign = redesign_behind(deployment.design, deployment.number, deployment.before)
    if redesign is None:
        return False
    deployment.promise, deployment.horizon_days = redesign.promise, redesign.horizon_days
    deployment.milestone = redesign.milestone
    deployment.found, deployment.expected_at = in_active_language(redesign.found or ""), timezone.now()
    return True


def _ask_guards_again(deployment: Deployment, now: datetime) -> None:
    set_moment(GUARDS, str(deployment.pk), now + EVERY, {"deployment": deployment.pk})


def _running(deployment: Deployment, by: Actor) -> Deployment:
    """The deployment, locked after its design, if it still runs. Raises Conflict."""
    hold(deployment.design)
    found: Deployment = hold(deployment)
    permit(by, found)
    if found.state != RUNNING:
        raise Conflict(_("This deployment is over."), remedy=_("Deploy the version that is to run."))
    return found


@action
def give_to_all(*, deployment: Deployment, by: Actor) -> Deployment:
    """End the comparison for the new version: all new cases run by it from now on."""
    found = _running(deployment, by)
    _leave_live(found, found.number)
    close(found, ENDED)
    record(DeploymentEnded(deployment=found, processdesign=found.design, number=found.number))
    return found


@action
def return_deployment(*, deployment: Deployment, reason: GivenReason, by: Actor) -> Deployment:
    """Take a deployment back: new cases run by the version before, or by none; say why."""
    found = _running(deployment, by)
    refuse_silence(reason)
    _leave_live(found, found.before)
    close(found, RETURNED)
    told: dict[str, Any] = {"number": found.before, "reason": reason.strip()}
    record(DeploymentReturned(deployment=found, processdesign=found.design, **told))
    return found


def _leave_live(deployment: Deployment, number: int | None) -> None:
    """Let the design's new cases run by this version."""
    design = deployment.design
    design.live_number = number
    design.save()


@action
def switch_guards(
    *,
    deployment: Deployment,
    is_on: Annotated[bool, Ask(gettext_lazy("Guards are on"))],
    reason: GivenReason,
    by: Actor,
) -> Deployment:
    """Switch the guards of a running deployment on or off, and say why."""
    found = _running(deployment, by)
    refuse_silence(reason)
    if found.is_guarded != is_on:
        found.is_guarded = is_on
        found.save()
        switched = "on" if is_on else "off"
        record(GuardsSwitched(deployment=found, switched=switched, reason=reason.strip()))
    return found


@action
def check_guards(*, deployment_id: int, now: datetime, by: Actor) -> bool:
    """Ask the guards of a deployment; where one's figure is past its limit, return, and tell the design's owner.

    Whether it returned. What is over, or whose guards are off, is left alone.
    """
    permit(by, kind="deployment")
    found = Deployment.objects.select_related("design").filter(pk=deployment_id, state=RUNNING).first()
    if found is None:
        return False
    past = tripped(found, now) if found.is_guarded else None  # counted before the lock, which starts wait for
    hold(found.design)
    found = hold(found)
    if found.state != RUNNING:
        return False
    if past is None or not found.is_guarded:
        _ask_guards_again(found, now)
        return False
    _leave_live(found, found.before)
    close(found, RETURNED)
    record(
        GuardReturned(
            deployment=found,
            processdesign=found.design,
            number=found.before,
            figure=past.figure,
            value=past.value,
            limit=past.limit,
            cases=past.cases,
        )
    )
    _tell_owner(found, past, now, by)
    return True


def _tell_owner(deployment: Deployment, past: Tripped, now: datetime, by: Actor) -> None:
    words = {"deployment": str(deployment)}

    def told() -> str:
        figures = {"value": past.value, "limit": past.limit, "cases": past.cases}
        return _("%(figure)s: %(value)s after %(cases)s cases, the limit is %(limit)s.") % (
            figures | {"figure": FIGURES[past.figure]}
        )

    send(
        key=f"guard:{deployment.pk}",
        to=[deployment.design.owner],
        subject=in_all_languages(lambda: _("A guard took “%(deployment)s” back") % words),
        text=in_all_languages(told),
        about=deployment,
        now=now,
        by=by,
    )


@action
def place_record(*, design: ProcessDesign, about: Model, by: Actor) -> None:
    """Give a record its group in the design's running deployment, if there is one, before a process is asked for.

    In a transaction of its own, so that the group is kept where the start is refused. Raises Refused.
    """
    permit(by, kind="processinstance")
    refuse_unseen(about, by)
    running = running_of(design)
    if running is not None and design.kind == about._meta.model_name:
        place(running, about)


@action
def end_shadow(*, instance_id: int, by: Actor) -> None:
    """End an instance in shadow, since its deployment is over."""
    permit(by, kind="processinstance")
    with moved_together() as batch:
        batch.hold([instance_id])
        work = batch.works.get(instance_id)
        if work is not None and work.instance.is_shadow:
            cancel(batch, instance_id, kept(said(OVER)), by=design_actor(work.instance))


@action
def tell_not_started(
    *, deployment: Deployment, about: Model, problem: Problem, now: datetime, by: Actor
) -> None:
    """Keep in the log that a deployment could not start by itself for a record; the design's owner is told once a day."""
    permit(by, kind="processinstance")
    record(DeploymentCouldNotStart(deployment=deployment, record=about, fault=kept_fault(problem)[0]))
    told = {"deployment": str(deployment)}
    send(
        key=f"deployment_start:{deployment.pk}:{now.date().isoformat()}",
        to=[deployment.design.owner],
        subject=in_all_languages(lambda: _("“%(deployment)s” could not start by itself") % told),
        text=in_all_languages(lambda: f"{problem} {problem.remedy}".strip()),
        about=about,
        now=now,
        by=by,
    )
