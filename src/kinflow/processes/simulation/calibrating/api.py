"""The API of calibrations."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router

from kinflow.eventlog import Actor
from kinflow.records.long_work.telling import LongWorkOut, work_told, works_told

from ...definitions.models import Process
from ...definitions.reading import refuse_strangers
from ...studio.subject import process_at
from .access import seen_calibrations
from .actions import cancel_calibration, start_calibration
from .models import Calibration
from .showing import shown_facts, shown_scenario

router = Router(tags=["processes"])
NEWEST = 20


class CalibrationOut(LongWorkOut):
    """A calibration; `facts` and `holdout` are there when it is done."""

    process: int
    fault: str = Field(description="too_little: fewer than ten cases; gone: the log is not there any more.")
    facts: dict[str, Any] = Field(
        description="Seconds, counts and shares; people only for who may see single people."
    )
    holdout: dict[str, Any] = Field(
        description="The check on later cases: distances in hours (n-grams and open cases: shares), verdict good,"
        " caution or bad, noise as median and 95 % quantile, figures as [real, simulated]."
    )


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _process(request: HttpRequest, pk: int) -> Process:
    refuse_strangers(_by(request))
    return process_at(str(pk))


def _row(request: HttpRequest, pk: int, number: int) -> Calibration:
    process = _process(request, pk)
    return get_object_or_404(seen_calibrations(_by(request)), process=process, pk=number)


def _shown(row: Calibration, by: Actor, told: dict[str, Any] | None = None) -> dict[str, Any]:
    facts = shown_facts(row, by)
    return {"process": row.process_id, "facts": facts, "holdout": row.holdout, **(told or work_told(row))}


@router.get(
    "/processes/{int:pk}/calibrations", response=list[CalibrationOut], summary="Calibrations of a process"
)
def list_calibrations(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """The newest first, at most twenty."""
    rows = seen_calibrations(_by(request)).filter(process=_process(request, pk))
    return [_shown(row, _by(request), told) for row, told in works_told(rows[:NEWEST])]


@router.post(
    "/processes/{int:pk}/calibrations", response={201: CalibrationOut}, summary="Calibrate a process"
)
def post_calibration(request: HttpRequest, pk: int) -> tuple[int, dict[str, Any]]:
    """The worker makes a scenario of the log and checks it on its later part."""
    return 201, _shown(start_calibration(process=_process(request, pk), by=_by(request)), _by(request))


@router.get(
    "/processes/{int:pk}/calibrations/{int:number}", response=CalibrationOut, summary="One calibration"
)
def get_calibration(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """How far it is, or what came of it."""
    return _shown(_row(request, pk, number), _by(request))


@router.get(
    "/processes/{int:pk}/calibrations/{int:number}/scenario",
    response=dict[str, Any],
    summary="The calibrated scenario",
)
def get_scenario(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """As it is simulated, times in microseconds; refused to who may not see single people. {} until it is done."""
    return shown_scenario(_row(request, pk, number), _by(request))


@router.post(
    "/processes/{int:pk}/calibrations/{int:number}/cancel",
    response=CalibrationOut,
    summary="Cancel a calibration",
)
def post_cancel(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """It ends before its end."""
    return _shown(cancel_calibration(calibration=_row(request, pk, number), by=_by(request)), _by(request))
