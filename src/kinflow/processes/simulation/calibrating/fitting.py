"""The distribution that observed times come from: a simple one where it foretells unseen times as well as the seen do."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import gamma as gamma_function
from scipy.special import gammaincinv, ndtri

from ..scenario import Times

Numbers = NDArray[np.float64]
POINTS = 201
"""Quantiles that an empirical distribution keeps."""
FEW = 12
"""Below so many observations no shape is told apart: they are taken as they are."""
MIDDLES = (np.arange(400) + 0.5) / 400
"""Shares at which a distribution is read where it is made of another."""
MARGIN = 1.1
"""A shape may be so much farther from the unseen half than the seen half is, and is still taken for being simpler."""


def fitted(observed: Numbers) -> Times:
    """The distribution of times (microseconds).

    All shapes get the observed mean and deviation. Every other observation, by size, fits; the rest judges, by its
    1-Wasserstein distance. The nearest shape is taken unless the observations themselves (their quantiles) are clearly
    nearer. Nothing observed gives no time at all.
    """
    values = np.sort(np.maximum(observed, 0.0))
    if not len(values):
        return Times("fixed")
    if values[-1] - values[0] < 1:
        return Times("fixed", mean=float(values[0]))
    if len(values) < FEW:
        return empirical(values)
    mixed = np.random.default_rng(len(values)).permutation(values)
    seen, unseen = np.sort(mixed[::2]), np.sort(mixed[1::2])
    shares = (np.arange(len(unseen)) + 0.5) / len(unseen)
    own = float(np.abs(np.quantile(seen, shares) - unseen).mean())
    best = min(SHAPES, key=lambda shape: _off(shape, seen, unseen, shares))
    if _off(best, seen, unseen, shares) > MARGIN * own:
        return empirical(values)
    return Times(best, mean=float(values.mean()), deviation=float(values.std()))


def empirical(observed: Numbers) -> Times:
    """The observations by their quantiles."""
    values = np.sort(np.maximum(observed, 0.0))
    if not len(values):
        return Times("fixed")
    kept = values if len(values) <= POINTS else np.quantile(values, np.linspace(0, 1, POINTS))
    whole = tuple(int(each) for each in (kept if len(kept) > 1 else np.repeat(kept, 2)))
    return Times("empirical", mean=float(values.mean()), deviation=float(values.std()), values=whole)


def quantiles(times: Times, shares: Numbers) -> Numbers:
    """The quantiles of a distribution, in microseconds."""
    if times.shape == "empirical":
        return np.interp(shares, np.linspace(0, 1, len(times.values)), np.asarray(times.values, np.float64))
    if times.shape == "given":
        return np.quantile(np.asarray(times.values, np.float64), shares)
    if times.shape == "fixed":
        return np.full(len(shares), times.mean)
    found: Numbers = np.maximum(SHAPES[times.shape](times.mean, times.deviation, shares), 0.0)
    return found


def _off(shape: str, seen: Numbers, unseen: Numbers, shares: Numbers) -> float:
    """How far a shape fitted to some is from the others."""
    told = quantiles(Times(shape, mean=float(seen.mean()), deviation=float(seen.std())), shares)
    return float(np.abs(told - unseen).mean())


def _exponential(mean: float, _deviation: float, shares: Numbers) -> Numbers:
    found: Numbers = -mean * np.log1p(-shares)
    return found


def _uniform(mean: float, deviation: float, shares: Numbers) -> Numbers:
    found: Numbers = mean + deviation * np.sqrt(3.0) * (2 * shares - 1)
    return found


def _gamma(mean: float, deviation: float, shares: Numbers) -> Numbers:
    deviation = max(deviation, mean * 1e-6, 1e-9)
    form = (mean / deviation) ** 2
    found: Numbers = gammaincinv(form, shares) * mean / max(form, 1e-12)
    return found


def _lognormal(mean: float, deviation: float, shares: Numbers) -> Numbers:
    spread = np.sqrt(np.log1p((deviation / max(mean, 1e-9)) ** 2))
    found: Numbers = np.exp(np.log(max(mean, 1e-9)) - spread**2 / 2 + spread * ndtri(shares))
    return found


def _weibull(mean: float, deviation: float, shares: Numbers) -> Numbers:
    ratio = float(np.clip(deviation / max(mean, 1e-9), 0.02, 15.0))

    def difference(form: float) -> float:
        return float(gamma_function(1 + 2 / form) / gamma_function(1 + 1 / form) ** 2 - 1 - ratio**2)

    form = brentq(difference, 0.2, 80.0) if difference(0.2) > 0 else 0.2
    found: Numbers = mean / gamma_function(1 + 1 / form) * (-np.log1p(-shares)) ** (1 / form)
    return found


SHAPES: dict[str, Callable[[float, float, Numbers], Numbers]] = {
    "exponential": _exponential,
    "uniform": _uniform,
    "gamma": _gamma,
    "lognormal": _lognormal,
    "weibull": _weibull,
}
