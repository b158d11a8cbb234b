"""What happens with sensitivities."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ...definitions.models import Process
from .models import Sensitivity


@dataclass(frozen=True, kw_only=True)
class SensitivityStarted(Event):
    """Somebody asks which inputs of a model matter most."""

    sensitivity: Sensitivity
    process: Process
    icon = "clock"
    sentence = _("{by} asked which inputs of the model of {process} matter most")


@dataclass(frozen=True, kw_only=True)
class SensitivityFinished(Event):
    """All inputs were changed, each up and down."""

    sensitivity: Sensitivity
    process: Process
    inputs: int
    icon = "check"
    sentence = _("{inputs} inputs of the model of {process} were changed up and down")


@dataclass(frozen=True, kw_only=True)
class SensitivityCancelled(Event):
    """Somebody ended it before its end."""

    sensitivity: Sensitivity
    process: Process
    icon = "x"
    sentence = _("{by} cancelled the sensitivity of the model of {process}")


@dataclass(frozen=True, kw_only=True)
class SensitivityFailed(Event):
    """It could not be played; `fault` is a word of `running.FAULTS`."""

    sensitivity: Sensitivity
    process: Process
    fault: str
    icon = "alert"
    sentence = _("The sensitivity of the model of {process} could not be played")
