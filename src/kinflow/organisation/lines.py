"""Lines of the chart as arrays: layers, spans of control, and how many lines lie between two people."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
NOBODY = -1
MOST_LAYERS = 50


@dataclass(frozen=True)
class Lines:
    """Who reports to whom: `above[k]` is the place of k's lead among the same people, -1 for who reports to nobody."""

    above: Places

    @cached_property
    def chains(self) -> Places:
        """Everybody with all those above them, nearest first, (n, d), -1 behind the top; a circle ends where it began."""
        own = np.arange(len(self.above), dtype=np.int64)
        rows, here = [own], own
        for _layer in range(MOST_LAYERS):
            here = np.where(here >= 0, self.above[here], NOBODY)
            here = np.where(here == own, NOBODY, here)
            if not (here >= 0).any():
                break
            rows.append(here)
        return np.stack(rows, axis=1)

    @cached_property
    def layers(self) -> Places:
        """On which layer each stands, 1 at the top."""
        return np.asarray((self.chains >= 0).sum(axis=1), np.int64)

    @cached_property
    def spans(self) -> Places:
        """How many report to each directly."""
        return np.bincount(self.above[self.above >= 0], minlength=len(self.above)).astype(np.int64)

    def between(self, one: Places, other: Places) -> tuple[Places, Places]:
        """Lines up from one to the nearest lead both have (or one of them is), and from there down to the other.

        Both arrays hold places of people; -1 and -1 where nobody stands above both, or either is unknown (-1).
        """
        up = np.full(len(one), NOBODY, np.int64)
        down = up.copy()
        known = np.flatnonzero((one >= 0) & (other >= 0))
        if not len(known):
            return up, down
        people = len(self.above)
        pairs, place = np.unique(one[known] * people + other[known], return_inverse=True)
        ups, downs = self._nearest(self.chains[pairs // people], self.chains[pairs % people])
        up[known], down[known] = ups[place.ravel()], downs[place.ravel()]
        return up, down

    def _nearest(self, ones: Places, others: Places) -> tuple[Places, Places]:
        """Where the chains of each row meet first."""
        up = np.full(len(ones), NOBODY, np.int64)
        down = up.copy()
        for height in range(ones.shape[1] - 1, -1, -1):
            for depth in range(others.shape[1] - 1, -1, -1):
                meets = (ones[:, height] >= 0) & (ones[:, height] == others[:, depth])
                up[meets], down[meets] = height, depth
        return up, down


def least_layers(people: int, span: int) -> int:
    """How many layers so many people need at least if everybody who leads leads so many."""
    layers, room = 1, 1
    while room < people and span > 1:
        room += span**layers
        layers += 1
    return layers
