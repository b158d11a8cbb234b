"""What happens with calibrations."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ...definitions.models import Process
from .models import Calibration


@dataclass(frozen=True, kw_only=True)
class OfCalibration:
    """What happens with a calibration of a process."""

    calibration: Calibration
    process: Process


class CalibrationStarted(OfCalibration, Event):
    """Somebody has a process calibrated from its log."""

    icon = "clock"
    sentence = _("{by} had {process} calibrated for simulation")


@dataclass(frozen=True, kw_only=True)
class CalibrationFinished(OfCalibration, Event):
    """A process was calibrated; `verdict` says how well its simulation foretold the later part of the log."""

    cases: int
    verdict: str
    icon = "check"
    sentence = _("{process} is calibrated from {cases} cases")


class CalibrationCancelled(OfCalibration, Event):
    """Somebody ended a calibration before its end."""

    icon = "x"
    sentence = _("{by} cancelled the calibration of {process}")


@dataclass(frozen=True, kw_only=True)
class CalibrationFailed(OfCalibration, Event):
    """A process could not be calibrated; `fault` is a word of `showing.FAULTS`."""

    fault: str
    icon = "alert"
    sentence = _("{process} could not be calibrated")
