"""The API of calibrations."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router

from kinflow.eventlog import Actor
from kinflow.records.long_work.doors import Doors
from kinflow.records.long_work.telling import LongWorkOut
from kinflow.records.pages.answers import actor_of

from ...studio.subject import process_for
from .access import seen_calibrations
from .actions import cancel_calibration, start_calibration
from .models import Calibration
from .showing import shown_facts, shown_scenario

router = Router(tags=["processes"])
NEWEST = 20
ROOT = "/processes/{int:pk}/calibrations"


class CalibrationOut(LongWorkOut):
    """A calibration; `facts` and `holdout` are there when it is done."""

    process: int
    fault: str = Field(description="too_little: fewer than ten cases; gone: the log is not there any more.")
    facts: dict[str, Any] = Field(
        description="Seconds, counts and shares; people only for who may see single people."
    )
    holdout: dict[str, Any] = Field(
        description="The check on later cases, played as they came: distances in hours (n-grams and open cases: shares),"
        " verdict good, caution, changed (the process did, and the model tells the earlier part) or bad, noise and"
        " open_noise as median and 95 % quantile, past and open_past of the earlier cases taken unchanged, fit over the"
        " earlier part (hours, share), demand as cases a day [real, expected], figures as [real, simulated]."
    )


def _shown(row: Calibration, told: dict[str, Any], by: Actor) -> dict[str, Any]:
    return {"process": row.process_id, "facts": shown_facts(row, by), "holdout": row.holdout, **told}


doors = Doors(
    module=__name__,
    router=router,
    root=ROOT,
    whole=process_for,
    seen=seen_calibrations,
    called="calibration",
    out=CalibrationOut,
    shown=_shown,
)
doors.listed("list_calibrations", "Calibrations of a process", NEWEST)
doors.read("get_calibration", "One calibration")
doors.cancelled("post_cancel", "Cancel a calibration", cancel_calibration)


@router.post(ROOT, response={201: CalibrationOut}, summary="Calibrate a process")
def post_calibration(request: HttpRequest, pk: int) -> tuple[int, dict[str, Any]]:
    """The worker makes a scenario of the log and checks it on its later part."""
    by = actor_of(request)
    return 201, doors.told(request, start_calibration(process=process_for(by, pk), by=by))


@router.get(ROOT + "/{int:number}/scenario", response=dict[str, Any], summary="The calibrated scenario")
def get_scenario(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """As it is simulated, times in microseconds; refused to who may not see single people. {} until it is done."""
    return shown_scenario(doors.row(request, pk, number), actor_of(request))
