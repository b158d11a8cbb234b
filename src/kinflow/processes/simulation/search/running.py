"""Searches in the workers: round by round, by as many of them as there are, to go on where it stopped."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.records.long_work.sharing import do_blocks
from kinflow.records.long_work.works import Told, Work

from ..calibrating.written import scenario_of
from ..measures import Measures
from ..plays import SEED, play_once, warmed
from ..scenario import Scenario
from ..whatif.moves import applied, move_of
from ..works.keeping import kept_for
from ..works.paying import paid
from .actions import JOB, fail_move_search, finish_move_search
from .dominance import Point, front
from .models import MoveSearch
from .racing import next_round
from .rounds import open_round, points_of
from .space import Space, pay_of, people_of

STAGES = {"plays": _("%(done)s of %(total)s plays")}
FAULTS = {"unplayable": _("The process cannot be played as it is calibrated. Calibrate it once more.")}


def space_of(row: MoveSearch) -> Space:
    """What a search may combine."""
    return Space(tuple(move_of(each) for each in row.moves), people_of(row.people))


def _searched(row: MoveSearch, told: Told) -> dict[str, Any] | None:
    """What came of it; None where it was told to stop, or others play what is left of a round and go on from there."""
    space = space_of(row)
    present = kept_for(row, lambda: paid(scenario_of(row.calibration.scenario), row.pay))

    def heard(left: int) -> bool:
        targets = row.points.filter(is_possible=True).values_list("target", flat=True)
        done = sum(targets) - left
        return told(done / row.plays, "plays", done, row.plays)

    while do_blocks(row, lambda plays: _played(row, space, present, plays), heard):
        points = points_of(row)
        wanted = next_round(points, space, row.plays, row.seed)
        if not wanted:
            return _summary(points)
        open_round(row, points, [_weighed(row, space, present, each) for each in wanted])
    return None


def _weighed(row: MoveSearch, space: Space, present: Scenario, point: Point) -> Point:
    """The point with what it costs, and whether it can be."""
    scenario = space.scenario_of(present, point.choice)
    cost = pay_of(scenario) if scenario else 0.0
    is_possible = scenario is not None and (row.most_cost is None or cost <= row.most_cost)
    return replace(point, cost=cost, is_possible=is_possible)


def _played(
    row: MoveSearch,
    space: Space,
    present: Scenario,
    plays: Sequence[tuple[int, int]],
) -> list[tuple[float, float]]:
    """Time and quality of each play."""
    points = row.points.filter(place__in={place for place, _replication in plays})
    scenarios = {each.place: warmed(applied(present, space.moves_of(tuple(each.choice)))) for each in points}
    found = []
    for place, replication in plays:
        measures, _cases = play_once(scenarios[place], replication, SEED + row.seed)
        found.append((measures.cycle_mean, quality_of(measures)))
    return found


def quality_of(measures: Measures) -> float:
    """Faults in a case: steps that were done again, and whether it ended with a defect. Less is better."""
    return measures.rework + measures.defective


def _summary(points: Sequence[Point]) -> dict[str, Any]:
    return {
        "tried": len(points),
        "plays": sum(len(each.plays) for each in points),
        "best": len(front(points)),
    }


WORK = Work(
    JOB,
    MoveSearch,
    does=_searched,
    finish=lambda row, found: finish_move_search(movesearch=row, **found, by=SYSTEM),
    fail=lambda row, fault: fail_move_search(movesearch=row, fault=fault, by=SYSTEM),
    faults={Invalid: "unplayable"},
    fault_words=FAULTS,
    stage_words=STAGES,
    related=("process",),
    is_shared=True,
)
