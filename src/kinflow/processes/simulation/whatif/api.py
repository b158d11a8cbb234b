"""The API of what-ifs."""

from dataclasses import asdict, replace
from math import isfinite
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.long_work.doors import Doors
from kinflow.records.long_work.telling import LongWorkOut
from kinflow.records.pages.answers import actor_of

from ...access import may_see_people
from ...studio.subject import process_for
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
    verdict: str = Field(description="Of the calibration: good, caution, changed or bad.")
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


def _shown(row: WhatIf, told: dict[str, Any], by: Actor) -> dict[str, Any]:
    plain = ("moves", "times", "finding")
    is_hidden = not may_see_people(by)
    return {
        **told,
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
    trial: dict[str, Any] | None = Field(
        description="What came of it in a few plays: outcome better, worse, mixed or none (less than 1 %), figures before"
        " and their differences as [mean, low, high] with a 95 % interval, times in microseconds; null if not tried."
    )


@router.get(
    "/processes/{int:pk}/move-suggestions",
    response=list[SuggestionOut],
    summary="Moves that the findings suggest",
)
def list_suggestions(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """Of findings that are known and not dismissed at most eight moves that fit the calibration: what helped when it was
    tried, what was not tried, what changed nothing, what did harm; in each, the worst finding's first."""
    by = actor_of(request)
    process = process_for(by, pk)
    calibration = calibration_for(process)
    scenario = scenario_of(calibration.scenario)
    named = named_in(process, calibration, scenario)
    return [
        {
            "move": told_move(each.move),
            "words": each.move.words(named),
            "finding": each.finding.key,
            "title": each.finding.title,
            "trial": each.trial.answer() if each.trial else None,
        }
        for each in suggested(process, scenario, by)
    ]


doors = Doors(
    module=__name__,
    router=router,
    root=ROOT,
    whole=process_for,
    seen=seen_what_ifs,
    called="whatif",
    out=WhatIfOut,
    shown=_shown,
)
doors.listed("list_what_ifs", "What-ifs of a process", NEWEST)
doors.begun(
    "post_what_if",
    "Try moves in a simulation",
    "The workers play the calibrated process before and after the moves.",
    WhatIfIn,
    start_what_if,
)
doors.read("get_what_if", "One what-if")
doors.cancelled("post_cancel_what_if", "Cancel a what-if", cancel_what_if)
doors.removed(
    "delete_what_if",
    "Remove a what-if",
    remove_what_if,
    "It goes with its figures.",
)


@router.get(
    ROOT + "/{int:number}/satisfaction", response=list[SatisfactionOut], summary="Expected satisfaction"
)
def get_satisfaction(
    request: HttpRequest, pk: int, number: int, model: Query[SatisfactionIn]
) -> list[dict[str, Any]]:
    """By the model that the process keeps, whose numbers the caller may set for once.

    Empty where the what-if has no such figures.
    """
    row = doors.row(request, pk, number)
    reckoned = replace(kept_of(row.process).model, **model.dict(exclude_none=True))
    found = satisfaction_of(row, reckoned)
    told = {
        name: [each if isfinite(each) else None for each in (part.mean, part.low, part.high)]
        for name, part in found.items()
    }
    return [{"model": asdict(reckoned), **told}] if told else []
