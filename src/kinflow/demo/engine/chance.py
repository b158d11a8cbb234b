"""Chance that comes from one seed: the same seed, the same world."""

import math
import random
from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Values with weights, to pick from quickly."""

    def __init__(self, pairs: Iterable[tuple[T, float]]) -> None:
        pairs = list(pairs)
        self.values = [value for value, _weight in pairs]
        self._sums = list(accumulate(weight for _value, weight in pairs))

    def pick(self, chance: random.Random) -> T:
        """One value, the heavier the likelier."""
        return self.values[bisect(self._sums, chance.random() * self._sums[-1], 0, len(self.values) - 1)]


class Chance(random.Random):
    """A stream of random numbers with the draws that stories need."""

    def hit(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self.random() < probability

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, all equally likely."""
        return values[int(self.random() * len(values))]

    def spread(self, median: float, sigma: float = 0.5) -> float:
        """A positive amount with the median, log-normally spread by sigma."""
        return median * math.exp(self.gauss(0.0, sigma))


class Streams:
    """Independent streams by name, so that a change in one story does not shift the chance of all others."""

    def __init__(self, seed: int | str) -> None:
        self.seed = seed

    def of(self, name: str) -> Chance:
        """The stream of this name; asked again, it starts again."""
        return Chance(f"{self.seed}/{name}")
