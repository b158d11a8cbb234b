"""All that can be done with calibrations: begin, cancel, and what the worker notes at the end."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Refused
from kinflow.records.access import permit
from kinflow.records.jobs import defer

from ...access import sees_processes
from ...definitions.models import Process
from .events import CalibrationCancelled, CalibrationFailed, CalibrationFinished, CalibrationStarted
from .models import CANCELLED, DONE, FAILED, WAITING, AlreadyRunning, Calibration, NotRunning

JOB = "processes.calibrate"


@action
def start_calibration(*, process: Process, by: Actor) -> Calibration:
    """Have the worker calibrate a process from its log. Raises AlreadyRunning where it is at it."""
    permit(by, kind="calibration")
    if not sees_processes(by):
        raise Refused(remedy=_("Ask a process owner."))
    process = hold(process)
    if Calibration.objects.filter(process=process, state=WAITING).exists():
        raise AlreadyRunning(_("This process is being calibrated."), remedy=_("Wait, or cancel it."))
    row = Calibration(process=process, made_by=by.name or by.id)
    row.save()
    record(CalibrationStarted(calibration=row, process=process))
    defer(JOB, calibration=row.pk)
    return row


@action
def cancel_calibration(*, calibration: Calibration, by: Actor) -> Calibration:
    """End a calibration before its end. Raises NotRunning where it ended already."""
    row = hold(calibration)
    permit(by, row)
    if not row.is_running:
        raise NotRunning(_("The calibration ended already."), remedy=_("Look at it again."))
    row.state, row.ended_at = CANCELLED, timezone.now()
    row.save()
    record(CalibrationCancelled(calibration=row, process=row.process))
    return row


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
    row = hold(calibration)
    permit(by, row)
    if row.is_running:
        row.state, row.ended_at = DONE, timezone.now()
        row.scenario, row.facts, row.holdout = dict(scenario), dict(facts), dict(holdout)
        row.save()
        cases, verdict = int(facts["cases"]), str(holdout["verdict"])
        record(CalibrationFinished(calibration=row, process=row.process, cases=cases, verdict=verdict))
    return row


@action
def fail_calibration(*, calibration: Calibration, fault: str, by: Actor) -> Calibration:
    """Keep why it could not be done."""
    row = hold(calibration)
    permit(by, row)
    if row.is_running:
        row.state, row.fault, row.ended_at = FAILED, fault, timezone.now()
        row.save()
        record(CalibrationFailed(calibration=row, process=row.process, fault=fault))
    return row
