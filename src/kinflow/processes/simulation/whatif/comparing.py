"""Before and after: both sides played with the same random numbers, and the differences play by play."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from statistics import fmean
from typing import Any

import numpy as np
from scipy.special import stdtrit

from ..measures import Measures
from ..plays import play_once, warmed
from ..replications import CONFIDENCE, Figure, Figures, figures_of
from ..satisfaction.reckoning import counted
from ..scenario import Scenario
from .expecting import Expecting
from .kinds import Move
from .organising.figures import passed_on

MOST_COUNTED = 20
"""The cases of so many plays are kept by how long they took, so that satisfaction can be told by any model."""
MOST_PASSED = 10
"""So many plays of each side tell how work is handed on."""
NAMES = (
    "cycle_mean", "cycle_median", "cycle_p90", "waiting", "work", "cost", "rework", "defective", "handovers",
    "throughput", "unfinished",
)  # fmt: skip


class Pair:
    """A scenario before and after some moves: plays that can be played apart, anywhere, and what they come to together.

    Plays are numbered: before and after with the chances of the first replication, then with those of the second, and so
    on. Whoever does not play the first of them gives the `days` that it found (see `Expecting`). `known` is how many
    cases of a log the scenario was made of; 0 where it was made of none.
    """

    def __init__(
        self, before: Scenario, after: Scenario, moves: Sequence[Move] = (), *, days: int = 0, known: int = 0
    ) -> None:
        self.before, self.after, self.moves, self.known = before, after, moves, known
        self._sides = warmed(before), warmed(after)
        self._live = Expecting(before, after, moves, days)

    def play(self, number: int) -> dict[str, Any]:
        """What one play comes to, as JSON. Raises Invalid as `simulate` does."""
        replication, side = divmod(number, 2)
        scenario = self._sides[side]
        measures, played = play_once(scenario, replication)
        return {
            "measures": asdict(measures),
            "live": self._live.of(scenario, played),
            "days": self._live.days,
            "followed": self._live.followed,
            "cases": counted(scenario, played) if replication < MOST_COUNTED else [],
            "passed": passed_on(scenario, played) if replication < MOST_PASSED else None,
        }

    def figures(self, plays: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The figures of both sides and of their paired differences, as JSON: [mean, low, high], times in microseconds.

        `plays` are all, in their order. `live` are the differences as they will be measured in live operation, with
        what the log leaves open of them.
        """
        told = plays[::2], plays[1::2]
        open_by_log = fmean(each.get("followed", 0) for each in told[0]) / self.known if self.known else 0.0
        sides = [[Measures(**each["measures"]) for each in side] for side in told]
        figures = [figures_of(side) for side in sides]
        return {
            "rows": {
                name: {
                    "before": as_told(getattr(figures[0], name)),
                    "after": as_told(getattr(figures[1], name)),
                    "difference": as_told(
                        difference([getattr(p, name) for p in sides[0]], [getattr(p, name) for p in sides[1]])
                    ),
                }
                for name in NAMES
            },
            "live": {"days": plays[0]["days"], "step": self._live.step_name}
            | {
                key: as_told(
                    difference(
                        [each["live"][key] for each in told[0]],
                        [each["live"][key] for each in told[1]],
                        open_by_log,
                    )
                )
                for key in plays[0]["live"]
            },
            "load": _by_name(figures, "load"),
            "utilisation": _by_name(figures, "utilisation"),
            "satisfaction": [[each["cases"] for each in side[:MOST_COUNTED]] for side in told],
            "versatility": [versatility(each) for each in self._sides],
            "unstable": [each.is_unstable for each in figures],
            "overloaded": [list(each.overloaded) for each in figures],
            "stopped": [each.stopped for each in figures],
        }


def difference(before: Sequence[float], after: Sequence[float], open_by_log: float = 0.0) -> Figure:
    """What is more after than before, with Student's interval of the differences play by play.

    That interval says what chance leaves open of what the scenario comes to. The scenario itself was made of the cases
    that a log happened to hold: of others it would be another, by as much as plays with so many cases differ from each
    other. `open_by_log` is the cases of a play by those of the log; 0 leaves that out.
    """
    off = np.array(after, float) - np.array(before, float)
    off = off[~np.isnan(off)]
    mean = float(off.mean()) if len(off) else np.nan
    if len(off) < 2:
        return Figure(mean, np.nan, np.nan)
    spread = float(off.std(ddof=1)) * (1 / len(off) + open_by_log) ** 0.5
    half = float(stdtrit(len(off) - 1, (1 + CONFIDENCE) / 2)) * spread
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
