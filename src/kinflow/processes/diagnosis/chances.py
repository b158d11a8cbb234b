"""Tests of hypotheses, intervals of shares, and the control of false discoveries; every test is one-sided."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Numbers = NDArray[np.float64]
MOST_COMPARED = 20_000
"""Of larger groups a sample of this size is compared: more would change no decision."""
Z = 1.959963984540054


@dataclass(frozen=True)
class Comparison:
    """How one group lies above another: p of Mann-Whitney's test, and how often a value of it is the larger one."""

    p: float
    effect: float


def larger(ours: ArrayLike, others: ArrayLike) -> Comparison:
    """Whether our values tend to be larger (Mann-Whitney, normal approximation with ties and continuity correction).

    The effect is Vargha and Delaney's A: 0.5 is no difference, 1 that each of ours is larger.
    """
    a, b = _sample(np.asarray(ours, float)), _sample(np.asarray(others, float))
    n, m = len(a), len(b)
    if not n or not m:
        return Comparison(1.0, 0.5)
    _values, place, counts = np.unique(np.concatenate((a, b)), return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[place.ravel()]
    u = ranks[:n].sum() - n * (n + 1) / 2
    size = n + m
    ties = float((counts.astype(float) ** 3 - counts).sum()) / (size * (size - 1))
    spread = np.sqrt(n * m / 12 * (size + 1 - ties))
    p = 1.0 if spread == 0 else float(special.ndtr(-(u - n * m / 2 - 0.5) / spread))
    return Comparison(p, float(u / (n * m)))


def _sample(values: Numbers) -> Numbers:
    if len(values) <= MOST_COMPARED:
        return values
    return np.random.default_rng(len(values)).choice(values, MOST_COMPARED, replace=False)


def at_least(hits: int, tries: int, share: float) -> float:
    """The chance of so many hits or more if each try hits with this share (exact binomial test)."""
    if hits <= 0 or share >= 1:
        return 1.0
    return float(special.betainc(hits, tries - hits + 1, share)) if share > 0 else 0.0


def at_most(hits: int, tries: int, share: float) -> float:
    """The chance of so few hits or fewer if each try hits with this share (exact binomial test)."""
    return 1.0 if hits >= tries else float(special.betainc(tries - hits, hits + 1, 1 - share))


def more_often(hits: int, tries: int, other_hits: int, other_tries: int) -> float:
    """The chance of our hits being so many if both groups hit alike (Fisher's exact test)."""
    every, total = hits + other_hits, tries + other_tries
    if not tries or not other_tries or not every:
        return 1.0
    x = np.arange(hits, min(every, tries) + 1)
    return float(
        min(1.0, np.exp(_ways(every, x) + _ways(total - every, tries - x) - _ways(total, tries)).sum())
    )


def more_often_alike(
    hits: NDArray[np.bool_], ours: NDArray[np.bool_], kinds: NDArray[np.int64]
) -> Comparison:
    """Whether ours hit more often than others of the same kind (Mantel and Haenszel's test over kinds 0, 1, …).

    The effect is their difference of shares, weighed over the kinds.
    """
    kind_count = int(kinds.max(initial=-1)) + 1
    count = np.bincount(kinds, minlength=kind_count).astype(float)
    mine = np.bincount(kinds[ours], minlength=kind_count)
    hit = np.bincount(kinds[hits], minlength=kind_count)
    both = np.bincount(kinds[hits & ours], minlength=kind_count)
    use = (count > 1) & (mine > 0) & (mine < count)
    count, mine, hit, both = count[use], mine[use], hit[use], both[use]
    spread = (mine * (count - mine) * hit * (count - hit) / (count**2 * (count - 1))).sum()
    if not len(count) or spread <= 0:
        return Comparison(1.0, 0.0)
    excess = (both - mine * hit / count).sum()
    others = count - mine
    weight = mine * others / count
    difference = ((both / mine - (hit - both) / others) * weight).sum() / weight.sum()
    return Comparison(float(special.ndtr(-(excess - 0.5) / np.sqrt(spread))), float(difference))


def _ways(n: ArrayLike, k: ArrayLike) -> Numbers:
    n, k = np.asarray(n, float), np.asarray(k, float)
    with np.errstate(invalid="ignore"):
        ways = special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    return np.where(k <= n, ways, -np.inf)


def otherwise_spread(ours: Numbers, others: Numbers) -> float:
    """The chance of two groups' counts over the same places differing so much (chi-square test of homogeneity).

    Places where fewer than five are expected in a group are taken together.
    """
    table = np.vstack((ours, others)).astype(float)
    totals = table.sum(axis=0)
    few = totals * table.sum(axis=1).min() / max(totals.sum(), 1) < 5
    if few.any():
        table = np.column_stack((table[:, ~few], table[:, few].sum(axis=1)))
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2 or not table.sum(axis=1).all():
        return 1.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return float(special.chdtrc(table.shape[1] - 1, ((table - expected) ** 2 / expected).sum()))


def share_between(hits: int, tries: int) -> tuple[float, float]:
    """Clopper and Pearson's exact 95 % interval of a share."""
    if not tries:
        return 0.0, 1.0
    low = 0.0 if hits == 0 else float(special.betaincinv(hits, tries - hits + 1, 0.025))
    high = 1.0 if hits == tries else float(special.betaincinv(hits + 1, tries - hits, 0.975))
    return low, high


def discoveries(chances: ArrayLike, rate: float) -> NDArray[np.bool_]:
    """Which of all tests count if the share of false ones among them is to stay below the rate (Benjamini-Hochberg)."""
    p = np.asarray(chances, float)
    if not len(p):
        return np.zeros(0, bool)
    held = np.sort(p) <= rate * np.arange(1, len(p) + 1) / len(p)
    if not held.any():
        return np.zeros(len(p), bool)
    return np.asarray(p <= np.sort(p)[np.flatnonzero(held)[-1]])
