"""How far a simulated log is from a real one, by published measures.

D. Chapela-Campa, I. Benchekroun, O. Baron, M. Dumas, D. Krass, A. Senderovich: "Can I trust my simulation model?
Measuring the quality of business process simulation models", BPM 2023. All of them are 1-Wasserstein (earth mover's)
distances in hours but the n-gram distance (0 to 1) and the open cases (share of their mean).
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import wasserstein_distance

from ...diagnosis.calendar import DAY, HOUR, weekday

Moments = NDArray[np.int64]
Numbers = NDArray[np.float64]
GRAM = 3


@dataclass(frozen=True)
class Played:
    """A log as both sides are compared, local microseconds: events of cases, in the order of cases, then of begin.

    `case` (n,) is ascending; `step` is a code that both sides share; `ready`, `begun`, `done` as in `Work`. Cases begin
    at `begins` and end at `ends` (m,); `since` and `until` are the period in which they began.
    """

    case: NDArray[np.int64]
    step: NDArray[np.int64]
    ready: Moments
    begun: Moments
    done: Moments
    begins: Moments
    ends: Moments
    since: int
    until: int

    @property
    def cycle(self) -> Numbers:
        """How long each case took, in hours."""
        found: Numbers = (self.ends - self.begins) / HOUR
        return found


def distances(real: Played, simulated: Played) -> dict[str, float]:
    """All distances by name; empty where one side has no cases."""
    if not len(real.begins) or not len(simulated.begins):
        return {}
    return {
        "cycle_time": moved(real.cycle, simulated.cycle),
        "waiting": moved(_waits(real), _waits(simulated)),
        "arrivals": moved(_since(real, real.begins), _since(simulated, simulated.begins)),
        "absolute_events": moved(_since(real, real.done), _since(simulated, simulated.done)),
        "relative_events": moved(_relative(real), _relative(simulated)),
        "circadian_events": _circadian(real.done, simulated.done),
        "ngrams": _ngrams(real, simulated),
        "open_cases": open_apart_of(real, simulated),
    }


def moved(one: Numbers, other: Numbers) -> float:
    """The 1-Wasserstein distance of two samples."""
    return float(wasserstein_distance(one, other)) if len(one) and len(other) else float("nan")


def _waits(side: Played) -> Numbers:
    found: Numbers = np.maximum(side.begun - side.ready, 0) / HOUR
    return found


def _since(side: Played, moments: Moments) -> Numbers:
    """Hours since the period began."""
    found: Numbers = (moments - side.since) / HOUR
    return found


def _relative(side: Played) -> Numbers:
    found: Numbers = (side.done - side.begins[side.case]) / HOUR
    return found


def _circadian(real: Moments, simulated: Moments) -> float:
    """The mean over the days of the week of the distances of hours of the day; a day that one side lacks counts 24."""
    parts = []
    for day in range(7):
        a, b = (side[weekday(side) == day] % DAY / HOUR for side in (real, simulated))
        if len(a) or len(b):
            parts.append(moved(a, b) if len(a) and len(b) else 24.0)
    return float(np.mean(parts)) if parts else float("nan")


def _ngrams(real: Played, simulated: Played) -> float:
    """Half the sum of the differences of the shares of three steps in a row, with the borders of cases."""
    a, b = _grams(real), _grams(simulated)
    whole_a, whole_b = max(1, sum(a.values())), max(1, sum(b.values()))
    return sum(abs(a[gram] / whole_a - b[gram] / whole_b) for gram in a.keys() | b.keys()) / 2


def _grams(side: Played) -> Counter[tuple[int, ...]]:
    line: list[int] = []
    last = -1
    for case, step in zip(side.case.tolist(), side.step.tolist(), strict=True):
        if case != last:
            line += [-1] * (GRAM - 1)
            last = case
        line.append(step)
    line += [-1] * (GRAM - 1)
    return Counter(zip(*(line[k:] for k in range(GRAM)), strict=False))


def open_by_day(side: Played) -> NDArray[np.int64]:
    """How many cases that began in the period are open at the end of each of its days."""
    days = side.since + DAY * np.arange(1, max(2, (side.until - side.since) // DAY + 1), dtype=np.int64)
    begun = np.searchsorted(np.sort(side.begins), days, side="right")
    ended = np.searchsorted(np.sort(side.ends), days, side="right")
    return np.asarray(begun - ended, np.int64)


def open_apart_of(real: Played, simulated: Played) -> float:
    """The mean difference of open cases by day, as a share of their mean in reality."""
    a, b = open_by_day(real), open_by_day(simulated)
    return float(np.abs(a - b).mean() / max(a.mean(), 1.0))
