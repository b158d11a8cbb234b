"""The search for the optimum: rough prices, shortlists, auction, exact balance."""

from dataclasses import dataclass
from math import frexp, gcd

import numpy as np
from numpy.typing import NDArray

from .optimum_auction import auction, choose
from .optimum_balance import BALANCED, balance
from .optimum_rough import rough_prices, sample
from .optimum_seeking import FAR
from .optimum_shapes import COMPLETE, Share, Shortlist
from .optimum_survey import extent, survey

Prices = NDArray[np.float64]
Rounds = tuple[tuple[float, float, int], ...]

BITS = 47
"""Points are rounded to 2**-47 of the greatest; sums and differences of such numbers are exact."""
ROOM_FOR_CHAINS = 4
"""Bits kept free under minimum shares, where prices may add up along chains of people."""
SHUT = 2.0**60
"""The price of a person without capacity."""
SAMPLE = (4, 8, 5)
"""The sample: a fifth of the items, but at least four and at most eight for each person."""
RANK = 6
"""A shortlist reaches about as far as an item's sixth best choice."""
BRIEF = 3.0
"""Shortlists made anew are wider as long as they have at most so many times the entries of the first ones."""
LOW = 0.25
"""A person whose price may move less than this part of the width gets a four times wider list next time."""
BIDDING: Rounds = ((5.0, 0.7, 4), (0.7, 0.1, 2))
"""Rounds of the auction: how far prices fall before it, the step of a bid (both in parts of the usual
distance from one choice to the next), and the most bids per item."""
AGAIN: Rounds = ((0.1, 0.1, 2),)
"""The same for an auction that goes on because prices moved further than the shortlists reach."""
PART = 0.5
"""The part of the open places that one round of balancing looks for."""


class NoBalance(ArithmeticError):
    """The balance was not found: the minimum shares were out of reach, or numbers lost their exactness."""


@dataclass(frozen=True)
class Task:
    """What is to be assigned: points in the caller's unit, and `scale`, which turns them into grid steps."""

    points: NDArray[np.float64]
    eligible: NDArray[np.bool_]
    masked: bool
    most: NDArray[np.int64]
    least: NDArray[np.int64]
    peak: float

    @property
    def scale(self) -> float:
        """Grid steps in one point: a power of two."""
        spare = ROOM_FOR_CHAINS if self.least.any() else 0
        return float(2.0 ** (BITS - spare - frexp(self.peak)[1]))


def holders(
    points: NDArray[np.float64],
    bounds: tuple[float, float],
    most: NDArray[np.int64],
    least: NDArray[np.int64],
    eligible: NDArray[np.bool_] | None,
) -> NDArray[np.int64]:
    """Return who holds each item at the greatest total (−1: nobody); `least` must be within reach.

    `points` are finite, C-ordered and of ordinary size (their greatest above 1e-250, or none above zero), and lie
    within `bounds`.
    """
    items, people = points.shape
    everybody = np.ones((1, people), np.bool_)
    low, high = extent(points, eligible) if eligible is not None else bounds
    peak = max(high, -low) if least.any() else high
    if peak <= 0:
        peak = 1.0
        if not least.any():
            return np.full(items, -1)
    if low < -peak:  # never chosen, however far below zero; so far below, the grid of exact numbers would end
        points = np.maximum(points, -peak)
    mask = everybody if eligible is None else eligible
    task = Task(points, mask, eligible is not None, np.minimum(most, items), least, float(peak))
    share = _balanced(task, *_rough(task))
    return np.where(share.holder == people, -1, share.holder).astype(np.int64)


def _rough(task: Task) -> tuple[Prices, float]:
    """Estimate prices from a sample of the items, and how wide shortlists should be."""
    items, people = task.points.shape
    few, many, part = SAMPLE
    size = min(items, max(few * people, min(many * people, items // part)))
    lots = sample(task.points, task.eligible, task.masked, _spread(items, size), task.most, task.peak)
    steps = np.floor(np.cumsum(task.most) * (size / items) + 0.5).astype(np.int64)
    places = np.maximum(np.diff(steps, prepend=0), 1)
    price, width = rough_prices(lots, places, min(RANK, people))
    unit = task.peak * task.scale
    grid_price = np.rint(price[:people].astype(np.float64) * unit)
    return np.where(task.most > 0, grid_price, SHUT), float(np.rint(max(width, 1e-5) * unit))


def _spread(items: int, size: int) -> NDArray[np.int64]:
    """Choose `size` of the items, evenly spread over all (steps of the golden section)."""
    step = max(1, int(items * 0.6180339887498949))
    while gcd(step, items) != 1:
        step += 1
    return np.arange(size, dtype=np.int64) * step % items


def _shortlists(task: Task, price: Prices, width: Prices) -> Shortlist:
    """List who comes close for each item at these prices."""
    items, people = task.points.shape
    room = items * min(2 * RANK, people) + people
    while True:
        room = min(room, (items + 1) * people)
        shortlist = Shortlist(
            np.empty(items + 1, np.int64), np.empty(room, np.int32), np.empty(room), np.empty(items)
        )
        if survey(task.points, task.eligible, task.masked, task.scale, price, width, shortlist) >= 0:
            return shortlist
        room *= 2


def _leeway(task: Task, price: Prices, listed: Prices, width: Prices) -> Prices:
    """Return how much further each price may fall behind the others before the shortlists are too short."""
    rise = np.where(task.most > 0, price - listed, 0.0)
    leeway: Prices = np.where(task.most > 0, width - (max(0.0, rise.max()) - rise), COMPLETE)
    return leeway


def _opened(task: Task, price: Prices, width: float) -> tuple[Share, Shortlist, Prices, Prices]:
    """Auction until the prices settle, then let each item choose: the start of the exact balance."""
    items, people = task.points.shape
    holder, worth = np.empty(items, np.int32), np.empty(items)
    load = np.zeros(people + 1, np.int64)
    for rounds in (BIDDING, AGAIN, AGAIN, ()):
        widths = np.full(people, width)
        listed, shortlist = price, _shortlists(task, price, widths)
        for fall, step, bids in rounds:
            lower = np.maximum(0.0, price - np.rint(fall * width / RANK))
            price = np.where(task.most > 0, lower, SHUT)
            step = max(1.0, np.rint(step * width / RANK))
            auction(shortlist, task.most, price, width, step, bids * items, holder)
        if _leeway(task, price, listed, widths).min() >= LOW * width:
            break
    choose(shortlist, task.most, price, holder, worth, load)
    between = np.clip(load[:people], task.least, task.most)
    places = np.where(price > 0, task.most, between)
    most, least = np.append(task.most, 0), np.append(task.least, 0)
    share = Share(holder, worth, load, np.append(places, 0), most, least, np.append(price, 0.0))
    return share, shortlist, listed, widths


def _balanced(task: Task, price: Prices, width: float) -> Share:
    """Balance to the end, with new and wider shortlists whenever prices have moved too far for the old."""
    share, shortlist, listed, widths = _opened(task, price, width)
    brief = BRIEF * shortlist.start[-1]
    while True:
        status = balance(shortlist, share, np.append(listed, 0.0), np.append(widths, COMPLETE), PART)
        if status == BALANCED:
            return share
        if status != FAR:
            raise NoBalance
        width *= 2.0 if shortlist.start[-1] <= brief else 1.0
        price = share.price[:-1].copy()
        leeway = _leeway(task, price, listed, widths)
        short = leeway <= LOW * widths
        widths = np.where(short, np.minimum(4.0 * widths, COMPLETE), np.maximum(width, widths / 2))
        listed, shortlist = price, _shortlists(task, price, widths)
