"""The auction among all items over their shortlists, and the choice each item makes at the end of it."""

import numpy as np
from numpy.typing import NDArray

from .optimum_compiled import compiled
from .optimum_shapes import Shortlist


@compiled
def heaps(shortlist: Shortlist, capacity: NDArray[np.int64]) -> NDArray[np.int64]:
    """Lay out a heap of bids for each person: where it starts; nobody needs more than may ever bid."""
    people = capacity.shape[0]
    start = np.zeros(people + 1, np.int64)
    for k in range(shortlist.start[-1]):
        start[shortlist.person[k] + 1] += 1
    for p in range(people):
        start[p + 1] = start[p] + min(start[p + 1], capacity[p])
    return start


@compiled
def push(bids: NDArray[np.float64], items: NDArray[np.int32], size: int, bid: float, item: int) -> None:
    """Add a bid to the heap of `size` bids, least first."""
    k = size
    while k > 0:
        parent = (k - 1) >> 1
        if bids[parent] <= bid:
            break
        bids[k], items[k] = bids[parent], items[parent]
        k = parent
    bids[k], items[k] = bid, item


@compiled
def replace(bids: NDArray[np.float64], items: NDArray[np.int32], size: int, bid: float, item: int) -> None:
    """Put a bid in the place of the least one of the heap."""
    k = 0
    while 2 * k + 1 < size:
        child = 2 * k + 1
        if child + 1 < size and bids[child + 1] < bids[child]:
            child += 1
        if bids[child] >= bid:
            break
        bids[k], items[k] = bids[child], items[child]
        k = child
    bids[k], items[k] = bid, item


@compiled
def auction(
    shortlist: Shortlist,
    capacity: NDArray[np.int64],
    price: NDArray[np.float64],
    width: float,
    step: float,
    most_bids: int,
    holder: NDArray[np.int32],
) -> None:
    """Let all items bid for places among their shortlisted people, raising `price`; fill in `holder`.

    An item offers what would make its second best choice as good, and `step` more. It has a choice
    outside its shortlist, `width` below the best that it had when the list was made. The auction ends
    when nobody has anything to gain, or after `most_bids`.
    """
    items, nobody = holder.shape[0], capacity.shape[0]
    start = heaps(shortlist, capacity)
    bids, winners = np.empty(start[-1]), np.empty(start[-1], np.int32)
    taken = np.zeros(nobody, np.int64)
    waiting = np.arange(items).astype(np.int32)
    holder[:] = nobody
    left, count = items, 0
    while left > 0 and count < most_bids:
        count += 1
        left -= 1
        i = int(waiting[left])
        best = second = max(0.0, float(shortlist.best[i]) - width)
        p = -1
        for k in range(shortlist.start[i], shortlist.start[i + 1]):
            q = shortlist.person[k]
            x = shortlist.points[k] - price[q]
            if x > best:
                second, best, p = best, x, q
            elif x > second:
                second = x
        if p < 0:
            continue
        bid = price[p] + (best - second) + step
        a, b = start[p], start[p + 1]
        holder[i] = p
        if taken[p] < b - a:
            push(bids[a:b], winners[a:b], taken[p], bid, i)
            taken[p] += 1
        else:
            waiting[left] = winners[a]
            holder[winners[a]] = nobody
            left += 1
            replace(bids[a:b], winners[a:b], taken[p], bid, i)
        if taken[p] == capacity[p]:
            price[p] = max(price[p], bids[a])


@compiled
def choose(
    shortlist: Shortlist,
    capacity: NDArray[np.int64],
    price: NDArray[np.float64],
    holder: NDArray[np.int32],
    worth: NDArray[np.float64],
    load: NDArray[np.int64],
) -> None:
    """Move every item that has a better choice at these prices; of equals, to whoever has most room left.

    Nobody is person number `people`, at nothing. `worth` and `load` are filled in.
    """
    nobody = capacity.shape[0]
    load[:] = 0
    for i in range(holder.shape[0]):
        load[holder[i]] += 1
    for i in range(holder.shape[0]):
        own = holder[i]
        here, worth[i] = 0.0, 0.0
        best, p, points, room = 0.0, nobody, 0.0, np.int64(1)
        for k in range(shortlist.start[i], shortlist.start[i + 1]):
            q = shortlist.person[k]
            x = shortlist.points[k] - price[q]
            if q == own:
                here, worth[i] = x, shortlist.points[k]
            if x > best or (x == best and capacity[q] - load[q] >= room):
                best, p, points, room = x, q, shortlist.points[k], capacity[q] - load[q] + 1
        if best > here:
            holder[i], worth[i] = p, points
            load[own] -= 1
            load[p] += 1
