"""How long records take until they end, where some have not ended yet: the curve of Kaplan and Meier (1958)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Z = 1.959963984540054


@dataclass(frozen=True)
class Curve:
    """The share that has ended by each hour, with its 95 % interval at one look (Greenwood, log-log)."""

    hours: Floats
    share: Floats
    low: Floats
    high: Floats

    @property
    def median(self) -> float | None:
        """After how many hours half have ended; None where that is not known yet."""
        reached = np.flatnonzero(self.share >= 0.5)
        return float(self.hours[reached[0]]) if len(reached) else None


def curve_of(hours: Floats, has_ended: NDArray[np.bool_]) -> Curve:
    """The curve of records followed for so many hours, until their end or until now; it begins at hour 0."""
    times, place = np.unique(hours, return_inverse=True)
    ends = np.bincount(place.ravel(), weights=has_ended, minlength=len(times))
    count = np.bincount(place.ravel(), minlength=len(times))
    at_risk = len(hours) - np.concatenate(([0], np.cumsum(count)[:-1])) if len(times) else np.zeros(0)
    left = np.cumprod(1 - ends / np.maximum(at_risk, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = ends / (at_risk * (at_risk - ends))
        error = np.sqrt(np.cumsum(np.where(np.isfinite(terms), terms, 0.0))) / np.abs(np.log(left))
        low, high = left ** np.exp(Z * error), left ** np.exp(-Z * error)
    inside = (left > 0) & (left < 1)
    low, high = np.where(inside, low, left), np.where(inside, high, left)
    use = ends > 0
    return Curve(
        np.concatenate(([0.0], times[use])),
        np.concatenate(([0.0], 1 - left[use])),
        np.concatenate(([0.0], 1 - high[use])),
        np.concatenate(([0.0], 1 - low[use])),
    )
