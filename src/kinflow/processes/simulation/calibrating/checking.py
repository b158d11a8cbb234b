"""The hold-out check: calibrated on the earlier cases, played over the later period, held against what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ..scenario import Scenario
from .distances import Played, distances, moved, open_by_day

SHARE = 0.7
TIMES = 5
DRAWS = 200
FEWEST = 30
Verdict = Literal["good", "caution", "bad"]
BAD: Final = "bad"
NEAR, FAR = 0.15, 0.35
"""A distance of at most this share of the real mean is good enough to trust; up to the other, with caution."""
POINTS = 101
Play = Callable[[Scenario, int], Played]
"""Plays a scenario once, with a number for the randomness, and gives the counted cases as the log would show them."""


@dataclass(frozen=True)
class Check:
    """What came of a hold-out check; distances are means over the plays.

    - `noise`: how far two samples of the real cases are from each other by chance (median and 95 % quantile);
    - `past`: how far the earlier real cases are from the later ones: what taking the past for the future would give;
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


def checked(
    earlier: Played, real: Played, scenario: Scenario, play: Play, told: Callable[[int], bool]
) -> Check | None:
    """Hold the scenario of the later period against it; None where `told` (how many plays are done) says to stop."""
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
    noise = noise_of(real.cycle)
    verdict, reasons = judged(means, figures, noise)
    return Check(
        verdict,
        reasons,
        means,
        noise,
        moved(real.cycle, earlier.cycle),
        len(earlier.begins),
        figures,
        _curve(real, plays),
        _open_curve(real, plays),
    )


def noise_of(cycle: NDArray[np.float64], *, seed: int = 0) -> tuple[float, float]:
    """The distance of two samples drawn from the real cases, each as large as they are: its median and 95 % quantile."""
    draw = np.random.default_rng(seed)
    size = len(cycle)
    found = [moved(draw.choice(cycle, size), draw.choice(cycle, size)) for _time in range(DRAWS)]
    return float(np.median(found)), float(np.quantile(found, 0.95))


def judged(
    means: dict[str, float], figures: dict[str, tuple[float, float]], noise: tuple[float, float]
) -> tuple[Verdict, tuple[str, ...]]:
    """Whether to trust the model, and what speaks against it: the worst of cycle time, throughput and open cases.

    What lies within chance is good however large a share it is: nothing could be nearer. Chance is the noise of cycle
    times; of cases as many as come by a Poisson stream, their deviation twice; of open cases, which are then as many as
    a Poisson number, how far two such numbers lie apart on average.
    """
    if not means:
        return BAD, ("nothing_ends",)
    real, _simulated = figures["mean_hours"]
    cycle = 0.0 if means["cycle_time"] <= noise[1] else means["cycle_time"] / max(real, 1e-9)
    through, foretold = figures["throughput"]
    cases, is_open = figures["cases"][0], max(figures["open"][0], 1.0)
    apart = abs(foretold - through) / max(through, 1e-9)
    parts = {
        "cycle_time": cycle,
        "throughput": 0.0 if apart <= 2 * np.sqrt((1 + 1 / TIMES) / max(cases, 1.0)) else apart,
        "open_cases": 0.0 if means["open_cases"] <= 2 / np.sqrt(np.pi * is_open) else means["open_cases"],
    }
    worst = max(parts.values())
    verdict: Verdict = "good" if worst <= NEAR else "caution" if worst <= FAR else "bad"
    return verdict, tuple(name for name, part in parts.items() if part > NEAR)


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
