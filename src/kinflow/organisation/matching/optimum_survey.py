"""One pass over all pairs of item and person: who is best at given prices, and who comes close."""

import numpy as np
from numpy.typing import NDArray

from .optimum_compiled import compiled
from .optimum_shapes import Shortlist

BLOCK = 16
GRID = 6755399441055744.0
"""1.5 · 2**52: adding and taking it away again rounds a number to whole grid steps."""


@compiled
def extent(points: NDArray[np.float64], eligible: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the least and the greatest point of an eligible pair; zero counts as one of them."""
    least, greatest = 0.0, 0.0
    for i in range(points.shape[0]):
        row, mask = points[i], eligible[i]
        low, high = 0.0, 0.0
        for p in range(row.shape[0]):
            x = row[p] * np.float64(mask[p])
            low = min(low, x)
            high = max(high, x)
        least = min(least, low)
        greatest = max(greatest, high)
    return least, greatest


@compiled
def offers(
    row: NDArray[np.float64],
    mask: NDArray[np.bool_],
    masked: bool,
    scale: float,
    price: NDArray[np.float64],
    offer: NDArray[np.float64],
    tops: NDArray[np.float64],
) -> float:
    """Fill `offer` with points less price and `tops` with the best of each block; return the best."""
    people = row.shape[0]
    best = -np.inf
    for b in range(tops.shape[0]):
        first = b * BLOCK
        top = -np.inf
        if first + BLOCK <= people:
            for k in range(BLOCK):
                p = first + k
                x = (row[p] * scale + GRID) - GRID - price[p]
                if masked:
                    x = x if mask[p] else -np.inf
                offer[p] = x
                top = max(top, x)
        else:
            for p in range(first, people):
                x = (row[p] * scale + GRID) - GRID - price[p]
                if masked:
                    x = x if mask[p] else -np.inf
                offer[p] = x
                top = max(top, x)
        tops[b] = top
        best = max(best, top)
    return best


@compiled
def survey(
    points: NDArray[np.float64],
    eligible: NDArray[np.bool_],
    masked: bool,
    scale: float,
    price: NDArray[np.float64],
    width: NDArray[np.float64],
    shortlist: Shortlist,
) -> int:
    """List for each item everybody whose points less price are within their `width` of the best choice.

    The best choice is a person or, at nothing, nobody. Returns the number of entries, or −1 when the
    list is too short to hold them.
    """
    items, people = points.shape
    offer = np.empty(people)
    tops = np.empty((people + BLOCK - 1) // BLOCK)
    reach = np.zeros(tops.shape[0])
    for p in range(people):
        reach[p // BLOCK] = max(reach[p // BLOCK], width[p])
    used = 0
    for i in range(items):
        shortlist.start[i] = used
        if used + people > shortlist.person.shape[0]:
            return -1
        best = offers(points[i], eligible[i if masked else 0], masked, scale, price, offer, tops)
        best = max(best, 0.0)
        shortlist.best[i] = best
        for b in range(tops.shape[0]):
            if tops[b] + reach[b] >= best:
                for p in range(b * BLOCK, min(people, b * BLOCK + BLOCK)):
                    shortlist.person[used] = p
                    shortlist.points[used] = offer[p] + price[p]
                    used += 1 if offer[p] + width[p] >= best else 0
    shortlist.start[items] = used
    return used
