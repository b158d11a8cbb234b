"""What happens with sensitivities."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ...definitions.models import Process
from .models import Sensitivity


@dataclass(frozen=True, kw_only=True)
class OfSensitivity:
    """What happens with a sensitivity of a process."""

    sensitivity: Sensitivity
    process: Process


class SensitivityStarted(OfSensitivity, Event):
    """Somebody asks which inputs of a model matter most."""

    icon = "clock"
    sentence = _("{by} asked which inputs of the model of {process} matter most")


@dataclass(frozen=True, kw_only=True)
class SensitivityFinished(OfSensitivity, Event):
    """All inputs were changed, each up and down."""

    inputs: int
    icon = "check"
    sentence = _("{inputs} inputs of the model of {process} were changed up and down")


class SensitivityCancelled(OfSensitivity, Event):
    """Somebody ended it before its end."""

    icon = "x"
    sentence = _("{by} cancelled the sensitivity of the model of {process}")


@dataclass(frozen=True, kw_only=True)
class SensitivityFailed(OfSensitivity, Event):
    """It could not be played; `fault` is a word of `running.FAULTS`."""

    fault: str
    icon = "alert"
    sentence = _("The sensitivity of the model of {process} could not be played")
