"""The least disruptive moves: points gained less the price of each move, under capacities, to the optimum."""

import numpy as np
from numpy.typing import NDArray

from kinflow.organisation.matching import optimum

NOBODY = -1


def least_disruptive(
    points: NDArray[np.float64],
    eligible: NDArray[np.bool_],
    room: NDArray[np.int64],
    holder: NDArray[np.int64],
    price: float,
    must_go: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Who should have each item (−1: there is no place for it), so that little moves and much is gained.

    points, eligible: (items, people). room: (people,), how many of these items each can hold, those they hold now
    included. holder: (items,), the column of who has it, −1 for nobody who is here. price: ≥ 0, the points that one
    move must gain. must_go: (items,), what may not stay where it is.

    Of all ways to share the items out it takes those that find a place for the most (what must go counts double), of
    these the one with the greatest total of points less price times moves. An item may always stay with its holder,
    eligible or not, unless it must go or there is no room.

    One optimum answers it: a kept item's own pair is worth the price of a move more, and every pair is lifted above
    what any chain of moves between people could gain.
    """
    items, people = points.shape
    if not items or not people:
        return np.full(items, NOBODY, np.int64)
    may = eligible.copy()
    held = np.flatnonzero(holder >= 0)
    may[held, holder[held]] = ~must_go[held]
    worth = points.astype(np.float64)
    worth[held, holder[held]] += price
    if not may.any():
        return np.full(items, NOBODY, np.int64)
    low, high = float(worth[may].min()), float(worth[may].max())
    lift = (high - low + 1.0) * (min(items, people) + 1)
    worth += (lift - low) + np.where(must_go, lift, 0.0)[:, None]
    worth[~may] = 0.0
    return optimum(worth, room, eligible=may)[0]
