"""The cases of the log itself played, each when it came: so that what is checked is how they go, not how many come."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...diagnosis.calendar import DAY
from ..scenario import Arrivals, Scenario
from .arriving import expected_cases
from .distances import moved
from .knowing import begins_and_ends
from .periods import Parts, real_part
from .playing import player
from .scenarios import Calibrated
from .working import Work

PLAYS = 2
"""So often the earlier part is played: it is long, and seen already."""


def as_they_came(scenario: Scenario, work: Work) -> Scenario:
    """The scenario with the cases that came while it lasts, each at its moment."""
    moments = _came(work) - scenario.begins
    moments = moments[(moments >= 0) & (moments < scenario.lasts)]
    if not len(moments):
        return scenario
    return replace(scenario, arrivals=Arrivals(moments=tuple(np.sort(moments).tolist())))


def fit_of(earlier: Calibrated, over: NDArray[np.bool_] | None) -> tuple[float, float]:
    """How far off a model is over the part of the log that it was made of: hours of cycle time, and their share of the
    mean; `over` says which cases had ended by its end (None: nobody knows)."""
    scenario, end = earlier.scenario, earlier.until
    real = real_part(earlier.work, scenario.begins, end, over).cycle
    play = player(earlier, Parts(scenario.begins, end, end, end, over is not None))
    seen = as_they_came(scenario, earlier.work)
    off = float(np.mean([moved(real, play(seen, number).cycle) for number in range(PLAYS)]))
    return off, off / max(float(real.mean()), 1e-9) if len(real) else 0.0


def demand_of(scenario: Scenario, work: Work, parts: Parts) -> tuple[float, float]:
    """Cases a day in the later part: those that came, and those that the weeks before it led to expect."""
    came = _came(work)
    days = max((parts.arrivals_end - parts.split) / DAY, 1e-9)
    count = int(((came >= parts.split) & (came < parts.arrivals_end)).sum())
    expected = expected_cases(scenario.arrivals, scenario.begins, parts.split, parts.arrivals_end)
    return count / days, expected / days


def _came(work: Work) -> NDArray[np.int64]:
    """When each case with an event came."""
    return begins_and_ends(work)[0][np.diff(work.columns.offsets) > 0]
