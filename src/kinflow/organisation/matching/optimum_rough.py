"""Rough prices of people, from an auction among a sample of the items."""

import numpy as np
from numpy.typing import NDArray

from .optimum_compiled import compiled

Bids = NDArray[np.float32]
Items = NDArray[np.int32]
BLOCK = 64
UNKNOWN = -1e30
SHRINK = 4.0
"""By how much the step of the bids shrinks from one auction to the next."""


@compiled
def sample(
    points: NDArray[np.float64],
    eligible: NDArray[np.bool_],
    masked: bool,
    rows: NDArray[np.int64],
    capacity: NDArray[np.int64],
    unit: float,
) -> NDArray[np.float32]:
    """Copy the chosen `rows` in units of `unit`, padded to whole blocks; −inf where nothing may be chosen."""
    people = points.shape[1]
    lots = np.full((rows.shape[0], (people + BLOCK - 1) // BLOCK * BLOCK), np.float32(-np.inf))
    for j in range(rows.shape[0]):
        i = rows[j]
        row, mask, lot = points[i], eligible[i if masked else 0], lots[j]
        for p in range(people):
            worth = row[p] / unit
            if masked:
                worth = worth if mask[p] else -np.inf
            lot[p] = worth if capacity[p] > 0 else -np.inf
    return lots


@compiled
def best_two(
    lot: NDArray[np.float32], price: NDArray[np.float32], tops: NDArray[np.float32]
) -> tuple[float, float, int]:
    """Return the best and the second best offer, nobody (0) included, and whose the best is (−1: nobody's).

    `tops` is room for the best of each block of people.
    """
    best, where = np.float32(0.0), -1
    for b in range(tops.shape[0]):
        top = np.float32(-np.inf)
        for k in range(BLOCK):
            top = max(top, lot[b * BLOCK + k] - price[b * BLOCK + k])
        tops[b] = top
        if top > best:
            best, where = top, b
    second, person = np.float32(0.0), -1
    for b in range(tops.shape[0]):
        if b != where:
            second = max(second, tops[b])
    if where >= 0:
        for p in range(where * BLOCK, where * BLOCK + BLOCK):
            x = lot[p] - price[p]
            if x == best and person < 0:
                person = p
            else:
                second = max(second, x)
    return float(best), float(second), person


@compiled
def push(bids: Bids, items: Items, size: int, bid: float, item: int) -> None:
    """Add a bid to the heap of `size` bids (least first)."""
    k = size
    while k > 0:
        parent = (k - 1) >> 1
        if bids[parent] <= bid:
            break
        bids[k], items[k] = bids[parent], items[parent]
        k = parent
    bids[k], items[k] = bid, item


@compiled
def swap_least(bids: Bids, items: Items, size: int, bid: float, item: int) -> int:
    """Put a bid in the place of the least one in the full heap; return the item that goes."""
    out = int(items[0])
    k = 0
    while True:
        child = 2 * k + 1
        if child >= size:
            break
        if child + 1 < size and bids[child + 1] < bids[child]:
            child += 1
        if bids[child] >= bid:
            break
        bids[k], items[k] = bids[child], items[child]
        k = child
    bids[k], items[k] = bid, item
    return out


@compiled
def rough_auction(
    lots: NDArray[np.float32],
    places: NDArray[np.int64],
    price: NDArray[np.float32],
    step: float,
    most_bids: int,
) -> tuple[int, float]:
    """Let items bid for places until each has one or nothing to gain; raise `price` as they bid.

    Returns how many bids it took and the mean gap between an item's best and second best offer.
    """
    items, people = lots.shape[0], places.shape[0]
    start = np.zeros(people + 1, np.int64)
    for p in range(people):
        start[p + 1] = start[p] + places[p]
    bids = np.empty(start[people], np.float32)
    winners = np.empty(start[people], np.int32)
    taken = np.zeros(people, np.int64)
    tops = np.empty(lots.shape[1] // BLOCK, np.float32)
    waiting = np.arange(items).astype(np.int32)
    left = items
    count, gap = 0, 0.0
    while left > 0 and count < most_bids:
        count += 1
        left -= 1
        i = int(waiting[left])
        best, second, p = best_two(lots[i], price, tops)
        gap += best - second
        if p < 0:
            continue
        bid = price[p] + (best - second) + step
        a, b = start[p], start[p + 1]
        if taken[p] < places[p]:
            push(bids[a:b], winners[a:b], taken[p], bid, i)
            taken[p] += 1
        else:
            waiting[left] = swap_least(bids[a:b], winners[a:b], taken[p], bid, i)
            left += 1
        if taken[p] == places[p]:
            price[p] = max(price[p], bids[a])
    return count, gap / max(count, 1)


@compiled
def closeness(lots: NDArray[np.float32], price: NDArray[np.float32], rank: int) -> NDArray[np.float32]:
    """Return how far behind its best each item's offer of this `rank` (1 is the best) is."""
    near = np.empty(rank, np.float32)
    behind = np.empty(lots.shape[0], np.float32)
    for i in range(lots.shape[0]):
        near[:] = -np.inf
        for p in range(lots.shape[1]):
            x = lots[i, p] - price[p]
            k = rank - 1
            if x <= near[k]:
                continue
            while k > 0 and near[k - 1] < x:
                near[k] = near[k - 1]
                k -= 1
            near[k] = x
        behind[i] = near[0] - near[rank - 1] if near[rank - 1] > UNKNOWN else -1.0
    return behind


@compiled
def rough_prices(
    lots: NDArray[np.float32], places: NDArray[np.int64], rank: int
) -> tuple[NDArray[np.float32], float]:
    """Auction with ever smaller steps; return prices, and how far off the `rank`-th best offer usually is."""
    items = lots.shape[0]
    price = np.zeros(lots.shape[1], np.float32)
    step = 1.0 / SHRINK
    while True:
        rough_auction(lots, places, price, step, 4 * items)
        behind = closeness(lots[: min(items, 48)], price, rank)
        known = behind[behind >= 0.0]
        width = np.median(known) if known.shape[0] else 1.0
        if step <= 0.5 * width / rank or step < 1e-5:
            return price, float(width)
        for p in range(price.shape[0]):
            price[p] = max(np.float32(0.0), price[p] - np.float32(step))
        step /= SHRINK
