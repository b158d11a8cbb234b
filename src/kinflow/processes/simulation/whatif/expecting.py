"""What live operation is to be measured by: how soon a step behind the change is done and cases end, within some days."""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ..hours import NEVER
from ..results import Played
from ..scenario import DAY, Scenario
from .graphs import step_of
from .kinds import STEP, Move, asked_of, steps_of
from .proposing import usual_after

LEAST_DAYS, MOST_DAYS = 14, 365
REACHED = 0.9
OF_LOG = 0.25
"""For no longer than so large a share of the time that a log holds are cases followed: of longer times it shows few."""
STEP_HOURS, RECORD_HOURS = "step_hours", "record_hours"
"""Figures of a benefit, by their keys there."""
Times = NDArray[np.int64]


def step_behind(before: Scenario, after: Scenario, moves: Sequence[Move]) -> str:
    """The step that usually comes behind those that moves change, and that both sides have; "" for none."""
    known, kept = set(steps_of(before)), set(steps_of(after))
    changed = [
        key
        for move in moves
        for name, asked in asked_of(type(move)).items()
        if asked.kind == STEP and (key := getattr(move, name)) in known
    ]
    for at in reversed(changed):
        seen = {""}
        while (at := usual_after(before, at)) not in seen:
            if at in kept and at not in changed:
                return at
            seen.add(at)
    return ""


class Expecting:
    """Counts as a benefit is counted: cases followed for `days`, times ending there, what has not come by then with all.

    `days` are those in which nine in ten cases of the first play before the moves have come to the step behind the
    change (to their end, where there is no such step), 14 at least, and at most 365 and a quarter of what is played.
    `followed` are the cases that the last play counted.
    """

    def __init__(self, before: Scenario, after: Scenario, moves: Sequence[Move], days: int = 0) -> None:
        self.step = step_behind(before, after, moves)
        self.step_name = step_of(before, self.step).name if self.step else ""
        self.days, self.followed = days, 0

    def of(self, scenario: Scenario, played: Played) -> dict[str, float]:
        """By figure what a play comes to; where the days are not known yet, it is the first before the moves."""
        lasting = self._lasting(scenario, played)
        last = min(scenario.lasts, played.until)
        if not self.days:
            self.days = _days_of(
                lasting.get(STEP_HOURS, lasting[RECORD_HOURS])[_from(scenario, played, last)], scenario.lasts
            )
        most = self.days * DAY
        counted = _from(scenario, played, last - most)
        self.followed = int(counted.sum())
        return {
            key: float(np.minimum(times[counted], most).mean()) if counted.any() else np.nan
            for key, times in lasting.items()
        }

    def _lasting(self, scenario: Scenario, played: Played) -> Mapping[str, Times]:
        """By figure how long each case takes."""
        end = np.where(played.finish >= 0, played.finish, NEVER)
        found = {RECORD_HOURS: end - played.arrival}
        if self.step:
            place = next(n for n, each in enumerate(scenario.steps) if each.id == self.step)
            items = (played.step == place) & played.is_done
            reached = end.copy()
            np.minimum.at(reached, played.case[items], played.end[items])
            found[STEP_HOURS] = reached - played.arrival
        return found


def _from(scenario: Scenario, played: Played, until: int) -> NDArray[np.bool_]:
    return (played.arrival >= scenario.warm_up) & (played.arrival <= until)


def _days_of(times: Times, lasts: int) -> int:
    if not len(times):
        return LEAST_DAYS
    most = min(MOST_DAYS, int(OF_LOG * lasts / DAY))
    return max(LEAST_DAYS, min(most, ceil(float(np.quantile(times, REACHED)) / DAY)))
