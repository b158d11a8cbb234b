"""All that can be done with what-ifs: begin, cancel, remove, and what the worker notes at the end."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.long_work.acting import begin, cancel, fail, finish, remove
from kinflow.records.long_work.models import DONE

from ...definitions.models import Process
from ..calibrating.models import Calibration
from ..calibrating.written import scenario_of
from ..works.paying import pay_now
from .access import WHAT_IFS
from .events import WhatIfCancelled, WhatIfFailed, WhatIfFinished, WhatIfRemoved, WhatIfStarted
from .models import MOST_TIMES, USUAL_TIMES, NotCalibrated, WhatIf
from .moves import applied, move_of, told_move

JOB = "processes.what_if"


def calibration_for(process: Process) -> Calibration:
    """The newest calibration of a process that is done. Raises NotCalibrated."""
    found = Calibration.objects.filter(process=process, state=DONE).first()
    if found is None:
        raise NotCalibrated(
            _("This process is not calibrated yet."), remedy=_("Calibrate it in the tab Simulation first.")
        )
    return found


@action
def start_what_if(
    *,
    process: Process,
    moves: Sequence[Mapping[str, Any]],
    times: int = USUAL_TIMES,
    finding: str = "",
    by: Actor,
) -> WhatIf:
    """Have the worker play the calibrated process before and after some moves, `times` times each.

    Raises Invalid where a move does not fit, NotCalibrated where there is nothing to change.
    """
    WHAT_IFS.permit(by)
    if not moves:
        raise Invalid(errors=[FieldError("/moves", _("Choose at least one move."))])
    if not 2 <= times <= MOST_TIMES:
        words = _("Give a number from %(least)s to %(most)s.") % {"least": 2, "most": MOST_TIMES}
        raise Invalid(errors=[FieldError("/times", words)])
    calibration = calibration_for(process)
    read = [move_of(each, f"/moves/{place}") for place, each in enumerate(moves)]
    scenario = scenario_of(calibration.scenario)
    applied(scenario, read)
    row = WhatIf(
        process=process,
        calibration=calibration,
        moves=[told_move(each) for each in read],
        times=times,
        finding=finding[:500],
        pay=pay_now(process, scenario),
        made_by=by.name or by.id,
    )
    return begin(row, JOB, WhatIfStarted)


@action
def cancel_what_if(*, whatif: WhatIf, by: Actor) -> WhatIf:
    """End a what-if before its end. Raises NotRunning where it ended already."""
    return cancel(whatif, WhatIfCancelled, by=by)


@action
def remove_what_if(*, whatif: WhatIf, by: Actor) -> None:
    """Remove a what-if with its figures; one that runs ends."""
    remove(whatif, WhatIfRemoved, by=by)


@action
def finish_what_if(*, whatif: WhatIf, figures: Mapping[str, Any], by: Actor) -> WhatIf:
    """Keep the figures, unless somebody cancelled it meanwhile."""
    return finish(whatif, WhatIfFinished, {"figures": dict(figures)}, by=by, plays=whatif.times)


@action
def fail_what_if(*, whatif: WhatIf, fault: str, by: Actor) -> WhatIf:
    """Keep why it could not be played."""
    return fail(whatif, fault, WhatIfFailed, by=by)
