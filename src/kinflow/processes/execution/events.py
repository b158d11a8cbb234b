"""What happens to instances; every step is told, so that what runs can be mined like all else."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.customers.activities.rules import RESULTS
from kinflow.eventlog import Event, typed

from ..designs.models import ProcessDesign
from .models import ProcessInstance
from .step_names import fault_words, step_words

STEP = {"step": step_words}


@dataclass(frozen=True, kw_only=True)
class ProcessStarted(Event):
    """An instance of a design began for a record."""

    processinstance: ProcessInstance
    processdesign: ProcessDesign
    record: Any
    number: int
    icon = "play"
    sentence = _("{by} started {processdesign} for {record}")


@dataclass(frozen=True, kw_only=True)
class ProcessStepBegan(Event):
    """A token came to a step; `element` is its id in the model."""

    processinstance: ProcessInstance
    record: Any
    step: str
    element: str
    icon = "play"
    words = STEP
    sentence = _("{processinstance}: step “{step}” began")


@dataclass(frozen=True, kw_only=True)
class ProcessStepDone(Event):
    """A step was done; `result` is what came out of a person's task."""

    processinstance: ProcessInstance
    record: Any
    step: str
    element: str
    result: str = ""
    icon = "check"
    words = {"result": dict(RESULTS), **STEP}
    sentence = _("{processinstance}: step “{step}” is done")


@dataclass(frozen=True, kw_only=True)
class ProcessWayChosen(Event):
    """A person said which way to go at a gateway."""

    processinstance: ProcessInstance
    record: Any
    step: str
    way: str
    icon = "flow"
    words = {**STEP, "way": step_words}
    sentence = _("{by} chose “{way}” at “{step}” of {processinstance}")


@dataclass(frozen=True, kw_only=True)
class ProcessStepSkipped(Event):
    """A person let an instance go on without a step, and said why."""

    processinstance: ProcessInstance
    record: Any
    step: str
    element: str
    reason: str = typed(default="")
    icon = "arrow"
    words = STEP
    sentence = _("{by} skipped “{step}” of {processinstance}: {reason}")


@dataclass(frozen=True, kw_only=True)
class ProcessMoved(Event):
    """A person took an instance to another step, and said why."""

    processinstance: ProcessInstance
    record: Any
    step: str
    to: str
    reason: str = typed(default="")
    icon = "arrow"
    words = {**STEP, "to": step_words}
    sentence = _("{by} moved {processinstance} from “{step}” to “{to}”: {reason}")


@dataclass(frozen=True, kw_only=True)
class ProcessStuck(Event):
    """An instance cannot go on by itself."""

    processinstance: ProcessInstance
    record: Any
    step: str
    fault: str
    icon = "alert"
    words = {**STEP, "fault": fault_words}
    sentence = _("{processinstance} is stuck at “{step}”: {fault}")


@dataclass(frozen=True, kw_only=True)
class ProcessRetried(Event):
    """A person let a stuck instance try again."""

    processinstance: ProcessInstance
    record: Any
    step: str
    icon = "refresh"
    words = STEP
    sentence = _("{by} let {processinstance} try “{step}” again")


@dataclass(frozen=True, kw_only=True)
class ProcessEnded(Event):
    """An instance came to its end."""

    processinstance: ProcessInstance
    processdesign: ProcessDesign
    record: Any
    icon = "check"
    sentence = _("{processinstance} came to its end")


@dataclass(frozen=True, kw_only=True)
class ProcessCancelled(Event):
    """An instance was ended before its end."""

    processinstance: ProcessInstance
    processdesign: ProcessDesign
    record: Any
    reason: str = typed(default="")
    icon = "x"
    sentence = _("{by} cancelled {processinstance}: {reason}")
