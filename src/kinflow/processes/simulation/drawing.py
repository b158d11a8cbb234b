"""Random numbers without a state: each is a hash of seed, case, name, visit and purpose.

The same case draws the same for the same step, whatever else changes (common random numbers).
"""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import bare, inlined
from . import world as w

Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]
GOLD, ONCE, TWICE = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
FIRST_SHIFT, SECOND_SHIFT, LAST_SHIFT, MANTISSA = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
TRY = 1 << 40
"""How far apart the turns of draws are that one draw needs more."""


@inlined
def unit(key: int, case: int, name: int, turn: int) -> float:
    """A number between 0 and 1 (SplitMix64's finish, three times)."""
    x = np.uint64(key) + np.uint64(case) * GOLD
    for more in (np.uint64(name), np.uint64(turn) * GOLD, GOLD):
        x ^= more
        x = (x ^ (x >> FIRST_SHIFT)) * ONCE
        x = (x ^ (x >> SECOND_SHIFT)) * TWICE
        x ^= x >> LAST_SHIFT
    return (float(x >> MANTISSA) + 0.5) * 2.0**-53


@inlined
def normal(u: float) -> float:
    """The quantile of the normal distribution (Acklam's rational form, one step of Halley's on top)."""
    if u < 0.02425 or u > 0.97575:
        q = math.sqrt(-2.0 * math.log(min(u, 1.0 - u)))
        x = (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q - 2.549732539343734)
            * q + 4.374664141464968) * q + 2.938163982698783) / ((((7.784695709041462e-03 * q + 3.224671290700398e-01)
            * q + 2.445134137142996) * q + 3.754408661907416) * q + 1.0)  # fmt: skip
        x = x if u < 0.5 else -x
    else:
        q = u - 0.5
        r = q * q
        x = (((((-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02) * r
            + 1.383577518672690e02) * r - 3.066479806614716e01) * r + 2.506628277459239) * q / (((((
            -5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02) * r
            + 6.680131188771972e01) * r - 1.328068155288572e01) * r + 1.0)  # fmt: skip
    e = (0.5 * math.erfc(-x / math.sqrt(2.0)) - u) * math.sqrt(2.0 * math.pi) * math.exp(x * x / 2.0)
    return x - e / (1.0 + x * e / 2.0)


@inlined
def gamma(shape: float, key: int, case: int, name: int, turn: int) -> float:
    """A draw of mean `shape` (Marsaglia and Tsang 2000)."""
    more = shape if shape >= 1.0 else shape + 1.0
    d = more - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    found = 0.0
    for attempt in range(1000):
        z = normal(unit(key, case, name, turn + attempt * TRY))
        v = (1.0 + c * z) ** 3
        if v > 0.0 and math.log(
            unit(key, case, name, turn + 1 + attempt * TRY)
        ) < z * z / 2 + d - d * v + d * math.log(v):
            found = d * v
            break
    if shape < 1.0:
        found *= unit(key, case, name, turn + 2) ** (1.0 / shape)
    return found


@inlined
def draw(
    times: Real, row: int, table: Real, key: int, case: int, name: int, turn: int, kind: int, visit: int
) -> int:
    """How long something lasts, by a row of `times`; what is given hangs on the kind of case and the visit alone."""
    shape, one, two = times[row, w.SHAPE], times[row, w.ONE], times[row, w.TWO]
    if shape == w.FIXED:
        return int(one)
    if shape == w.GIVEN:
        given: float = table[int(times[row, w.FROM] + kind * one) + min(visit, int(one) - 1)]
        return round(given)
    lasts = 0.0
    if shape == w.GAMMA:
        lasts = two * gamma(one, key, case, name, turn)
    else:
        u = unit(key, case, name, turn)
        if shape == w.EXPONENTIAL:
            lasts = -one * math.log(u)
        elif shape == w.UNIFORM:
            lasts = max(0.0, one + two * u)
        elif shape == w.LOGNORMAL:
            lasts = math.exp(one + two * normal(u))
        elif shape == w.WEIBULL:
            lasts = two * (-math.log(u)) ** one
        else:
            place = u * (times[row, w.COUNT] - 1.0)
            at = int(times[row, w.FROM]) + int(place)
            lasts = table[at]
            if int(place) < int(times[row, w.COUNT]) - 1:
                lasts += (place - int(place)) * (table[at + 1] - lasts)
    return round(min(lasts, w.LONGEST_WORK))


@bare
def coming(times: Real, table: Real, key: int, name: int, until: int, found: Whole) -> int:
    """Put moments of arrivals before `until`, `times` between them, into `found`, as many as fit; how many."""
    now = 0
    for count in range(len(found)):
        now += draw(times, 0, table, key, count, name, 0, 0, 0)
        if now >= until:
            return count
        found[count] = now
    return len(found)


@bare
def units(key: int, name: int, found: Real) -> None:
    """Put a number between 0 and 1 for each case into `found`."""
    for case in range(len(found)):
        found[case] = unit(key, case, name, 0)
