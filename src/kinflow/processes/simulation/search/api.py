"""The API of searches for the best moves."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import Strict
from kinflow.records.long_work.doors import Doors
from kinflow.records.long_work.telling import LongWorkOut
from kinflow.records.pages.answers import actor_of

from ...studio.subject import process_for
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


def _shown(row: MoveSearch, told: dict[str, Any], _by: Actor) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("moves", "people", "most_cost", "plays", "seed")}
    return {"process": row.process_id, "calibration": row.calibration_id, **plain, **told}


doors = Doors(
    module=__name__,
    router=router,
    root=ROOT,
    whole=process_for,
    seen=seen_searches,
    called="movesearch",
    out=SearchOut,
    shown=_shown,
)
doors.listed("list_move_searches", "Searches for the best moves of a process", NEWEST)
doors.begun(
    "post_move_search",
    "Search for the best moves",
    "The workers try combinations.",
    SearchIn,
    start_move_search,
)
doors.cancelled(
    "post_stop_move_search",
    "Stop a search for the best moves",
    stop_move_search,
    "What was tried stays.",
)
doors.removed(
    "delete_move_search",
    "Remove a search for the best moves",
    remove_move_search,
    "It goes with all that was tried.",
)


@router.get(ROOT + "/{int:number}", response=FoundOut, summary="One search for the best moves")
def get_move_search(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """How far it is, and what it found so far."""
    row = doors.row(request, pk, number)
    found = found_in(row)
    return {
        **doors.told(request, row),
        "tried": len(found.points),
        "best": [point_told(each, found) for each in found.best],
        "nearly": [point_told(each, found) for each in found.nearly],
    }


@router.post(ROOT + "/{int:number}/resume", response=SearchOut, summary="Let a search go on")
def post_resume_move_search(request: HttpRequest, pk: int, number: int, given: ResumeIn) -> dict[str, Any]:
    """Where it stopped."""
    row = doors.row(request, pk, number)
    row = resume_move_search(movesearch=row, plays=given.plays, by=actor_of(request))
    return doors.told(request, row)
