"""Suggested moves tried in the worker when a process was calibrated: a few plays each, kept with the calibration."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import isnan
from typing import Any

from kinflow.kit.problem import Invalid

from ...definitions.models import Process
from ...diagnosis.keeping import found_already
from ..measures import Measures
from ..plays import play_once, warmed
from ..scenario import Scenario
from .comparing import as_told, difference
from .kinds import Move, roles_in
from .moves import applied, fits, told_move
from .people_moves import CrossTrain
from .proposing import proposed
from .trials import FIGURES

TIMES = 8
MOST = 16
"""So many moves are tried, those of the worst findings."""
LEARNERS = 3
"""Of cross-training so many roles are tried whose people could learn."""


def tried(process: Process, scenario: Scenario, told: Callable[[float], bool]) -> list[dict[str, Any]] | None:
    """What came of each move that the findings suggest; None where `told` (which share is done) says to stop."""
    moves = list(islice(_wanted(process, scenario), MOST))
    if not moves:
        return []
    before = _played(scenario)
    found = []
    for place, move in enumerate(moves):
        if not told(place / len(moves)):
            return None
        try:
            after = _played(applied(scenario, [move]))
        except Invalid:
            continue
        found.append({"move": told_move(move), "times": TIMES, "rows": _rows(before, after)})
    return found


def _wanted(process: Process, scenario: Scenario) -> Iterator[Move]:
    seen: set[Move] = set()
    for kept in found_already(process):
        for move in proposed(kept.finding.moves, kept.finding.facts, scenario):
            for each in with_others(move, scenario):
                if each not in seen and fits(each, scenario):
                    seen.add(each)
                    yield each


def with_others(move: Move, scenario: Scenario) -> list[Move]:
    """A move, and where people are to learn a role, the same with others of those who could: the most numerous first."""
    if not isinstance(move, CrossTrain):
        return [move]
    others = [each for each in roles_in(scenario) if each not in (move.role, move.people)]
    others.sort(key=lambda role: -sum(role in each.skills for each in scenario.staff))
    return [move, *(replace(move, people=each) for each in others[: LEARNERS - 1])]


def _played(scenario: Scenario) -> list[Measures]:
    side = warmed(scenario)
    return [play_once(side, number)[0] for number in range(TIMES)]


def _rows(before: Sequence[Measures], after: Sequence[Measures]) -> dict[str, Any]:
    """By figure the mean before, and the difference play by play with its interval."""
    found = {}
    for name in FIGURES:
        one, other = ([getattr(each, name) for each in side] for side in (before, after))
        told = as_told(difference(one, other))
        known = [each for each in one if not isnan(each)]
        found[name] = {"before": sum(known) / len(known) if known else None, "difference": told}
    return found
