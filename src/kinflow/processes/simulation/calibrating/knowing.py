"""What could be known at a moment: the log up to it, and the cases that tell how cases go."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from ...diagnosis.calendar import local
from .working import Work

SETTLED = 0.95
"""In a whole log cases count that came so early that so large a share was over by its end."""
LEAST = 0.5
"""Where that leaves less than this share of the cases, or fewer have ended, all are taken as far as they came."""
TRUNCATED = 0.95
"""So large a share of the cases keeps the multiple by which it stands for others; the rest has the greatest of these."""
Cases = NDArray[np.bool_]
Whole = NDArray[np.int64]
Weights = NDArray[np.float64]
OF_EVENTS = ("activity", "at", "begun_at", "resource", "unit")


def known_by(
    log: EventColumns, zone: str, until: int | None, ended: Cases | None
) -> tuple[EventColumns, Cases]:
    """The events that were over before a local moment (None: all), and which cases had ended by then."""
    over = np.ones(log.cases, bool) if ended is None else ended
    if until is None:
        return log, over
    seen = local(log.at, zone) < until
    counts = np.bincount(log.case[seen], minlength=log.cases)
    cut = replace(
        log,
        offsets=np.concatenate(([0], np.cumsum(counts))).astype(log.offsets.dtype),
        **{name: getattr(log, name)[seen] for name in ("case", *OF_EVENTS)},
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


def telling(work: Work, over: Cases, until: int, fading: float, *, is_cut: bool = True) -> Whole:
    """How often each case is taken to show how cases go: as many of each duration as there would be were none still open.

    Of cases still open only that they last longer is known, so that the long ones among the late cases are missing: those
    that ended stand for them by the estimator of Kaplan and Meier (1958), in which a case has a weight that grows by what
    was cut off before it ended (Satten and Datta 2001). `fading` lets it lean on late cases, as far as they go: how many
    end within an hour is told by the latest, how they go on after a month by older ones. Together they are as many as
    cases of equal weight would tell as surely (Kish 1965).

    Where nothing is cut (`is_cut`), a log tells of no case whether it is open, and of the late ones those may be missing
    that are: then only those count that came so early that most such cases were over by the end.
    """
    begins, ends = begins_and_ends(work)
    filled = np.diff(work.columns.offsets) > 0
    if not is_cut:
        spans = (ends - begins)[filled & over]
        longest = float(np.quantile(spans, SETTLED)) if len(spans) else 0.0
        early = filled & (begins < until - longest)
        filled = early if early.sum() >= LEAST * filled.sum() else filled
    order = np.flatnonzero(filled)
    order = order[np.argsort(begins[order], kind="stable")]
    weights, ended = _lately(len(order), fading), over[order]
    if is_cut and ended.sum() >= LEAST * len(order):
        lasted = np.where(ended, ends[order], until) - begins[order]
        weights = _standing_for(lasted, ended, weights)
    found = np.zeros(len(filled), np.int64)
    found[order] = _often(weights)
    return found


def _lately(count: int, fading: float) -> Weights:
    """How much each of some cases tells, in the order of coming: half as much as one that came such a share later."""
    later = 1 - (np.arange(count) + 0.5) / max(1, count)
    return np.asarray(0.5 ** (later / fading), np.float64) if fading else np.ones(count)


def _standing_for(lasted: NDArray[np.int64], ended: Cases, weights: Weights) -> Weights:
    """How much each case that ended tells for itself and for what was cut off of like weights; 0 for the others.

    The greatest multiples are cut to those below `TRUNCATED` (after Cole and Hernán 2008): a few cases shall not tell
    everything.
    """
    order = np.lexsort((~ended, lasted))
    risk = np.cumsum(weights[order][::-1])[::-1]
    leaving = np.where(ended[order], weights[order] / risk, 0.0)
    lasting = np.append(1.0, np.cumprod(1 - leaving)[:-1])
    times = np.zeros(len(order))
    times[order] = np.where(ended[order], lasting / risk, 0.0)
    return weights * np.minimum(times, np.quantile(times[ended], TRUNCATED) if ended.any() else 0.0)


def _often(weights: Weights) -> Whole:
    """Weights as whole numbers, together as many as their effective size: a case is told when their sum grows by one."""
    whole, squares = float(weights.sum()), float((weights**2).sum())
    many = np.cumsum(weights) * (whole / squares if squares else 0.0)
    reached = np.floor(many + 0.5).astype(np.int64)
    return np.asarray(reached - np.append(0, reached[:-1]), np.int64)


def told_again(work: Work, often: Whole) -> tuple[Work, NDArray[np.int64]]:
    """The log of cases so often each, and which event of the log each of its events is."""
    columns = work.columns
    cases = np.repeat(np.arange(columns.cases), often)
    lengths = np.diff(columns.offsets)[cases]
    offsets = np.append(0, np.cumsum(lengths))
    events = np.arange(offsets[-1]) + np.repeat(columns.offsets[cases] - offsets[:-1], lengths)
    told = replace(
        columns,
        case=np.repeat(np.arange(len(cases), dtype=columns.case.dtype), lengths),
        offsets=offsets.astype(columns.offsets.dtype),
        case_ids=[columns.case_ids[case] for case in cases.tolist()],
        attributes={
            name: replace(each, codes=each.codes[cases]) for name, each in columns.attributes.items()
        },
        amounts={name: each[cases] for name, each in columns.amounts.items()},
        **{name: getattr(columns, name)[events] for name in OF_EVENTS},
    )
    parts = {name: getattr(work, name)[events] for name in ("ready", "begun", "done", "sample", "is_first")}
    return replace(work, columns=told, **parts), events
