"""Half-open intervals [start, end) of anything that has an order and differences, such as moments."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Range = tuple[datetime, datetime]


def union(ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order, those that touch or overlap put together; empty ones dropped."""
    joined: list[Range] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def intersection(these: Iterable[Range], those: Iterable[Range]) -> list[Range]:
    """What lies in both."""
    left, right = union(these), union(those)
    found: list[Range] = []
    a = b = 0
    while a < len(left) and b < len(right):
        start, end = max(left[a][0], right[b][0]), min(left[a][1], right[b][1])
        if start < end:
            found.append((start, end))
        if left[a][1] <= right[b][1]:
            a += 1
        else:
            b += 1
    return found


def difference(these: Iterable[Range], those: Iterable[Range]) -> list[Range]:
    """What lies in these and not in those."""
    taken, rest = union(those), []
    for start, end in union(these):
        begin = start
        for out_start, out_end in taken:
            if out_end <= begin or out_start >= end:
                continue
            rest.append((begin, out_start))
            begin = out_end
        rest.append((begin, end))
    return union(rest)


def total(ranges: Iterable[Range]) -> timedelta:
    """How long the ranges are together, what overlaps counted once."""
    return sum((end - start for start, end in union(ranges)), timedelta())


def holds(ranges: Sequence[Range], moment: datetime) -> bool:
    """Whether one of the ranges, as `union` gives them, holds the moment."""
    at = bisect_right(ranges, moment, key=lambda r: r[0])
    return at > 0 and moment < ranges[at - 1][1]
