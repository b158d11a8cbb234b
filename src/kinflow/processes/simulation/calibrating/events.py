"""What happens with calibrations."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ...definitions.models import Process
from .models import Calibration


@dataclass(frozen=True, kw_only=True)
class CalibrationStarted(Event):
    """Somebody has a process calibrated from its log."""

    calibration: Calibration
    process: Process
    icon = "clock"
    sentence = _("{by} had {process} calibrated for simulation")


@dataclass(frozen=True, kw_only=True)
class CalibrationFinished(Event):
    """A process was calibrated; `verdict` says how well its simulation foretold the later part of the log."""

    calibration: Calibration
    process: Process
    cases: int
    verdict: str
    icon = "check"
    sentence = _("{process} is calibrated from {cases} cases")


@dataclass(frozen=True, kw_only=True)
class CalibrationCancelled(Event):
    """Somebody ended a calibration before its end."""

    calibration: Calibration
    process: Process
    icon = "x"
    sentence = _("{by} cancelled the calibration of {process}")


@dataclass(frozen=True, kw_only=True)
class CalibrationFailed(Event):
    """A process could not be calibrated; `fault` is a word of `showing.FAULTS`."""

    calibration: Calibration
    process: Process
    fault: str
    icon = "alert"
    sentence = _("{process} could not be calibrated")
