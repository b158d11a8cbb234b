"""How long records take until something comes, where it has not come to all: the curve of Kaplan and Meier (1958)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Z = 1.959963984540054


@dataclass(frozen=True)
class Curve:
    """The share to which it has come by each hour, with its 95 % interval at one look (Greenwood, log-log).

    It is known up to the hour `until`, as far as any of the `records` was followed.
    """

    hours: Floats
    share: Floats
    low: Floats
    high: Floats
    until: float
    records: int

    @property
    def median(self) -> float | None:
        """After how many hours it has come to half; None where that is not known yet."""
        reached = np.flatnonzero(self.share >= 0.5)
        return float(self.hours[reached[0]]) if len(reached) else None

    def at(self, hour: float) -> tuple[float, float, float] | None:
        """The share by this hour with its interval; None where nobody was followed for so long."""
        if hour > self.until or not self.records:
            return None
        place = int(np.searchsorted(self.hours, hour, side="right")) - 1
        return float(self.share[place]), float(self.low[place]), float(self.high[place])


def curve_of(hours: Floats, has_come: NDArray[np.bool_]) -> Curve:
    """The curve of records followed for so many hours, until it came or until now; it begins at hour 0."""
    times, place = np.unique(hours, return_inverse=True)
    ends = np.bincount(place.ravel(), weights=has_come, minlength=len(times))
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
        float(hours.max()) if len(hours) else 0.0,
        len(hours),
    )
