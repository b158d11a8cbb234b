"""Sensitivities in the worker: the model as it is, then each input changed alone, all with the same chances."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import Invalid
from kinflow.records.long_work.works import Told, Work

from ..calibrating.written import scenario_of
from ..plays import play_once, warmed
from ..replications import Figure, figure
from ..scenario import Scenario
from ..whatif.comparing import difference
from ..whatif.moves import applied, move_of
from ..whatif.running import priced
from .actions import JOB, fail_sensitivity, finish_sensitivity
from .inputs import PEOPLE, both_sides, people_changed
from .models import Sensitivity

STAGES = {"plays": _("%(done)s of %(total)s plays")}
FAULTS = {"unplayable": _("The process cannot be played as it is calibrated. Calibrate it once more.")}
Play = tuple[float, float, float]


def _played(row: Sensitivity, told: Told) -> dict[str, Any] | None:
    present = priced(scenario_of(row.calibration.scenario), row.process)
    return figures_of(
        applied(present, [move_of(each) for each in row.moves]), row.percent / 100, row.times, told
    )


def figures_of(scenario: Scenario, share: float, times: int, told: Told) -> dict[str, Any] | None:
    """What each input does to the mean cycle time, the cost of a case and the work on it; None where told to stop.

    `now` has the three of the model as it is, `inputs` of each input its `kind` and `keys`, and for both `sides` the
    `change` (a share, or people) and by how much the three are more than now, each [mean, low, high] with the 95 %
    interval of the differences play by play; None for a side that cannot be. The strongest in time come first.
    """
    sides = list(both_sides(scenario, share))
    played = _Plays(told, times, 1 + sum(changed is not None for _each, _side, changed in sides))
    base = played.of(scenario)
    if base is None:
        return None
    found: dict[tuple[str, tuple[str, ...]], list[dict[str, Any] | None]] = {}
    for each, side, changed in sides:
        both = found.setdefault((each.kind, each.keys), [])
        if changed is None:
            both.append(None)
            continue
        plays = played.of(changed)
        if plays is None:
            return None
        change = people_changed(scenario, each.keys[0], side) if each.kind == PEOPLE else side
        both.append(_side(change, base, plays))
    inputs = [
        {"kind": kind, "keys": list(keys), "sides": both} for (kind, keys), both in found.items() if any(both)
    ]
    return {
        "now": [_told(figure([play[k] for play in base])) for k in range(3)],
        "inputs": sorted(inputs, key=_strength, reverse=True),
    }


class _Plays:
    """Scenarios played one after the other, told how far it is."""

    def __init__(self, told: Told, times: int, scenarios: int) -> None:
        self._told, self._times, self._total, self._done = told, times, times * scenarios, 0

    def of(self, scenario: Scenario) -> list[Play] | None:
        """The plays of a scenario; None where told to stop."""
        found = []
        for replication in range(self._times):
            if not self._told(self._done / self._total, "plays", self._done, self._total):
                return None
            found.append(_play(scenario, replication))
            self._done += 1
        return found


def _play(scenario: Scenario, replication: int) -> Play:
    found, _cases = play_once(warmed(scenario), replication)
    return found.cycle_mean, found.cost, found.work


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
    related=("process", "calibration"),
)
