"""How a figure is spread over the records of both groups: hours as curves, shares and counts as shares of records."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from .figures import FIGURES
from .lasting import Curve, Z, curve_of
from .measuring import Measured

MOST_COUNTED = 9
"""Counts from here on are one bar."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Bar:
    """A share of records with its 95 % interval at one look."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """A figure in the new group and in the comparison.

    Hours have `curves` over all records. Others have `bars` over those followed to the end: one of who has it for a
    share, for a count one for each number from 0 (the last for MOST_COUNTED and more); none for a group without records.
    """

    figure: str
    curves: tuple[Curve, Curve] | None = None
    bars: tuple[Sequence[Bar], Sequence[Bar]] = ((), ())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (any(each.until for each in self.curves) if self.curves else any(self.bars))


def spread_of(figure: str, facts: Measured, sides: tuple[Flags, Flags]) -> Spread:
    """The spread of a figure in the records of two sides."""
    if figure in facts.lasting:
        hours, has_come = facts.lasting[figure]
        one, other = (curve_of(hours[side], has_come[side]) for side in sides)
        return Spread(figure, (one, other))
    values = facts.values[figure]
    is_share = FIGURES[figure].unit == "share"
    counts = values.astype(np.int64) if is_share else np.minimum(values.astype(np.int64), MOST_COUNTED)
    followed = [counts[side & facts.told_of(figure)] for side in sides]
    most = max((int(each.max()) for each in followed if len(each)), default=0)
    wanted = [1] if is_share else list(range(most + 1))
    one_bars, other_bars = (
        [bar_of(int((each == n).sum()), len(each)) for n in wanted if len(each)] for each in followed
    )
    return Spread(figure, None, (one_bars, other_bars))


def bar_of(hits: int, of: int) -> Bar:
    """A share with E. B. Wilson's interval (1927)."""
    share, more = hits / of, Z * Z / of
    middle = (share + more / 2) / (1 + more)
    half = Z * sqrt(share * (1 - share) / of + more / of / 4) / (1 + more)
    return Bar(share, max(0.0, middle - half), min(1.0, middle + half))
