"""How times spread: count, sum, mean, median, ninetieth percentile, least and most; all of them exact."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns.compiled import compiled

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
MICROSECONDS = 1e6
LOW = (1 << 32) - 1


@dataclass(frozen=True)
class Spread:
    """Of k groups of times, in seconds; NaN where a group has none.

    Median and p90 are interpolated between the two nearest ranks, as NumPy and pandas do.
    """

    count: Whole
    total: Real
    mean: Real
    median: Real
    p90: Real
    least: Real
    most: Real


def spread_of(spans: Whole, start: Whole) -> Spread:
    """How the spans (microseconds) of each group spread; group k has those from `start[k]` to `start[k + 1]`.

    Reorders the spans within each group.
    """
    count = np.diff(start)
    figures = summarise(spans, start) / MICROSECONDS
    figures[1:, count == 0] = np.nan
    return Spread(count, *figures)


def untimed(count: Whole) -> Spread:
    """The spread of times that nobody took."""
    unknown = np.full(len(count), np.nan)
    return Spread(count, *[unknown] * 6)


def spread_of_all(spans: Whole) -> Spread:
    """How all the spans (microseconds) spread: one group. The spans stay as they are."""
    return spread_of(spans.copy(), np.array([0, len(spans)], np.int64))


@compiled
def select(values: Whole, left: int, right: int, k: int) -> int:
    """Move the value of rank k to its place among values[left] to values[right]; smaller ones to its left.

    Hoare's selection; pivots are the middle of three taken by a fixed sequence of pseudo-random numbers, so that no
    order of values that occurs makes it slow.
    """
    state = 88172645463325252
    while right > left:
        size = right - left + 1
        state = (state * 6364136223846793005 + 1442695040888963407) & 0x3FFFFFFFFFFFFFFF
        a = values[left + (state >> 20) % size]
        b = values[left + (state >> 28) % size]
        c = values[left + (state >> 36) % size]
        pivot = max(min(a, b), min(max(a, b), c))
        i, j = left, right
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if k <= j:
            right = j
        elif k >= i:
            left = i
        else:
            break
    return int(values[k])


@compiled
def percentile(values: Whole, left: int, begin: int, end: int, share: float) -> float:
    """Return a percentile of values[begin:end], of which those before `left` are known to be no greater."""
    rank = (end - begin - 1) * share
    whole = int(rank)
    k = begin + whole
    low = select(values, max(left, begin), end - 1, k)
    part = rank - whole
    if part == 0.0 or k + 1 >= end:
        return float(low)
    high = values[k + 1]
    for i in range(k + 2, end):
        high = min(high, values[i])
    return float(low + (high - low) * part)


@compiled
def summarise(values: Whole, start: Whole) -> Real:
    """Return total, mean, median, p90, least and most (rows) of each group (columns), in microseconds;
    nothing but zeros for an empty group.

    Sums are kept in two halves: ten million times of a year each exceed 64 bits.
    """
    groups = start.shape[0] - 1
    found = np.zeros((6, groups))
    for g in range(groups):
        begin, end = start[g], start[g + 1]
        if begin == end:
            continue
        high = low = np.int64(0)
        least = most = values[begin]
        for i in range(begin, end):
            value = values[i]
            high += value >> 32
            low += value & LOW
            least, most = min(least, value), max(most, value)
        total = high * 4294967296.0 + low
        found[0, g], found[1, g] = total, total / (end - begin)
        found[2, g] = percentile(values, begin, begin, end, 0.5)
        found[3, g] = percentile(values, begin + (end - begin - 1) // 2, begin, end, 0.9)
        found[4, g], found[5, g] = least, most
    return found
