"""The API of searches for the best moves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import Strict
from kinflow.records.long_work.telling import LongWorkOut, work_told, works_told

from ...definitions.models import Process
from ...definitions.reading import refuse_strangers
from ...studio.subject import process_at
from .access import seen_searches
from .actions import remove_move_search, resume_move_search, start_move_search, stop_move_search
from .models import USUAL_PLAYS, MoveSearch
from .telling import found_in, point_told

router = Router(tags=["processes"])
NEWEST = 50
ROOT = "/processes/{int:pk}/move-searches"


class SearchIn(Strict):
    """What may be combined: moves as in what-ifs, and by role how many people fewer and more."""

    moves: list[dict[str, Any]] = []
    fewer: dict[str, int] = {}
    more: dict[str, int] = {}
    most_cost: float | None = Field(None, description="Of everybody's hours in a month.")
    plays: int = USUAL_PLAYS
    seed: int = Field(1, ge=0, le=2**31 - 1, description="The same seed finds the same.")


class ResumeIn(Strict):
    """Up to how many plays it goes on; as many as before where nothing is given."""

    plays: int | None = None


class PointOut(Schema):
    """A combination; time in microseconds and quality (faults a case) as [mean, low, high] with a 95 % interval."""

    place: int
    moves: list[dict[str, Any]]
    cost: float = Field(description="Of everybody's hours in a month; hours where no rate is known.")
    plays: int
    time: list[float | None]
    quality: list[float | None]
    is_certain: bool = Field(description="Whether it is beyond chance that nothing tried beats it.")


class SearchOut(LongWorkOut):
    """A search."""

    process: int
    calibration: int
    moves: list[dict[str, Any]]
    people: dict[str, list[int]]
    most_cost: float | None
    plays: int
    seed: int


class FoundOut(SearchOut):
    """A search with what it found so far: nothing that was tried beats `best`; `nearly` might be as good."""

    tried: int
    best: list[PointOut]
    nearly: list[PointOut]


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _process(request: HttpRequest, pk: int) -> Process:
    refuse_strangers(_by(request))
    return process_at(str(pk))


def _row(request: HttpRequest, pk: int, number: int) -> MoveSearch:
    process = _process(request, pk)
    return get_object_or_404(seen_searches(_by(request)), process=process, pk=number)


def _shown(row: MoveSearch, told: dict[str, Any]) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("moves", "people", "most_cost", "plays", "seed")}
    return {"process": row.process_id, "calibration": row.calibration_id, **plain, **told}


@router.get(ROOT, response=list[SearchOut], summary="Searches for the best moves of a process")
def list_move_searches(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """The newest first, at most fifty."""
    rows = seen_searches(_by(request)).filter(process=_process(request, pk))
    return [_shown(*each) for each in works_told(rows[:NEWEST])]


@router.post(ROOT, response={201: SearchOut}, summary="Search for the best moves")
def post_move_search(request: HttpRequest, pk: int, given: SearchIn) -> tuple[int, dict[str, Any]]:
    """The worker tries combinations."""
    row = start_move_search(process=_process(request, pk), **given.model_dump(), by=_by(request))
    return 201, _shown(row, work_told(row))


@router.get(ROOT + "/{int:number}", response=FoundOut, summary="One search for the best moves")
def get_move_search(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """How far it is, and what it found so far."""
    row = _row(request, pk, number)
    found = found_in(row)
    return {
        **_shown(row, work_told(row)),
        "tried": len(found.points),
        "best": [point_told(each, found) for each in found.best],
        "nearly": [point_told(each, found) for each in found.nearly],
    }


@router.post(ROOT + "/{int:number}/cancel", response=SearchOut, summary="Stop a search for the best moves")
def post_stop_move_search(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """What was tried stays."""
    row = stop_move_search(movesearch=_row(request, pk, number), by=_by(request))
    return _shown(row, work_told(row))


@router.post(ROOT + "/{int:number}/resume", response=SearchOut, summary="Let a search go on")
def post_resume_move_search(request: HttpRequest, pk: int, number: int, given: ResumeIn) -> dict[str, Any]:
    """Where it stopped."""
    row = resume_move_search(movesearch=_row(request, pk, number), plays=given.plays, by=_by(request))
    return _shown(row, work_told(row))


@router.delete(ROOT + "/{int:number}", response={204: None}, summary="Remove a search for the best moves")
def delete_move_search(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """It goes with all that was tried."""
    remove_move_search(movesearch=_row(request, pk, number), by=_by(request))
    return HttpResponse(status=204)
