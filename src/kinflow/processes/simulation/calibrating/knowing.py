"""What could be known at a moment: the log up to it, and the cases that tell how cases go."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from ...diagnosis.calendar import local
from .working import Work

SETTLED = 0.95
"""Cases count that came so early that so large a share was over by the end: of later ones, only short ones are."""
LEAST = 0.5
"""Where that leaves less than this share of the cases, all are taken as far as they came."""
Cases = NDArray[np.bool_]


def known_by(
    log: EventColumns, zone: str, until: int | None, ended: Cases | None
) -> tuple[EventColumns, Cases]:
    """The events that were over before a local moment (None: all), and which cases had ended by then."""
    over = np.ones(log.cases, bool) if ended is None else ended
    if until is None:
        return log, over
    seen = local(log.at, zone) < until
    counts = np.bincount(log.case[seen], minlength=log.cases)
    columns = ("case", "activity", "at", "begun_at", "resource", "unit")
    cut = replace(
        log,
        offsets=np.concatenate(([0], np.cumsum(counts))).astype(log.offsets.dtype),
        **{name: getattr(log, name)[seen] for name in columns},
    )
    return cut, over & (counts == np.diff(log.offsets))


def begins_and_ends(work: Work) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """When the work on each case was begun and done; 0 for cases without events."""
    columns = work.columns
    filled = np.diff(columns.offsets) > 0
    begins, ends = np.zeros(columns.cases, np.int64), np.zeros(columns.cases, np.int64)
    if filled.any():
        first = columns.offsets[:-1][filled]
        begins[filled] = work.begun[first]
        ends[filled] = np.maximum.reduceat(work.done, first)
    return begins, ends


def telling(work: Work, over: Cases, until: int, fading: float) -> Cases:
    """The cases that are taken to show how cases go: of those whose end could be seen all, or the fewer the older."""
    begins, ends = begins_and_ends(work)
    filled = np.diff(work.columns.offsets) > 0
    spans = (ends - begins)[filled & over]
    longest = float(np.quantile(spans, SETTLED)) if len(spans) else 0.0
    early = filled & (begins < until - longest)
    if early.sum() < LEAST * filled.sum():
        early = filled
    return _faded(early, begins, fading) if fading else early


def _faded(cases: Cases, begins: NDArray[np.int64], fading: float) -> Cases:
    """Of some cases those at which the sum of what all up to them tell, in the order of coming, grows by a whole one."""
    order = np.flatnonzero(cases)
    order = order[np.argsort(begins[order], kind="stable")]
    later = 1 - (np.arange(len(order)) + 0.5) / max(1, len(order))
    told = np.floor(np.cumsum(0.5 ** (later / fading)) + 0.5)
    found = np.zeros(len(cases), bool)
    found[order[np.diff(told, prepend=0.0) > 0]] = True
    return found
