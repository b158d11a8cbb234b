"""The hold-out check: calibrated on the earlier cases, played over the later period, held against what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..scenario import Scenario
from .distances import Played, distances, moved, open_by_day
from .judging import BAD, Off, Verdict, judged
from .redrawing import open_apart

SHARE = 0.7
TIMES = 5
DRAWS = 200
FEWEST = 30
POINTS = 101
Play = Callable[[Scenario, int], Played]
"""Plays a scenario once, with a number for the randomness, and gives the counted cases as the log would show them."""


@dataclass(frozen=True)
class Check:
    """What came of a hold-out check; distances are means over the plays.

    - `noise`, `open_noise`: how far two samples of the real cases are from each other by chance (median, 95 % quantile),
      in hours of cycle time, and in open cases as a share of their mean;
    - `past`, `open_past`: how far the earlier real cases are from the later ones: what taking the past for the future
      would give;
    - `fit`: how far off the model is over the earlier part, which it was made of: hours of cycle time, and their share;
    - `demand`: cases a day that came in the later part, and that the weeks before it led to expect;
    - `cases`, `throughput`, `mean_hours`, `median_hours`, `p90_hours`, `open`: real and simulated;
    - `curve`: hours of cycle time at equal shares of cases, real and simulated; `open_curve` by day.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    distances: dict[str, float] = field(default_factory=dict)
    noise: tuple[float, float] = (0.0, 0.0)
    past: float = 0.0
    earlier_cases: int = 0
    figures: dict[str, tuple[float, float]] = field(default_factory=dict)
    curve: tuple[tuple[float, float], ...] = ()
    open_curve: tuple[tuple[float, float], ...] = ()
    open_noise: tuple[float, float] = (0.0, 0.0)
    open_past: float = 0.0
    fit: tuple[float, float] = (0.0, 0.0)
    demand: tuple[float, float] = (0.0, 0.0)


def checked(
    earlier: Played,
    real: Played,
    scenario: Scenario,
    play: Play,
    told: Callable[[int], bool],
    *,
    fit: tuple[float, float] = (0.0, 0.0),
    demand: tuple[float, float] = (0.0, 0.0),
) -> Check | None:
    """Hold the scenario of the later period against it; None where `told` (how many plays are done) says to stop.

    `fit` and `demand` are known beside it, as `Check` has them.
    """
    if min(len(earlier.begins), len(real.begins)) < FEWEST:
        return Check(BAD, ("few_cases",), earlier_cases=len(earlier.begins), figures=_figures(real, ()))
    plays: list[Played] = []
    for number in range(TIMES):
        if not told(number):
            return None
        plays.append(play(scenario, number))
    found = [distances(real, each) for each in plays]
    means = {
        name: float(np.mean([each.get(name, np.nan) for each in found])) for name in found[0] if all(found)
    }
    figures = _figures(real, plays)
    noise, past = noise_of(real.cycle), moved(real.cycle, earlier.cycle)
    open_noise, open_past = open_apart(real, real, between=True), open_apart(real, earlier)[0]
    mean = max(figures["mean_hours"][0], 1e-9)
    parts = (
        {
            "cycle_time": Off(means["cycle_time"] / mean, noise[1] / mean, past / mean),
            "throughput": _throughput(figures),
            "open_cases": Off(means["open_cases"], open_noise[1], open_past),
        }
        if means
        else {}
    )
    verdict, reasons = judged(parts, Off(fit[1])) if parts else (BAD, ("nothing_ends",))
    return Check(
        verdict,
        reasons,
        means,
        noise,
        past,
        len(earlier.begins),
        figures,
        _curve(real, plays),
        _open_curve(real, plays),
        open_noise,
        open_past,
        fit,
        demand,
    )


def _throughput(figures: dict[str, tuple[float, float]]) -> Off:
    """How far it is off in the cases that are finished a day; their chance is twice the deviation of a Poisson number."""
    through, simulated = figures["throughput"]
    chance = 2 * float(np.sqrt((1 + 1 / TIMES) / max(figures["cases"][0], 1.0)))
    return Off(abs(simulated - through) / max(through, 1e-9), chance)


def noise_of(cycle: NDArray[np.float64], *, seed: int = 0) -> tuple[float, float]:
    """The distance of two samples drawn from the real cases, each as large as they are: its median and 95 % quantile."""
    draw = np.random.default_rng(seed)
    size = len(cycle)
    found = [moved(draw.choice(cycle, size), draw.choice(cycle, size)) for _time in range(DRAWS)]
    return float(np.median(found)), float(np.quantile(found, 0.95))


def _figures(real: Played, plays: Sequence[Played]) -> dict[str, tuple[float, float]]:
    """Real and simulated figures."""
    measures: dict[str, Callable[[Played], float]] = {
        "cases": lambda side: float(len(side.begins)),
        "throughput": lambda side: len(side.begins) / max((side.until - side.since) / 86.4e9, 1e-9),
        "mean_hours": lambda side: float(side.cycle.mean()) if len(side.begins) else 0.0,
        "median_hours": lambda side: float(np.median(side.cycle)) if len(side.begins) else 0.0,
        "p90_hours": lambda side: float(np.quantile(side.cycle, 0.9)) if len(side.begins) else 0.0,
        "open": lambda side: float(open_by_day(side).mean()) if len(side.begins) else 0.0,
    }
    return {
        name: (measure(real), float(np.mean([measure(each) for each in plays])) if plays else 0.0)
        for name, measure in measures.items()
    }


def _curve(real: Played, plays: Sequence[Played]) -> tuple[tuple[float, float], ...]:
    shares = np.linspace(0, 1, POINTS)
    together = np.concatenate([each.cycle for each in plays])
    if not len(together):
        return ()
    pairs = zip(np.quantile(real.cycle, shares), np.quantile(together, shares), strict=True)
    return tuple((float(a), float(b)) for a, b in pairs)


def _open_curve(real: Played, plays: Sequence[Played]) -> tuple[tuple[float, float], ...]:
    simulated = np.mean([open_by_day(each) for each in plays], axis=0)
    return tuple((float(a), float(b)) for a, b in zip(open_by_day(real), simulated, strict=True))
