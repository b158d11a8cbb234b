"""Several plays of a scenario: figures with what chance leaves open of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from .measures import Measures

CONFIDENCE = 0.95
GROWTH = 1.5
"""More open cases in the last quarter than in the second by this factor are a queue that grows."""


@dataclass(frozen=True)
class Figure:
    """The mean over the plays, and the interval in which the true one lies with a confidence of 95 per cent."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Figures:
    """What a scenario comes to. Times are in microseconds.

    Of each case that ended: `cycle_mean`, `cycle_median`, `cycle_p90` from its arrival to its end; `work` of people on
    it; `waiting` in delays and at its steps before their work began (branches at once count each); `cost`; `handovers`
    from person to person; `rework`, how many of its items repeated a step; `defective`, the share that ended with a
    defect. `throughput` is cases ended in a day, `unfinished` and `stuck` are shares of the cases that came. By person,
    `utilisation` is the share of working hours spent on work; by role, `load` is work wanted as a share of the hours of
    all who fill it.
    NaN where no case ended.
    """

    times: int
    cycle_mean: Figure
    cycle_median: Figure
    cycle_p90: Figure
    work: Figure
    waiting: Figure
    throughput: Figure
    cost: Figure
    handovers: Figure
    rework: Figure
    defective: Figure
    unfinished: Figure
    stuck: Figure
    utilisation: dict[str, Figure]
    load: dict[str, Figure]
    overloaded: tuple[str, ...]
    """Roles of which more is wanted than they have hours."""
    is_unstable: bool
    """The queue grows for ever, so that means say how long was played rather than how long a case takes."""
    stopped: str
    """Why a play was broken off, as in `Played`."""


def figures_of(plays: Sequence[Measures]) -> Figures:
    """The figures of some plays of one scenario, wherever they were played."""
    if len(plays) < 2:
        raise ValueError("An interval needs two plays at least.")
    loads = _named(play.load for play in plays)
    overloaded = tuple(role for role, figure in loads.items() if figure.low > 1)
    stopped = next((play.stopped for play in plays if play.stopped), "")
    return Figures(
        times=len(plays),
        **{name: figure([getattr(play, name) for play in plays]) for name in _SINGLE},
        utilisation=_named(play.utilisation for play in plays),
        load=loads,
        overloaded=overloaded,
        is_unstable=bool(overloaded) or stopped == "open_cases" or _grows(plays),
        stopped=stopped,
    )


_SINGLE = (
    "cycle_mean", "cycle_median", "cycle_p90", "work", "waiting", "throughput", "cost", "handovers", "rework",
    "defective", "unfinished", "stuck",
)  # fmt: skip


def figure(values: Sequence[float]) -> Figure:
    """Mean and Student's interval of independent values, those that are not there left out; nothing is below nothing."""
    known = np.array(values, float)
    known = known[~np.isnan(known)]
    mean = float(known.mean()) if len(known) else np.nan
    if len(known) < 2:
        return Figure(mean, np.nan, np.nan)
    if np.isinf(known).any():
        # Work of which those who are there have no hours.
        return Figure(mean, float(known.min()), mean)
    off = float(_quantile(len(known)) * known.std(ddof=1) / len(known) ** 0.5)
    return Figure(mean, max(mean - off, 0.0) if mean >= 0 else mean - off, mean + off)


def _quantile(count: int) -> float:
    return float(stdtrit(count - 1, (1 + CONFIDENCE) / 2))


def _named(plays: Iterable[dict[str, float]]) -> dict[str, Figure]:
    rows = list(plays)
    return {name: figure([row[name] for row in rows]) for name in rows[0]}


def _grows(plays: Sequence[Measures]) -> bool:
    """Whether ever more cases are open, beyond chance."""
    opened = np.array([play.open_cases for play in plays])
    means = opened.mean(axis=0)
    more = opened[:, 3] - opened[:, 1]
    off = _quantile(len(more)) * more.std(ddof=1) / len(more) ** 0.5
    return bool(more.mean() > off and means[3] > means[2] > means[1] and means[3] > GROWTH * means[1] + 1)
