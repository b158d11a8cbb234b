"""The API of what-ifs."""

from math import isfinite
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.long_work.telling import LongWorkOut, work_told, works_told

from ...access import may_see_people
from ...definitions.models import Process
from ...definitions.reading import refuse_strangers
from ...studio.subject import process_at
from ..satisfaction import Satisfaction
from .access import seen_what_ifs
from .actions import cancel_what_if, remove_what_if, start_what_if
from .models import USUAL_TIMES, WhatIf
from .satisfying import satisfaction_of
from .telling import moves_told

router = Router(tags=["processes"])
NEWEST = 50
ROOT = "/processes/{int:pk}/what-ifs"


class WhatIfIn(Schema):
    """What to try: moves such as {"move": "empower", "step": "step 3", "share": 80}."""

    moves: list[dict[str, Any]]
    times: int = Field(USUAL_TIMES, description="Plays of each side, 2 to 200.")
    finding: str = Field("", description="The key of the finding that it is tried for.")


class WhatIfOut(LongWorkOut):
    """A what-if; `figures` are there when it is done."""

    process: int
    calibration: int
    moves: list[dict[str, Any]]
    words: list[str] = Field(description="The moves in the caller's language.")
    times: int
    finding: str
    fault: str = Field(description="unplayable: the scenario cannot be played after the moves.")
    verdict: str = Field(description="Of the calibration: good, caution or bad.")
    figures: dict[str, Any] = Field(
        description="Before, after and paired difference, each [mean, low, high] with a 95 % interval; times in"
        " microseconds; utilisation by person only for who may see single people. `structure`: the organisation before"
        " and after; `structure_intervals`: of its hand-offs and lines, by side and of the difference."
    )


class SatisfactionIn(Schema):
    """The coefficients of the model; what is left out is as usual. `expected` in hours, 0 for the median before."""

    base: float = Field(1.5, ge=-10, le=10)
    doubling: float = Field(0.7, ge=0, le=10)
    handover: float = Field(0.1, ge=0, le=10)
    again: float = Field(0.5, ge=0, le=10)
    expected: float = Field(0.0, ge=0, le=100_000)


class SatisfactionOut(Schema):
    """The share of content customers, each [mean, low, high] with a 95 % interval, and the model that says so."""

    model: dict[str, float]
    before: list[float | None]
    after: list[float | None]
    difference: list[float | None]


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _process(request: HttpRequest, pk: int) -> Process:
    refuse_strangers(_by(request))
    return process_at(str(pk))


def _row(request: HttpRequest, pk: int, number: int) -> WhatIf:
    process = _process(request, pk)
    return get_object_or_404(seen_what_ifs(_by(request)), process=process, pk=number)


def _shown(row: WhatIf, by: Actor, told: dict[str, Any] | None = None) -> dict[str, Any]:
    plain = ("moves", "times", "finding")
    is_hidden = not may_see_people(by)
    return {
        **(told or work_told(row)),
        "process": row.process_id,
        "calibration": row.calibration_id,
        "words": moves_told(row),
        "verdict": row.calibration.holdout["verdict"],
        "figures": {
            name: each
            for name, each in row.figures.items()
            if name != "satisfaction" and not (is_hidden and name == "utilisation")
        },
        **{name: getattr(row, name) for name in plain},
    }


@router.get(ROOT, response=list[WhatIfOut], summary="What-ifs of a process")
def list_what_ifs(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """The newest first, at most fifty."""
    rows = seen_what_ifs(_by(request)).filter(process=_process(request, pk))
    return [_shown(row, _by(request), told) for row, told in works_told(rows[:NEWEST])]


@router.post(ROOT, response={201: WhatIfOut}, summary="Try moves in a simulation")
def post_what_if(request: HttpRequest, pk: int, given: WhatIfIn) -> tuple[int, dict[str, Any]]:
    """The worker plays the calibrated process before and after the moves."""
    row = start_what_if(
        process=_process(request, pk),
        moves=given.moves,
        times=given.times,
        finding=given.finding,
        by=_by(request),
    )
    return 201, _shown(row, _by(request))


@router.get(ROOT + "/{int:number}", response=WhatIfOut, summary="One what-if")
def get_what_if(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """How far it is, or what came of it."""
    return _shown(_row(request, pk, number), _by(request))


@router.get(
    ROOT + "/{int:number}/satisfaction", response=list[SatisfactionOut], summary="Expected satisfaction"
)
def get_satisfaction(
    request: HttpRequest, pk: int, number: int, model: Query[SatisfactionIn]
) -> list[dict[str, Any]]:
    """By a stated model whose coefficients the caller may set; empty where the what-if has no such figures."""
    found = satisfaction_of(_row(request, pk, number), Satisfaction(**model.dict()))
    told = {
        name: [each if isfinite(each) else None for each in (part.mean, part.low, part.high)]
        for name, part in found.items()
    }
    return [{"model": model.dict(), **told}] if told else []


@router.post(ROOT + "/{int:number}/cancel", response=WhatIfOut, summary="Cancel a what-if")
def post_cancel_what_if(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """It ends before its end."""
    return _shown(cancel_what_if(whatif=_row(request, pk, number), by=_by(request)), _by(request))


@router.delete(ROOT + "/{int:number}", response={204: None}, summary="Remove a what-if")
def delete_what_if(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """It goes with its figures."""
    remove_what_if(whatif=_row(request, pk, number), by=_by(request))
    return HttpResponse(status=204)
