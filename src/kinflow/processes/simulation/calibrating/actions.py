"""All that can be done with calibrations: begin, cancel, and what the worker notes at the end."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold
from kinflow.records.long_work.acting import begin, cancel, fail, finish
from kinflow.records.long_work.models import WAITING

from ...definitions.models import Process
from .access import CALIBRATIONS
from .events import CalibrationCancelled, CalibrationFailed, CalibrationFinished, CalibrationStarted
from .models import AlreadyRunning, Calibration

JOB = "processes.calibrate"


@action
def start_calibration(*, process: Process, by: Actor) -> Calibration:
    """Have the worker calibrate a process from its log. Raises AlreadyRunning where it is at it."""
    CALIBRATIONS.permit(by)
    process = hold(process)
    if Calibration.objects.filter(process=process, state=WAITING).exists():
        raise AlreadyRunning(_("This process is being calibrated."), remedy=_("Wait, or cancel it."))
    row = Calibration(process=process, made_by=by.name or by.id)
    return begin(row, JOB, CalibrationStarted)


@action
def cancel_calibration(*, calibration: Calibration, by: Actor) -> Calibration:
    """End a calibration before its end. Raises NotRunning where it ended already."""
    return cancel(calibration, CalibrationCancelled, by=by)


@action
def finish_calibration(
    *,
    calibration: Calibration,
    scenario: Mapping[str, Any],
    facts: Mapping[str, Any],
    holdout: Mapping[str, Any],
    by: Actor,
) -> Calibration:
    """Keep what came of it, unless somebody cancelled it meanwhile."""
    cases, verdict = int(facts["cases"]), str(holdout["verdict"])
    kept = {"scenario": dict(scenario), "facts": dict(facts), "holdout": dict(holdout)}
    return finish(calibration, CalibrationFinished, kept, by=by, cases=cases, verdict=verdict)


@action
def fail_calibration(*, calibration: Calibration, fault: str, by: Actor) -> Calibration:
    """Keep why it could not be done."""
    return fail(calibration, fault, CalibrationFailed, by=by)
