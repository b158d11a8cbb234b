"""The API of sensitivities."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import Strict
from kinflow.records.long_work.telling import LongWorkOut, work_told, works_told

from ...definitions.models import Process
from ...definitions.reading import refuse_strangers
from ...studio.subject import process_at
from .access import seen_sensitivities
from .actions import cancel_sensitivity, start_sensitivity
from .models import PERCENTS, USUAL_TIMES, Sensitivity

router = Router(tags=["processes"])
NEWEST = 20
ROOT = "/processes/{int:pk}/sensitivities"


class SensitivityIn(Strict):
    """Moves that are made first, and how much each input is changed."""

    moves: list[dict[str, Any]] = []
    percent: int = Field(PERCENTS[-1], description="10 or 20.")
    times: int = Field(USUAL_TIMES, description="Plays of each side, 2 to 60.")


class SensitivityOut(LongWorkOut):
    """A sensitivity; `figures` are there when it is done."""

    process: int
    calibration: int
    moves: list[dict[str, Any]]
    percent: int = Field(description="How much is done, 0 to 100.")
    change: int = Field(description="By how many per cent each input is changed.")
    times: int
    figures: dict[str, Any] = Field(
        description="`now`: mean cycle time (microseconds), cost and work of a case; `inputs`, the strongest in time"
        " first: kind (arrivals, work, people, way, wait), keys, and for both sides by how much these are more, each"
        " [mean, low, high] with a 95 % interval."
    )


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _process(request: HttpRequest, pk: int) -> Process:
    refuse_strangers(_by(request))
    return process_at(str(pk))


def _row(request: HttpRequest, pk: int, number: int) -> Sensitivity:
    process = _process(request, pk)
    return get_object_or_404(seen_sensitivities(_by(request)), process=process, pk=number)


def _shown(row: Sensitivity, told: dict[str, Any]) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("moves", "times", "figures")}
    return {
        "process": row.process_id,
        "calibration": row.calibration_id,
        "change": row.percent,
        **plain,
        **told,
    }


@router.get(ROOT, response=list[SensitivityOut], summary="Sensitivities of a process")
def list_sensitivities(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """The newest first, at most twenty."""
    rows = seen_sensitivities(_by(request)).filter(process=_process(request, pk))
    return [_shown(*each) for each in works_told(rows[:NEWEST])]


@router.post(ROOT, response={201: SensitivityOut}, summary="Ask which inputs of a model matter")
def post_sensitivity(request: HttpRequest, pk: int, given: SensitivityIn) -> tuple[int, dict[str, Any]]:
    """The worker changes each input alone, up and down."""
    row = start_sensitivity(process=_process(request, pk), **given.model_dump(), by=_by(request))
    return 201, _shown(row, work_told(row))


@router.get(ROOT + "/{int:number}", response=SensitivityOut, summary="One sensitivity")
def get_sensitivity(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """How far it is, or what came of it."""
    row = _row(request, pk, number)
    return _shown(row, work_told(row))


@router.post(ROOT + "/{int:number}/cancel", response=SensitivityOut, summary="Cancel a sensitivity")
def post_cancel_sensitivity(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """It ends before its end."""
    row = cancel_sensitivity(sensitivity=_row(request, pk, number), by=_by(request))
    return _shown(row, work_told(row))
