"""Tests by ranks over several groups, and over groups that are compared kind by kind."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from .chances import MOST_COMPARED, Comparison

Numbers = NDArray[np.float64]
Groups = NDArray[np.int64]


def ranks_of(values: Numbers) -> tuple[Numbers, float]:
    """Ranks, ties at their mean, and the sum of t³ - t over the ties of t values each."""
    _values, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[place.ravel()]
    return ranks, float((counts.astype(float) ** 3 - counts).sum())


def differ(values: Numbers, groups: Groups) -> Comparison:
    """Whether some groups' values are larger than others' (Kruskal and Wallis' test, with ties).

    The effect is epsilon squared: which share of the ranks' variance lies between the groups.
    """
    if len(values) > MOST_COMPARED:
        chosen = np.random.default_rng(len(values)).choice(len(values), MOST_COMPARED, replace=False)
        values, groups = values[chosen], groups[chosen]
    counts = np.bincount(groups)
    known = counts > 0
    size, kinds = len(values), int(known.sum())
    if kinds < 2:
        return Comparison(1.0, 0.0)
    ranks, ties = ranks_of(values)
    sums = np.bincount(groups, weights=ranks)[known]
    spread = 1 - ties / (float(size) ** 3 - size)
    if spread <= 0:
        return Comparison(1.0, 0.0)
    h = (12 / (size * (size + 1)) * (sums**2 / counts[known]).sum() - 3 * (size + 1)) / spread
    return Comparison(float(special.chdtrc(kinds - 1, max(h, 0.0))), float(h / (size - 1)))


def larger_alike(values: Numbers, ours: NDArray[np.bool_], kinds: Groups) -> Comparison:
    """Whether ours tend to be larger than others of the same kind (van Elteren's test over kinds 0, 1, …).

    The effect is how often a value of ours is the larger one among the same kind, weighed over the kinds; one-sided.
    """
    order = np.argsort(kinds, kind="stable")
    ends = np.searchsorted(kinds[order], np.arange(int(kinds.max(initial=-1)) + 2))
    score, variance, wins, pairs = 0.0, 0.0, 0.0, 0.0
    for begin, end in zip(ends[:-1], ends[1:], strict=True):
        place = order[begin:end]
        mine = ours[place]
        n, size = int(mine.sum()), len(place)
        m = size - n
        if not n or not m:
            continue
        ranks, ties = ranks_of(values[place])
        u = float(ranks[mine].sum()) - n * (n + 1) / 2
        weight = 1 / (size + 1)
        score += weight * (u - n * m / 2)
        variance += weight**2 * n * m / 12 * (size + 1 - ties / (size * (size - 1)))
        wins, pairs = wins + weight * u, pairs + weight * n * m
    if variance <= 0:
        return Comparison(1.0, 0.5)
    return Comparison(float(special.ndtr(-score / np.sqrt(variance))), wins / pairs)
