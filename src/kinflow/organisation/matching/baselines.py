"""The yardsticks beside the optimum: the usual ways of giving out work, and how even a load is."""

import numpy as np
from numpy.typing import NDArray

NOBODY = -1


def round_robin(
    eligible: NDArray[np.bool_], capacity: NDArray[np.int64], *, first: int = 0
) -> NDArray[np.int64]:
    """Give the items out in turn: each to the next person, after the one before, who may and can take it.

    eligible: (items, people), bool. capacity: (people,), items a person can take. first: who is next.
    Returns the index of the person for each item (−1: nobody may or can).
    """
    items, people = eligible.shape
    room = capacity.astype(np.int64)
    holder = np.full(items, NOBODY, np.int64)
    turn = first
    for i in range(items):
        free = np.flatnonzero(eligible[i] & (room > 0))
        if free.size:
            person = free[np.argmin((free - turn) % people)]
            holder[i] = person
            room[person] -= 1
            turn = int(person) + 1
    return holder


def least_busy(
    eligible: NDArray[np.bool_], capacity: NDArray[np.int64], *, load: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Give each item in turn to whoever, of those who may and can take it, has least work in hand.

    eligible: (items, people), bool. capacity: (people,), items a person can take on top of `load`.
    load: (people,), items in hand before; none where left out. Of equals the lowest index takes it.
    Returns the index of the person for each item (−1: nobody may or can).
    """
    items, people = eligible.shape
    room = capacity.astype(np.int64)
    busy = np.zeros(people, np.int64) if load is None else load.astype(np.int64)
    holder = np.full(items, NOBODY, np.int64)
    for i in range(items):
        free = np.flatnonzero(eligible[i] & (room > 0))
        if free.size:
            person = free[np.argmin(busy[free])]
            holder[i] = person
            room[person] -= 1
            busy[person] += 1
    return holder


def total_points(points: NDArray[np.float64], holder: NDArray[np.int64]) -> float:
    """Return the total points of an assignment; items without a person count nothing."""
    taken = np.flatnonzero(holder >= 0)
    return float(points[taken, holder[taken]].sum())


def loads(holder: NDArray[np.int64], people: int) -> NDArray[np.int64]:
    """Return how many items each of `people` holds."""
    return np.bincount(holder[holder >= 0], minlength=people).astype(np.int64)


def gini(amounts: NDArray[np.float64] | NDArray[np.int64]) -> float:
    """Return the Gini coefficient of what people have: 0 is even, near 1 is all with one.

    amounts: (people,), ≥ 0, loads or loads in parts of the capacity. Nobody or nothing at all is even.

    Method: C. Gini, Variabilità e mutabilità (1912), in the form over sorted amounts.
    """
    ordered = np.sort(np.asarray(amounts, dtype=np.float64))
    total = ordered.sum()
    if ordered.size and ordered[0] < 0:
        raise ValueError("amounts must not be negative")
    if total == 0:
        return 0.0
    ranks = np.arange(1, ordered.size + 1)
    return float(2.0 * (ranks * ordered).sum() / (ordered.size * total) - (ordered.size + 1) / ordered.size)
