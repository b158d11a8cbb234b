"""The API of what-ifs."""

from dataclasses import asdict, replace
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
from ..calibrating.written import scenario_of
from ..satisfaction.keeping import kept_of
from .access import seen_what_ifs
from .actions import calibration_for, cancel_what_if, remove_what_if, start_what_if
from .models import USUAL_TIMES, WhatIf
from .moves import told_move
from .satisfying import satisfaction_of
from .suggesting import suggested
from .telling import moves_told, named_in

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
    """The numbers of the model; one that is left out is as the process keeps it (`/processes/{id}/satisfaction-model`).

    `expected` in hours, 0 for the median before.
    """

    base: float | None = Field(None, ge=-10, le=10)
    doubling: float | None = Field(None, ge=0, le=10)
    handover: float | None = Field(None, ge=0, le=10)
    again: float | None = Field(None, ge=0, le=10)
    expected: float | None = Field(None, ge=0, le=100_000)


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


class SuggestionOut(Schema):
    """A move that a finding suggests, ready to be given to a what-if or a search."""

    move: dict[str, Any]
    words: str = Field(description="The move in the caller's language.")
    finding: str = Field(description="The key of the finding.")
    title: str = Field(description="What the finding says.")


@router.get(
    "/processes/{int:pk}/move-suggestions",
    response=list[SuggestionOut],
    summary="Moves that the findings suggest",
)
def list_suggestions(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """Of findings that are known and not dismissed, worst first, at most eight moves that fit the calibration."""
    process = _process(request, pk)
    calibration = calibration_for(process)
    scenario = scenario_of(calibration.scenario)
    named = named_in(process, calibration, scenario)
    return [
        {
            "move": told_move(each.move),
            "words": each.move.words(named),
            "finding": each.finding.key,
            "title": each.finding.title,
        }
        for each in suggested(process, scenario, _by(request))
    ]


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
    """By the model that the process keeps, whose numbers the caller may set for once.

    Empty where the what-if has no such figures.
    """
    row = _row(request, pk, number)
    reckoned = replace(kept_of(row.process).model, **model.dict(exclude_none=True))
    found = satisfaction_of(row, reckoned)
    told = {
        name: [each if isfinite(each) else None for each in (part.mean, part.low, part.high)]
        for name, part in found.items()
    }
    return [{"model": asdict(reckoned), **told}] if told else []


@router.post(ROOT + "/{int:number}/cancel", response=WhatIfOut, summary="Cancel a what-if")
def post_cancel_what_if(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """It ends before its end."""
    return _shown(cancel_what_if(whatif=_row(request, pk, number), by=_by(request)), _by(request))


@router.delete(ROOT + "/{int:number}", response={204: None}, summary="Remove a what-if")
def delete_what_if(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """It goes with its figures."""
    remove_what_if(whatif=_row(request, pk, number), by=_by(request))
    return HttpResponse(status=204)
