"""Batches to assign: scores like real ones, with many near-ties, and capacities to go with them."""

import numpy as np
from numpy.typing import NDArray


def scored(items: int, people: int, seed: int) -> NDArray[np.float64]:
    """Return points as sums of weighted criteria: skill, territory, language, success, grade, load."""
    rng = np.random.default_rng(seed)
    skill, level = rng.integers(0, 6, items), rng.integers(1, 6, items)
    points = 25.0 * np.minimum(1.0, rng.integers(0, 6, (people, 6))[:, skill].T / level[:, None])
    points += 20.0 * (rng.integers(0, 8, items)[:, None] == rng.integers(0, 8, people))
    points += 10.0 * (rng.random((people, 3)) < 0.5)[:, rng.integers(0, 3, items)].T
    points += 15.0 * np.round(rng.beta(4, 6, people), 2)
    points += 8.0 * (1 - np.abs(rng.integers(1, 5, items)[:, None] - rng.integers(1, 5, people)) / 3)
    points += 12.0 * (rng.random((items, people)) < 0.01) + 10.0 * np.round(rng.random(people), 1)
    return np.round(points, 2)


def capacities(items: int, people: int, part: float, seed: int) -> NDArray[np.int64]:
    """Return uneven capacities that add up to about this `part` of the items."""
    share = np.random.default_rng(seed).uniform(0.5, 1.5, people)
    return np.floor(share / share.sum() * items * part + 0.5).astype(np.int64)
