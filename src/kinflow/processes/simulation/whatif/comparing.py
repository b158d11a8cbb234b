"""Before and after: both sides played with the same random numbers, and the differences play by play."""

from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any

import numpy as np
from scipy.special import stdtrit

from ..measures import Measures
from ..plays import play_once, warmed
from ..replications import CONFIDENCE, Figure, Figures, figures_of
from ..satisfaction.reckoning import Cases, counted
from ..scenario import Scenario
from .expecting import Expecting
from .kinds import Move

MOST_COUNTED = 20
"""The cases of so many plays are kept by how long they took, so that satisfaction can be told by any model."""
NAMES = (
    "cycle_mean", "cycle_median", "cycle_p90", "waiting", "work", "cost", "rework", "defective", "handovers",
    "throughput", "unfinished",
)  # fmt: skip


def compared(
    before: Scenario,
    after: Scenario,
    times: int,
    told: Callable[[int], bool] = lambda plays: True,
    moves: Sequence[Move] = (),
) -> dict[str, Any] | None:
    """The figures of both sides and of their paired differences, as JSON: [mean, low, high], times in microseconds.

    `live` are the differences after `moves` as they will be measured in live operation (see `Expecting`).

    `told` hears how many plays are done, of twice `times`, and ends it all with False. Raises Invalid as `simulate` does.
    """
    sides: tuple[list[Measures], list[Measures]] = ([], [])
    satisfied: tuple[list[Cases], list[Cases]] = ([], [])
    scenarios = [warmed(each) for each in (before, after)]
    live = Expecting(before, after, moves)
    for replication in range(times):
        for side, (measured, scenario, cases) in enumerate(zip(sides, scenarios, satisfied, strict=True)):
            measures, played = play_once(scenario, replication)
            measured.append(measures)
            live.add(side, scenario, played)
            if replication < MOST_COUNTED:
                cases.append(counted(played, scenario.warm_up))
            if not told(len(sides[0]) + len(sides[1])):
                return None
    figures = [figures_of(side) for side in sides]
    return {
        "rows": {
            name: {
                "before": as_told(getattr(figures[0], name)),
                "after": as_told(getattr(figures[1], name)),
                "difference": as_told(difference(*([getattr(p, name) for p in side] for side in sides))),
            }
            for name in NAMES
        },
        "live": {"days": live.days, "step": live.step_name}
        | {key: as_told(difference(*values)) for key, values in live.values.items()},
        "load": _by_name(figures, "load"),
        "utilisation": _by_name(figures, "utilisation"),
        "satisfaction": satisfied,
        "versatility": [versatility(each) for each in scenarios],
        "unstable": [each.is_unstable for each in figures],
        "overloaded": [list(each.overloaded) for each in figures],
        "stopped": [each.stopped for each in figures],
    }


def difference(before: Sequence[float], after: Sequence[float]) -> Figure:
    """What is more after than before, with Student's interval of the differences play by play."""
    off = np.array(after, float) - np.array(before, float)
    off = off[~np.isnan(off)]
    mean = float(off.mean()) if len(off) else np.nan
    if len(off) < 2:
        return Figure(mean, np.nan, np.nan)
    half = float(stdtrit(len(off) - 1, (1 + CONFIDENCE) / 2) * off.std(ddof=1) / len(off) ** 0.5)
    return Figure(mean, mean - half, mean + half)


def versatility(scenario: Scenario) -> float:
    """How many people could do a step on average, of the steps that people do: a stand-in for flexibility."""
    roles = [step.role for step in scenario.steps if step.kind == "task"]
    return fmean(sum(role in each.skills for each in scenario.staff) for role in roles) if roles else 0.0


def _by_name(figures: Sequence[Figures], name: str) -> dict[str, list[list[float | None] | None]]:
    one, two = (getattr(each, name) for each in figures)
    return {
        key: [as_told(one[key]) if key in one else None, as_told(two[key]) if key in two else None]
        for key in dict.fromkeys([*one, *two])
    }


def as_told(figure: Figure) -> list[float | None]:
    """Mean, low and high, as JSON."""
    return [float(each) if np.isfinite(each) else None for each in (figure.mean, figure.low, figure.high)]
