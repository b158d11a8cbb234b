"""All that can be done with searches: begin, stop, go on, remove, and what the worker notes at the end."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.long_work.acting import begin, cancel, fail, finish, remove
from kinflow.records.long_work.models import WAITING

from ...definitions.models import Process
from ..calibrating.written import scenario_of
from ..whatif.actions import calibration_for
from ..whatif.moves import MOST, applied, move_of, told_move
from ..works.paying import pay_now
from .access import SEARCHES
from .events import (
    MoveSearchFailed,
    MoveSearchFinished,
    MoveSearchRemoved,
    MoveSearchResumed,
    MoveSearchStarted,
    MoveSearchStopped,
)
from .models import LEAST_PLAYS, MOST_PLAYS, USUAL_PLAYS, MoveSearch
from .space import ranges_of, told_people

JOB = "processes.search_moves"
MOST_CHANGE = 20
"""People by which a role may change."""


class StillRunning(Conflict):
    """The search runs already."""

    code = "already-running"


@action
def start_move_search(
    *,
    process: Process,
    moves: Sequence[Mapping[str, Any]],
    fewer: Mapping[str, int] | None = None,
    more: Mapping[str, int] | None = None,
    most_cost: float | None = None,
    plays: int = USUAL_PLAYS,
    seed: int = 1,
    by: Actor,
) -> MoveSearch:
    """Have the worker look for the combinations of these moves and numbers of people that nothing beats.

    `fewer` and `more` say by role by how many people it may change; `most_cost` limits what all hours cost in a month.
    Raises Invalid where a move does not fit, or there is nothing to choose; NotCalibrated.
    """
    SEARCHES.permit(by)
    calibration = calibration_for(process)
    scenario = scenario_of(calibration.scenario)
    read = [move_of(each, f"/moves/{place}") for place, each in enumerate(moves)]
    _check_limits(fewer or {}, more or {}, most_cost, plays)
    people = ranges_of(scenario, fewer or {}, more or {})
    if len(read) + len(people) > MOST:
        words = _("At most %(most)s moves and roles together.") % {"most": MOST}
        raise Invalid(errors=[FieldError("/moves", words)])
    if not read and not people:
        words = _("Choose moves, or roles whose number of people may change.")
        raise Invalid(errors=[FieldError("/moves", words)])
    for place, move in enumerate(read):
        try:
            applied(scenario, [move])
        except Invalid as problem:
            errors = [FieldError(f"/moves/{place}", each.message) for each in problem.errors]
            raise Invalid(errors=errors, remedy=problem.remedy) from None
    row = MoveSearch(
        process=process,
        calibration=calibration,
        moves=[told_move(each) for each in dict.fromkeys(read)],
        people=told_people(people),
        most_cost=most_cost,
        plays=plays,
        seed=seed,
        pay=pay_now(process, scenario),
        made_by=by.name or by.id,
    )
    return begin(row, JOB, MoveSearchStarted)


def _check_limits(
    fewer: Mapping[str, int], more: Mapping[str, int], most_cost: float | None, plays: int
) -> None:
    errors = []
    for name, given in (("fewer", fewer), ("more", more)):
        if any(not 0 <= each <= MOST_CHANGE for each in given.values()):
            words = _("Give a number from %(least)s to %(most)s.") % {"least": 0, "most": MOST_CHANGE}
            errors.append(FieldError(f"/{name}", words))
    if most_cost is not None and not (isfinite(most_cost) and most_cost > 0):
        errors.append(FieldError("/most_cost", _("Give an amount above zero, or none.")))
    if not LEAST_PLAYS <= plays <= MOST_PLAYS:
        words = _("Give a number from %(least)s to %(most)s.") % {"least": LEAST_PLAYS, "most": MOST_PLAYS}
        errors.append(FieldError("/plays", words))
    if errors:
        raise Invalid(errors=errors)


@action
def stop_move_search(*, movesearch: MoveSearch, by: Actor) -> MoveSearch:
    """Stop a search; what was tried stays, and it can go on. Raises NotRunning where it ended already."""
    return cancel(movesearch, MoveSearchStopped, by=by)


@action
def resume_move_search(*, movesearch: MoveSearch, plays: int | None = None, by: Actor) -> MoveSearch:
    """Let a search go on where it stopped, perhaps up to more plays. Raises StillRunning."""
    row = hold(movesearch)
    permit(by, row)
    if row.is_running:
        raise StillRunning(_("This search runs already."), remedy=_("Wait, or stop it."))
    _check_limits({}, {}, None, plays or row.plays)
    row.state, row.fault, row.ended_at, row.plays = WAITING, "", None, plays or row.plays
    return begin(row, JOB, MoveSearchResumed)


@action
def remove_move_search(*, movesearch: MoveSearch, by: Actor) -> None:
    """Remove a search with all that was tried; one that runs ends."""
    remove(movesearch, MoveSearchRemoved, by=by)


@action
def finish_move_search(*, movesearch: MoveSearch, tried: int, plays: int, best: int, by: Actor) -> MoveSearch:
    """Note that it came to its end, unless somebody stopped it meanwhile."""
    return finish(movesearch, MoveSearchFinished, {}, by=by, tried=tried, plays=plays, best=best)


@action
def fail_move_search(*, movesearch: MoveSearch, fault: str, by: Actor) -> MoveSearch:
    """Keep why it could not go on."""
    return fail(movesearch, fault, MoveSearchFailed, by=by)
