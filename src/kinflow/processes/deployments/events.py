"""What happens to deployments, and to the records and instances in them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.automation.said import told
from kinflow.eventlog import Event, typed

from ..designs.models import ProcessDesign
from ..execution.models import ProcessInstance
from ..execution.step_names import step_words
from .models import GROUPS, WAYS, Deployment

FAULT = {"fault": lambda fault, _about: told(fault)}
FIGURES: dict[str, Any] = {
    "median_hours": _("Median cycle time in hours"),
    "stuck": _("Share of stuck instances, %"),
    "cancelled": _("Share of cancelled among the ended, %"),
    "late": _("Share with an overdue task, %"),
}


@dataclass(frozen=True, kw_only=True)
class DeploymentBegan(Event):
    """A version of a design goes live, in a way."""

    deployment: Deployment
    processdesign: ProcessDesign
    number: int
    way: str
    before: int | None = None
    icon = "play"
    words = {"way": dict(WAYS)}
    sentence = _("{by} deployed version {number} of {processdesign}: {way}")


@dataclass(frozen=True, kw_only=True)
class DeploymentEnded(Event):
    """A deployment is over: new cases run by `number` from now on, none where that is empty."""

    deployment: Deployment
    processdesign: ProcessDesign
    number: int | None
    icon = "check"
    sentence = _("{by} ended deployment {deployment} of {processdesign}")


@dataclass(frozen=True, kw_only=True)
class DeploymentReturned(Event):
    """A person took a deployment back to the version before, and said why."""

    deployment: Deployment
    processdesign: ProcessDesign
    number: int | None
    reason: str = typed(default="")
    icon = "undo"
    sentence = _("{by} took deployment {deployment} back: {reason}")


@dataclass(frozen=True, kw_only=True)
class GuardReturned(Event):
    """A guard took a deployment back to the version before, since its figure came past its limit."""

    deployment: Deployment
    processdesign: ProcessDesign
    number: int | None
    figure: str
    value: float
    limit: float
    cases: int
    icon = "alert"
    words = {"figure": FIGURES}
    sentence = _(
        "A guard took deployment {deployment} back: {figure} is {value}, the limit is {limit} ({cases} cases)"
    )


@dataclass(frozen=True, kw_only=True)
class GuardsSwitched(Event):
    """The guards of a deployment were switched on or off, with the reason."""

    deployment: Deployment
    switched: str
    reason: str = typed(default="")
    icon = "edit"
    words = {"switched": {"on": _("on"), "off": _("off")}}
    sentence = _("{by} switched the guards of {deployment} {switched}: {reason}")


@dataclass(frozen=True, kw_only=True)
class BenefitExpected(Event):
    """Somebody said what a deployment is to bring, and what was promised of it."""

    deployment: Deployment
    horizon_days: int
    goals: int
    promised: int
    found: str = typed(default="")
    icon = "flag"
    sentence = _("{by} said what is expected of {deployment}: {goals} goals, {promised} promised figures")


@dataclass(frozen=True, kw_only=True)
class RecordPlaced(Event):
    """A record has its group in a deployment; `number` is the version that it runs by, none for no process."""

    deployment: Deployment
    record: Any
    group: str
    number: int | None
    icon = "flow"
    words = {"group": dict(GROUPS)}
    sentence = _("{record} is in the group “{group}” of deployment {deployment}")


@dataclass(frozen=True, kw_only=True)
class DeploymentCouldNotStart(Event):
    """A deployment that starts by itself could not start an instance for a record."""

    deployment: Deployment
    record: Any
    fault: str
    icon = "alert"
    words = FAULT
    sentence = _("Deployment {deployment} could not start for {record}: {fault}")


@dataclass(frozen=True, kw_only=True)
class ShadowWouldHave(Event):
    """An instance in shadow came to a step; `would` is what it would have done there."""

    deployment: Deployment
    processinstance: ProcessInstance
    step: str
    element: str
    would: str
    icon = "search"
    words = {"step": step_words}
    sentence = _("{processinstance} would have done at “{step}”: {would}")


@dataclass(frozen=True, kw_only=True)
class ShadowFailed(Event):
    """The version in shadow could not have begun for a record."""

    deployment: Deployment
    fault: str
    icon = "alert"
    words = FAULT
    sentence = _("Version in shadow of {deployment} could not have begun: {fault}")


@dataclass(frozen=True, kw_only=True)
class InstancesMoving(Event):
    """Somebody had running instances taken to another version, and said why; `stays` names steps without a place."""

    processdesign: ProcessDesign
    before: int
    number: int
    total: int
    stays: tuple[str, ...] = ()
    reason: str = typed(default="")
    icon = "arrow"
    sentence = _(
        "{by} has {total} instances of {processdesign} moved from version {before} to {number}: {reason}"
    )


@dataclass(frozen=True, kw_only=True)
class ProcessVersionChanged(Event):
    """A running instance was taken to another version of its design."""

    processinstance: ProcessInstance
    record: Any
    before: int
    number: int
    reason: str = typed(default="")
    icon = "arrow"
    sentence = _("{by} moved {processinstance} from version {before} to version {number}: {reason}")
