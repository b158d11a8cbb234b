"""Which points nothing beats, and how sure that is.

A point is beaten by another that is no worse in time, cost and quality and better in one. Time and quality are means over
plays; plays of two points that share their number share their chances, so differences are taken play by play, and
told with Student's bounds of 95 % on each side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from ..replications import CONFIDENCE
from .space import Choice

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Point:
    """A choice that was played: `cost` is certain, `plays` has a row (time, quality) for each play, less is better.

    `target` is how many plays it is to have. Nothing is played of what cannot be: `is_possible` is false then.
    """

    choice: Choice
    cost: float = 0.0
    plays: tuple[tuple[float, float], ...] = ()
    target: int = 0
    is_possible: bool = True

    @cached_property
    def values(self) -> Floats:
        """The plays; what never ended lasted for ever."""
        found = np.array(self.plays, float).reshape(len(self.plays), 2)
        return np.where(np.isnan(found), np.inf, found)

    @cached_property
    def mean(self) -> tuple[float, float, float]:
        """Time, cost and quality on average."""
        if not self.plays:
            return np.inf, self.cost, np.inf
        time, quality = self.values.mean(axis=0)
        return float(time), self.cost, float(quality)


def beats(one: Point, other: Point) -> bool:
    """Whether one beats the other, by their means."""
    return one.mean != other.mean and all(a <= b for a, b in zip(one.mean, other.mean, strict=True))


def surely_beats(one: Point, other: Point) -> bool:
    """Whether one beats the other beyond chance."""
    if one.cost > other.cost:
        return False
    lows, highs = differences(one, other)
    return bool((highs <= 0).all() and (one.cost < other.cost or (highs < 0).any() or (lows < 0).any()))


def surely_not(one: Point, other: Point) -> bool:
    """Whether one does not beat the other, beyond chance: it is worse in something, or the same in all."""
    if one.cost > other.cost:
        return True
    lows, highs = differences(one, other)
    return bool((lows > 0).any() or (one.cost == other.cost and not lows.any() and not highs.any()))


def differences(one: Point, other: Point) -> tuple[Floats, Floats]:
    """Bounds of how much more time and quality one takes than the other; where too little is known, everything."""
    count = min(len(one.plays), len(other.plays))
    if count < 2:
        return np.full(2, -np.inf), np.full(2, np.inf)
    mine, theirs = one.values[:count], other.values[:count]
    if not (np.isfinite(mine).all() and np.isfinite(theirs).all()):
        sign = np.where(
            np.isfinite(mine).all(axis=0), -np.inf, np.where(np.isfinite(theirs).all(axis=0), np.inf, 0)
        )
        return sign, sign
    off = mine - theirs
    half = stdtrit(count - 1, (1 + CONFIDENCE) / 2) * off.std(axis=0, ddof=1) / count**0.5
    return off.mean(axis=0) - half, off.mean(axis=0) + half


def front(points: Sequence[Point]) -> list[Point]:
    """The points that no other beats by the means, cheapest first; of points alike the one that changes least."""
    known = [each for each in points if each.is_possible and each.plays and np.isfinite(each.mean[0])]
    found = {
        each.mean: each
        for each in sorted(known, key=_changes, reverse=True)
        if not any(beats(other, each) for other in known)
    }
    return sorted(found.values(), key=lambda each: (each.mean[1], each.mean[0]))


def _changes(point: Point) -> tuple[int, Choice]:
    return sum(1 for each in point.choice if each), point.choice


def survivors(points: Sequence[Point]) -> list[Point]:
    """The points that no other surely beats."""
    known = [each for each in points if each.is_possible and each.plays]
    leading = front(known)
    return [
        each for each in known if not any(surely_beats(other, each) for other in leading if other is not each)
    ]


def rivals(point: Point, points: Sequence[Point]) -> list[Point]:
    """The points of which chance leaves open whether they beat this one."""
    return [each for each in points if each is not point and each.is_possible and not surely_not(each, point)]
