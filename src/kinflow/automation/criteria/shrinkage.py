"""Shares from few observations, drawn towards what is usual: empirical Bayes for counts."""

from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

WEAKEST, STRONGEST = 2.0, 200.0


def strength_of(successes: ArrayLike, trials: ArrayLike) -> float:
    """How many observations the usual share is worth: m = α + β of the beta distribution that the shares come from.

    successes, trials: one number a person. Returns a number from 2 to 200; 200 where shares hardly differ between
    people beyond chance (then nobody is far from the usual share).

    Method: moments of the beta-binomial distribution, J. C. Kleinman, Proportions with extraneous variance:
    single and independent samples. Journal of the American Statistical Association 68 (1973), weights wᵢ = nᵢ.
    """
    won, n = np.asarray(successes, float), np.asarray(trials, float)
    won, n = won[n > 0], n[n > 0]
    total = n.sum()
    if n.size < 2 or total <= n.size:
        return STRONGEST
    p = won.sum() / total
    spread = p * (1 - p)
    left = 1 - n / total
    between = (n * (won / n - p) ** 2).sum() - spread * left.sum()
    at_most = spread * ((n * left).sum() - left.sum())
    if between <= 0 or at_most <= 0:
        return STRONGEST
    strength = at_most / between - 1
    return float(np.clip(strength, WEAKEST, STRONGEST)) if isfinite(strength) else STRONGEST


def shrunk(successes: ArrayLike, trials: ArrayLike, *, usual: float, strength: float) -> NDArray[np.float64]:
    """The shares drawn towards the usual one: (successes + m·usual) / (trials + m), m being the strength.

    Who has no trials has the usual share; who has many has nearly their own.

    Method: B. Efron, C. Morris, Data analysis using Stein's estimator and its generalizations. Journal of the
    American Statistical Association 70 (1975); the beta prior makes it this formula.
    """
    won, n = np.asarray(successes, float), np.asarray(trials, float)
    return np.asarray((won + strength * usual) / (n + strength), dtype=np.float64)
