"""Weights learnt from how work ended: a logistic regression drawn towards the weights of today."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_PER_WEIGHT = 10
"""So many endings of the rarer sort for each weight (P. Peduzzi et al., "A simulation study of the number of events per
variable in logistic regression analysis", 1996)."""
STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
LEAST_SPREAD, LEAST_SCALE = 0.02, 0.25
FOLDS, RESAMPLES, STEPS = 5, 200, 12


@dataclass(frozen=True)
class Learnt:
    """Proposed weights with their intervals; those of criteria that are not `learnable` stay as they are.

    Where there is too little to learn from, `needed` endings of the rarer sort are more than the `rarer` there are, and
    the proposal is what is there. `strength` is how strongly the weights were drawn to the present ones.
    """

    items: int
    well: int
    rarer: int
    needed: int
    learnable: tuple[bool, ...]
    weights: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    strength: float | None = None

    @property
    def is_enough(self) -> bool:
        """Whether there was enough to learn from."""
        return self.strength is not None


def learn(values: Floats, well: NDArray[np.bool_], weights: Floats) -> Learnt:
    """Propose weights.

    values: (items, criteria), those of who got the item; well: (items,), whether it ended well; weights: (criteria,).

    log-odds = a + Σ θ·value, with θ drawn to the present weights times one scale s (how much a point is worth) by a
    quadratic penalty whose strength is chosen by cross-validation; proposed is θ/s, the interval is that of a bootstrap
    of the items (A. E. Hoerl, R. W. Kennard, "Ridge Regression", 1970; B. Efron, "Bootstrap Methods", 1979).
    """
    y = well.astype(np.float64)
    can = values.std(axis=0) > LEAST_SPREAD if len(y) else np.zeros(len(weights), np.bool_)
    rarer = int(min(y.sum(), len(y) - y.sum()))
    needed = LEAST_PER_WEIGHT * max(int(can.sum()), 1)
    none: tuple[float | None, ...] = (None,) * len(weights)
    told = (len(y), int(y.sum()), rarer, needed, tuple(bool(c) for c in can))
    if rarer < needed or not can.any():
        return Learnt(*told, tuple(float(w) for w in weights), none, none)
    x = values[:, can] - values[:, can].mean(axis=0)
    scale = _scale(x @ weights[can], y)
    prior = scale * weights[can]
    strength = _strength(x, y, prior)
    found = _fit(x, y, prior, strength)
    drawn = _resampled(x, y, prior, strength, found) / scale
    proposed, low, high = weights.astype(np.float64).copy(), list(none), list(none)
    proposed[can] = found[1:] / scale
    for at, column in enumerate(np.flatnonzero(can)):
        low[column], high[column] = (float(q) for q in np.quantile(drawn[:, at], (0.025, 0.975)))
    return Learnt(*told, tuple(float(w) for w in proposed), tuple(low), tuple(high), strength)


def _scale(points: Floats, y: Floats) -> float:
    """The log-odds that one point of today is worth; never so little that all would be noise."""
    spread = float(points.std())
    if spread == 0:
        return LEAST_SCALE
    slope = float(_fit(points[:, None] / spread, y, np.zeros(1), 1.0)[1])
    return max(slope, LEAST_SCALE) / spread


def _fit(
    x: Floats, y: Floats, prior: Floats, strength: float, start: Floats | None = None, steps: int = STEPS
) -> Floats:
    """Intercept and slopes of the penalised logistic regression, by Newton's method."""
    design = np.column_stack([np.ones(len(y)), x])
    aim = np.concatenate([[0.0], prior])
    penalty = np.full(len(aim), strength)
    penalty[0] = 1e-6
    theta = aim.copy() if start is None else start.copy()
    for _step in range(steps):
        chance = _chance(design @ theta)
        slope = design.T @ (y - chance) - penalty * (theta - aim)
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(penalty)
        change = np.clip(np.linalg.solve(curve, slope), -2.0, 2.0)
        theta = theta + change
        if np.abs(change).max() < 1e-8:
            break
    return theta


def _chance(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))))


def _strength(x: Floats, y: Floats, prior: Floats) -> float:
    """The penalty that foretells best what was left out; of equals the strongest, which changes least."""
    fold = np.random.default_rng(0).permutation(len(y)) % FOLDS
    losses = []
    for strength in STRENGTHS:
        loss = 0.0
        for k in range(FOLDS):
            rest, here = fold != k, fold == k
            theta = _fit(x[rest], y[rest], prior, strength)
            chance = np.clip(_chance(theta[0] + x[here] @ theta[1:]), 1e-12, 1 - 1e-12)
            loss -= float((y[here] * np.log(chance) + (1 - y[here]) * np.log(1 - chance)).sum())
        losses.append(round(loss, 6))
    return max(s for s, loss in zip(STRENGTHS, losses, strict=True) if loss == min(losses))


def _resampled(x: Floats, y: Floats, prior: Floats, strength: float, found: Floats) -> Floats:
    """The slopes of many resamples of the items."""
    chosen = np.random.default_rng(1)
    drawn = []
    for _time in range(RESAMPLES):
        rows = chosen.integers(0, len(y), len(y))
        drawn.append(_fit(x[rows], y[rows], prior, strength, found, 4)[1:])
    return np.array(drawn)
