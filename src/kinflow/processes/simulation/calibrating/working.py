"""The work behind events: when each was wanted, begun and done; and what is estimated where only its end is known."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from ...diagnosis.calendar import HOUR, local

Moments = NDArray[np.int64]
SESSION = HOUR
"""Two ends of work by one person no farther apart than this: the second was being worked on in between."""
BOTH_KNOWN = 0.02
"""A step has begins where at least this share of its events lasts."""
CHAIN = HOUR // 12
"""Who ends one thing and begins the next within this time was busy with the first until then."""


@dataclass(frozen=True)
class Work:
    """What happened, event by event as in the columns, in local microseconds.

    - `ready`: when the case came to the step (its first event: when it began); `begun`, `done`: the work;
    - `sample`: which events say how long the step's work takes;
    - `how`: of each activity how its work times are known: measured, estimated, instant, or unknown;
    - `is_first`: first events of cases.
    """

    columns: EventColumns
    ready: Moments
    begun: Moments
    done: Moments
    sample: NDArray[np.bool_]
    how: tuple[str, ...]
    is_first: NDArray[np.bool_]

    @property
    def is_single(self) -> bool:
        """Whether the log knows one moment of each event only."""
        return "measured" not in self.how


def in_order_of_begin(columns: EventColumns) -> EventColumns:
    """The same log with the events of each case by when they were begun: what is begun later was decided later."""
    order = np.lexsort((columns.at, columns.begun_at, columns.case))
    if (order == np.arange(len(order))).all():
        return columns
    names = ("activity", "at", "begun_at", "resource", "unit")
    return replace(columns, **{name: getattr(columns, name)[order] for name in names})


def work_of(log: EventColumns, zone: str) -> Work:
    """The work in a log, as clocks of the zone show it."""
    columns = in_order_of_begin(log)
    begun, done = local(columns.begun_at, zone), local(columns.at, zone)
    begun = np.minimum(begun, done)
    is_first = np.zeros(columns.events, bool)
    is_first[columns.offsets[:-1][np.diff(columns.offsets) > 0]] = True
    how = _how(columns, done > begun)
    sample = np.array([each in ("measured", "instant") for each in how] or [True])[columns.activity]
    if "estimated" in how:
        begun, sample = _estimated(columns, done, is_first)
    ready = _ready(columns, begun, done, is_first)
    return Work(columns, ready, begun, done, sample, how, is_first)


def _how(columns: EventColumns, lasts: NDArray[np.bool_]) -> tuple[str, ...]:
    """How the work times of each activity are known."""
    wide = len(columns.activities)
    counts = np.bincount(columns.activity, minlength=wide)
    lasting = np.bincount(columns.activity[lasts], minlength=wide) / np.maximum(counts, 1)
    people = np.bincount(columns.activity[columns.resource >= 0], minlength=wide)
    if (lasting >= BOTH_KNOWN).any():
        return tuple("measured" if each >= BOTH_KNOWN else "instant" for each in lasting)
    return tuple("estimated" if each else "unknown" for each in people)


def _ready(columns: EventColumns, begun: Moments, done: Moments, is_first: NDArray[np.bool_]) -> Moments:
    """When each event's case came to it: the end of the last before it, not after its own begin."""
    before = np.concatenate((begun[:1], done[:-1]))
    found: Moments = np.where(is_first, begun, np.minimum(before, begun))
    return found


def _estimated(
    columns: EventColumns, done: Moments, is_first: NDArray[np.bool_]
) -> tuple[Moments, NDArray[np.bool_]]:
    """When work was begun whose end alone is known, and which of these estimates are samples.

    Who ended something else less than an hour before began this then, or when the case came, whichever is later:
    an upper bound. Where somebody had a longer pause, the step's median is taken, as far as the case allows it.
    """
    order = np.lexsort((done, columns.resource))
    before = np.full(columns.events, np.iinfo(np.int64).min // 2)
    same = columns.resource[order[1:]] == columns.resource[order[:-1]]
    before[order[1:][same]] = done[order[:-1][same]]
    came = np.where(is_first, before, np.concatenate((done[:1], done[:-1])))
    took = done - np.maximum(before, came)
    sample = (columns.resource >= 0) & (done - before <= SESSION) & (took >= 0)
    usual = np.zeros(max(1, len(columns.activities)), np.int64)
    overall = int(np.median(took[sample])) if sample.any() else 0
    for code in range(len(columns.activities)):
        own = took[sample & (columns.activity == code)]
        usual[code] = int(np.median(own)) if len(own) >= 5 else overall
    takes = np.where(sample, took, np.where(columns.resource >= 0, usual[columns.activity], 0))
    begun = done - takes
    return np.where(is_first, begun, np.maximum(begun, np.minimum(came, done))), sample


def without_people(work: Work) -> Work:
    """The same log with time as it passed: nothing is estimated, a step lasts until the next begins, if that is sooner.

    So the times of steps and of the delays between them add up to how long each case took, also where steps overlap.
    """
    columns = work.columns
    last = np.zeros(columns.events, bool)
    last[columns.offsets[1:][np.diff(columns.offsets) > 0] - 1] = True
    if work.is_single:
        before = np.concatenate((work.done[:1], work.done[:-1]))
        ready = np.where(work.is_first, work.done, before)
        how = tuple("unknown" for _each in work.how)
        return replace(work, begun=work.done, ready=ready, how=how, sample=np.ones(columns.events, bool))
    following = np.append(work.begun[1:], 0)
    done = np.where(last, work.done, np.minimum(work.done, np.maximum(following, work.begun)))
    ready = _ready(columns, work.begun, done, work.is_first)
    return replace(work, done=done, ready=ready)


def busy_since(work: Work) -> Moments:
    """Of each event, since when its person was busy without a pause up to its begin; its begin where they were not."""
    resource = work.columns.resource
    order = np.lexsort((work.begun, resource))
    own, begun, done = resource[order], work.begun[order], work.done[order]
    found = begun.copy()
    latest, since = np.int64(0), np.int64(0)
    for k in range(len(order)):
        if own[k] < 0:
            continue
        if k and own[k] == own[k - 1] and begun[k] - latest <= CHAIN:
            found[k] = min(since, begun[k])
            latest = max(latest, done[k])
        else:
            latest, since = done[k], begun[k]
    back = np.empty_like(found)
    back[order] = found
    return back
