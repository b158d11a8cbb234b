"""All that can be done with sensitivities: begin, cancel, and what the worker notes at the end."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.long_work.acting import begin, cancel, fail, finish

from ...definitions.models import Process
from ..calibrating.written import scenario_of
from ..whatif.actions import calibration_for
from ..whatif.moves import applied, move_of, told_move
from ..works.paying import pay_now
from .access import SENSITIVITIES
from .events import SensitivityCancelled, SensitivityFailed, SensitivityFinished, SensitivityStarted
from .models import LEAST_TIMES, MOST_TIMES, PERCENTS, USUAL_TIMES, Sensitivity

JOB = "processes.sensitivity"


@action
def start_sensitivity(
    *,
    process: Process,
    moves: Sequence[Mapping[str, Any]] = (),
    percent: int = PERCENTS[-1],
    times: int = USUAL_TIMES,
    by: Actor,
) -> Sensitivity:
    """Have the worker change each input of the calibrated process, after some moves, by `percent` up and down.

    Raises Invalid where a move does not fit, or for another percent or number of plays; NotCalibrated.
    """
    SENSITIVITIES.permit(by)
    errors = []
    if percent not in PERCENTS:
        errors.append(FieldError("/percent", _("Choose 10 or 20 per cent.")))
    if not LEAST_TIMES <= times <= MOST_TIMES:
        words = _("Give a number from %(least)s to %(most)s.") % {"least": LEAST_TIMES, "most": MOST_TIMES}
        errors.append(FieldError("/times", words))
    if errors:
        raise Invalid(errors=errors)
    calibration = calibration_for(process)
    read = [move_of(each, f"/moves/{place}") for place, each in enumerate(moves)]
    scenario = scenario_of(calibration.scenario)
    applied(scenario, read)
    row = Sensitivity(
        process=process,
        calibration=calibration,
        moves=[told_move(each) for each in read],
        percent=percent,
        times=times,
        pay=pay_now(process, scenario),
        made_by=by.name or by.id,
    )
    return begin(row, JOB, SensitivityStarted)


@action
def cancel_sensitivity(*, sensitivity: Sensitivity, by: Actor) -> Sensitivity:
    """End it before its end. Raises NotRunning where it ended already."""
    return cancel(sensitivity, SensitivityCancelled, by=by)


@action
def finish_sensitivity(*, sensitivity: Sensitivity, figures: Mapping[str, Any], by: Actor) -> Sensitivity:
    """Keep what came of it, unless somebody cancelled it meanwhile."""
    inputs = len(figures["inputs"])
    return finish(sensitivity, SensitivityFinished, {"figures": dict(figures)}, by=by, inputs=inputs)


@action
def fail_sensitivity(*, sensitivity: Sensitivity, fault: str, by: Actor) -> Sensitivity:
    """Keep why it could not be played."""
    return fail(sensitivity, fault, SensitivityFailed, by=by)
