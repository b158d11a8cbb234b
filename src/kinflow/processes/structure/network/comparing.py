"""Communities in the hand-overs between people, against units and divisions on paper and against chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ..paper import Paper
from .communities import adjusted_rand, communities_of, modularity
from .handing import Passing

Whole = NDArray[np.int64]
SHUFFLES, RELABELLINGS = 19, 199
MOST_SHUFFLED = 100_000
"""Of more hand-overs than these a part is shuffled, which makes chance look stronger, never weaker."""


@dataclass(frozen=True)
class Likeness:
    """How alike communities and a level of the chart are (adjusted Rand), the chance of that, and the level's
    modularity.
    """

    parts: int
    rand: float
    p: float
    modularity: float


@dataclass(frozen=True)
class Communities:
    """Who works together: people by community (the largest first), modularity, the best of shuffled networks."""

    members: Sequence[tuple[int, ...]]
    modularity: float
    by_chance: float
    is_real: bool
    units: Likeness
    divisions: Likeness


def _symmetric(logs: Sequence[Passing], count: int) -> sparse.csr_matrix:
    """The network of all hand-overs, both ways together."""
    giver, taker, times = (
        np.concatenate([getattr(log, name) for log in logs] or [np.zeros(0, np.int64)])
        for name in ("giver", "taker", "times")
    )
    one = sparse.coo_matrix((times.astype(np.float64), (giver, taker)), shape=(count, count)).tocsr()
    return (one + one.T).tocsr()


def compared(
    logs: Sequence[Passing], people: Sequence[int], unit_of: Whole, units: Sequence[int], paper: Paper
) -> Communities:
    """The communities of people (ids) whose units are `units[unit_of[k]]`."""
    network = _symmetric(logs, len(people))
    found = communities_of(network)
    own = modularity(network, found)
    by_chance = max(
        (_shuffled(logs, len(people), seed) for seed in range(SHUFFLES if len(people) else 0)), default=0.0
    )
    ways = [paper.units[unit].way for unit in units]
    tops = [way[min(1, len(way) - 1)] for way in ways]
    division = np.array([tops.index(tops[unit]) for unit in unit_of.tolist()], np.int64)
    sizes = np.argsort(-np.bincount(found, minlength=1), kind="stable").tolist() if len(people) else []
    return Communities(
        [tuple(people[at] for at in np.flatnonzero(found == community).tolist()) for community in sizes],
        own,
        by_chance,
        own > by_chance,
        _likeness(found, unit_of, lambda parts: modularity(network, parts)),
        _likeness(
            found,
            np.unique(division, return_inverse=True)[1].ravel(),
            lambda parts: modularity(network, parts),
        ),
    )


def _likeness(found: Whole, parts: Whole, quality: Callable[[Whole], float]) -> Likeness:
    """How alike communities and a partition are, against labels dealt out anew."""
    own = adjusted_rand(found, parts)
    chance = np.random.default_rng(len(found))
    more = sum(adjusted_rand(chance.permutation(found), parts) >= own for _again in range(RELABELLINGS))
    return Likeness(len(np.unique(parts)), own, (1 + more) / (1 + RELABELLINGS), quality(parts))


def _shuffled(logs: Sequence[Passing], count: int, seed: int) -> float:
    """The modularity of the communities of a network in which givers and takers were put together by lot, log by log."""
    chance = np.random.default_rng(seed)
    shuffled = []
    for log in logs:
        times = log.times
        if times.sum() > MOST_SHUFFLED:
            times = chance.multivariate_hypergeometric(times, MOST_SHUFFLED, method="marginals")
        giver, taker = np.repeat(log.giver, times), chance.permutation(np.repeat(log.taker, times))
        keeps = giver != taker
        ones = np.ones(int(keeps.sum()), np.int64)
        shuffled.append(Passing(giver[keeps], taker[keeps], ones, ones))
    network = _symmetric(shuffled, count)
    return modularity(network, communities_of(network))
