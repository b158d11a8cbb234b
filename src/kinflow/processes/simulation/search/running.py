"""Searches in the worker: round by round, each point kept as soon as it was played, to go on where it stopped."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.records.long_work.works import Told, Work

from ..calibrating.written import scenario_of
from ..measures import Measures, measured
from ..scenario import Scenario
from ..simulating import simulate
from ..whatif.comparing import SEED, WARM_UP
from ..whatif.moves import move_of
from ..whatif.running import priced
from .actions import JOB, fail_move_search, finish_move_search
from .dominance import Point, front
from .models import MoveSearch, SearchPoint
from .racing import next_round
from .space import Space, pay_of, people_of

STAGES = {"plays": _("%(done)s of %(total)s plays")}
FAULTS = {"unplayable": _("The process cannot be played as it is calibrated. Calibrate it once more.")}


def space_of(row: MoveSearch) -> Space:
    """What a search may combine."""
    return Space(tuple(move_of(each) for each in row.moves), people_of(row.people))


def points_of(row: MoveSearch) -> list[Point]:
    """What was tried, in its order."""
    return [
        Point(
            tuple(each.choice),
            each.cost,
            tuple((np.nan if a is None else a, np.nan if b is None else b) for a, b in each.plays),
            each.target,
            each.is_possible,
        )
        for each in row.points.all()
    ]


def _searched(row: MoveSearch, told: Told) -> dict[str, Any] | None:
    """What came of it; None where it was told to stop."""
    space, present = space_of(row), priced(scenario_of(row.calibration.scenario), row.process)
    points = points_of(row)
    while True:
        if not any(each.is_possible and len(each.plays) < each.target for each in points):
            wanted = next_round(points, space, row.plays, row.seed)
            if not wanted:
                return _summary(points)
            points = _taken_up(row, points, wanted)
        for place, point in enumerate(points):
            if point.is_possible and len(point.plays) < point.target:
                found = _played(row, space, present, point, points, told)
                if found is None:
                    return None
                points[place] = found
                _keep(row, place, found)


def _taken_up(row: MoveSearch, points: Sequence[Point], wanted: Sequence[Point]) -> list[Point]:
    """All points with their targets, kept before any is played: what is broken off is the same when it goes on."""
    by_choice = {each.choice: each for each in points}
    found = list({**by_choice, **{each.choice: each for each in wanted}}.values())
    with transaction.atomic():
        for place, point in enumerate(found):
            if point.choice not in by_choice or by_choice[point.choice] != point:
                _keep(row, place, point)
    return found


def _played(
    row: MoveSearch, space: Space, present: Scenario, point: Point, points: Sequence[Point], told: Told
) -> Point | None:
    """The point with all its plays."""
    scenario = space.scenario_of(present, point.choice)
    cost = pay_of(scenario) if scenario else 0.0
    if scenario is None or (row.most_cost is not None and cost > row.most_cost):
        return replace(point, cost=cost, is_possible=False)
    scenario = replace(scenario, warm_up=scenario.lasts // WARM_UP)
    before, plays = sum(len(each.plays) for each in points), list(point.plays)
    for replication in range(len(plays), point.target):
        done = before + len(plays) - len(point.plays)
        if not told(done / row.plays, "plays", done, row.plays):
            return None
        measures = measured(scenario, simulate(scenario, SEED + row.seed, replication))
        plays.append((measures.cycle_mean, quality_of(measures)))
    return replace(point, cost=cost, plays=tuple(plays))


def quality_of(measures: Measures) -> float:
    """Faults in a case: steps that were done again, and whether it ended with a defect. Less is better."""
    return measures.rework + measures.defective


def _keep(row: MoveSearch, place: int, point: Point) -> None:
    kept = {
        "choice": list(point.choice),
        "cost": point.cost,
        "plays": [[float(v) if np.isfinite(v) else None for v in play] for play in point.plays],
        "target": point.target,
        "is_possible": point.is_possible,
    }
    SearchPoint.objects.update_or_create(search=row, place=place, defaults=kept)


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
    related=("process", "calibration"),
)
