"""Sets of stretches of time: where several of them overlap, what lies outside, and from when to when people are free."""

from collections.abc import Sequence

import numpy as np

from .calendar import Moments, OpenHours

NEVER = OpenHours(np.zeros(0, np.int64), np.zeros(0, np.int64))


def joined(begins: Moments, ends: Moments) -> OpenHours:
    """Any stretches, in any order and overlapping, as ascending ones that do not touch each other."""
    return where([OpenHours(begins, ends)], 1)


def where(parts: Sequence[OpenHours], least: int) -> OpenHours:
    """When at least so many of these hold at once; a part may overlap with itself and counts as often."""
    begins = np.concatenate([part.begins for part in parts] or [NEVER.begins])
    ends = np.concatenate([part.ends for part in parts] or [NEVER.ends])
    lasting = ends > begins
    moments = np.concatenate((begins[lasting], ends[lasting]))
    change = np.repeat(np.array([1, -1]), int(lasting.sum()))
    order = np.lexsort((-change, moments))
    moments, held = moments[order], np.cumsum(change[order]) >= least
    turns = np.flatnonzero(held != np.concatenate(([False], held[:-1])))
    return _apart(moments[turns[::2]], moments[turns[1::2]])


def _apart(begins: Moments, ends: Moments) -> OpenHours:
    keep = ends > begins
    return OpenHours(begins[keep], ends[keep])


def without(whole: OpenHours, taken: OpenHours) -> OpenHours:
    """What of the one set lies outside the other; both are ascending and apart."""
    if not len(whole.begins) or not len(taken.begins):
        return whole
    first, last = whole.begins[:1], whole.ends[-1:]
    begins = np.concatenate((np.minimum(first, taken.begins[:1]), taken.ends))
    ends = np.concatenate((taken.begins, np.maximum(last, taken.ends[-1:])))
    return where([whole, _apart(begins, ends)], 2)


def lasting(spans: OpenHours, least: float) -> OpenHours:
    """Those that last so many hours."""
    keep = spans.ends - spans.begins >= least * 3_600_000_000
    return OpenHours(spans.begins[keep], spans.ends[keep])
