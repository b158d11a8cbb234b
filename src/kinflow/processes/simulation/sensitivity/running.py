"""Sensitivities in the workers: the model as it is, then each input changed alone, all with the same chances."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.records.long_work.sharing import Parts, shared
from kinflow.records.long_work.works import Told, Work

from ..calibrating.written import scenario_of
from ..plays import play_once, warmed
from ..replications import Figure, figure
from ..scenario import Scenario
from ..whatif.comparing import difference
from ..whatif.moves import applied, move_of
from ..works.keeping import kept_for
from ..works.paying import paid
from .actions import JOB, fail_sensitivity, finish_sensitivity
from .inputs import PEOPLE, both_sides, people_changed
from .models import Sensitivity

STAGES = {"plays": _("%(done)s of %(total)s plays")}
FAULTS = {"unplayable": _("The process cannot be played as it is calibrated. Calibrate it once more.")}
Play = Sequence[float]


def _played(row: Sensitivity, told: Told) -> dict[str, Any] | None:
    """What each input does; None where it was told to stop, or others play the rest."""
    swings = kept_for(row, lambda: _swings(row))
    plays = shared(row, Parts(swings.plays, swings.play, needs=swings.scenario), told, "plays")
    return None if plays is None else swings.figures(plays)


def _swings(row: Sensitivity) -> "Swings":
    """The model after the moves and all its changes, with what people cost when it began."""
    present = paid(scenario_of(row.calibration.scenario), row.pay)
    return Swings(applied(present, [move_of(each) for each in row.moves]), row.percent / 100, row.times)


class Swings:
    """A scenario as it is, and with each input changed: plays that can be played anywhere, and what they tell together.

    The first `times` plays are of the scenario as it is, the next of the first change that can be, and so on.
    """

    def __init__(self, scenario: Scenario, share: float, times: int) -> None:
        self._present, self._times = scenario, times
        self._sides = list(both_sides(scenario, share))
        changed = (made for _input, _side, made in self._sides)
        self._scenarios = [scenario, *(each for each in changed if each is not None)]
        self._warmed = cache(lambda place: warmed(self._scenarios[place]))

    @property
    def plays(self) -> int:
        """How many there are."""
        return self._times * len(self._scenarios)

    def scenario(self, number: int) -> int:
        """The place of the scenario that a play plays."""
        return number // self._times

    def play(self, number: int) -> list[float]:
        """The mean cycle time, the cost of a case and the work on it."""
        found, _cases = play_once(self._warmed(self.scenario(number)), number % self._times)
        return [found.cycle_mean, found.cost, found.work]

    def figures(self, plays: Sequence[Play]) -> dict[str, Any]:
        """What each input does to the mean cycle time, the cost of a case and the work on it; `plays` are all.

        `now` has the three of the model as it is, `inputs` of each input its `kind` and `keys`, and for both `sides` the
        `change` (a share, or people) and by how much the three are more than now, each [mean, low, high] with the 95 %
        interval of the differences play by play; None for a side that cannot be. The strongest in time come first.
        """
        times = self._times
        base, *others = (plays[first : first + times] for first in range(0, len(plays), times))
        found: dict[tuple[str, tuple[str, ...]], list[dict[str, Any] | None]] = {}
        rest = iter(others)
        for each, side, made in self._sides:
            both = found.setdefault((each.kind, each.keys), [])
            if made is None:
                both.append(None)
                continue
            change = people_changed(self._present, each.keys[0], side) if each.kind == PEOPLE else side
            both.append(_side(change, base, next(rest)))
        inputs = [
            {"kind": kind, "keys": list(keys), "sides": both}
            for (kind, keys), both in found.items()
            if any(both)
        ]
        return {
            "now": [_told(figure([play[k] for play in base])) for k in range(3)],
            "inputs": sorted(inputs, key=_strength, reverse=True),
        }


def _side(change: float, base: Sequence[Play], plays: Sequence[Play]) -> dict[str, Any]:
    off = [_told(difference([play[k] for play in base], [play[k] for play in plays])) for k in range(3)]
    return {"change": change, "time": off[0], "cost": off[1], "work": off[2]}


def _told(found: Figure) -> list[float | None]:
    return [float(each) if np.isfinite(each) else None for each in (found.mean, found.low, found.high)]


def _strength(told: dict[str, Any]) -> float:
    return max(abs(float(side["time"][0] or 0.0)) for side in told["sides"] if side)


WORK = Work(
    JOB,
    Sensitivity,
    does=_played,
    finish=lambda row, figures: finish_sensitivity(sensitivity=row, figures=figures, by=SYSTEM),
    fail=lambda row, fault: fail_sensitivity(sensitivity=row, fault=fault, by=SYSTEM),
    faults={Invalid: "unplayable"},
    fault_words=FAULTS,
    stage_words=STAGES,
    related=("process",),
    is_shared=True,
)
