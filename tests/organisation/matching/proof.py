"""A proof that an assignment is the best, found from the assignment alone: prices of people.

If at some prices ≥ 0 every item holds one of its best choices, and everybody with a price has all
places taken, no other assignment can have more points (complementary slackness). Such prices exist
exactly when no chain of moves gains anything, so the shortest chains give them or a counter-example.
"""

import numpy as np
from numpy.typing import NDArray


class NotBest(AssertionError):
    """A chain of moves would gain points, or a rule is broken."""


def prove_best(
    points: NDArray[np.float64],
    capacity: NDArray[np.int64],
    holder: NDArray[np.int64],
    eligible: NDArray[np.bool_] | None = None,
    tolerance: float = 1e-9,
) -> NDArray[np.float64]:
    """Return prices of people that prove `holder` best, to `tolerance` times the greatest point."""
    people = points.shape[1]
    allowed = np.ones(points.shape, bool) if eligible is None else eligible
    gain = np.hstack([np.where(allowed, points, -np.inf), np.zeros((points.shape[0], 1))])
    at = np.where(holder < 0, people, holder)
    load = np.bincount(at, minlength=people + 1)
    slack = tolerance * max(1e-300, np.abs(points).max(initial=0))
    if not np.isfinite(gain[np.arange(len(at)), at]).all() or (load[:people] > capacity).any():
        raise NotBest("an ineligible pair or a capacity exceeded")
    price = _prices(_losses(gain, at, load, capacity), slack)
    _check(gain, at, load, capacity, price, slack)
    return price[:people]


def _losses(gain: NDArray[np.float64], at: NDArray, load: NDArray, capacity: NDArray) -> NDArray[np.float64]:
    """Return what one move from each holder to each other loses at least; the last one is nobody."""
    nodes = gain.shape[1]
    loss = np.full((nodes, nodes), np.inf)
    for v in range(nodes):
        mine = at == v
        if mine.any():
            loss[v] = (gain[mine, v][:, None] - gain[mine]).min(axis=0)
    has_room = load[:-1] < capacity
    loss[:-1, -1][has_room] = np.minimum(loss[:-1, -1][has_room], 0.0)
    return loss


def _prices(loss: NDArray[np.float64], slack: float) -> NDArray[np.float64]:
    """Return the least prices ≥ 0 at which no single move gains, nobody's being 0 (Bellman, Ford)."""
    nodes = loss.shape[0]
    price = np.zeros(nodes)
    for _ in range(nodes + 1):
        raised = np.maximum(price, (price[:, None] - loss).max(axis=0))
        if raised[-1] > slack:
            raise NotBest(f"a chain of moves gains {raised[-1]}")
        if (raised <= price + slack / nodes).all():
            return raised
        price = raised
    raise NotBest("a circle of moves gains points")


def _check(
    gain: NDArray, at: NDArray, load: NDArray, capacity: NDArray, price: NDArray, slack: float
) -> None:
    """Check the prices against everything, not only against the chains they came from."""
    profit = gain - price
    held = profit[np.arange(len(at)), at]
    if (held < profit.max(axis=1) - slack).any():
        raise NotBest("an item would rather be elsewhere")
    if (price[:-1] < -slack).any() or (price[:-1][load[:-1] < capacity] > slack).any():
        raise NotBest("somebody with room has a price")
