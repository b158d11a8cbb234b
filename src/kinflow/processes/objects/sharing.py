"""What is to be known when a map of one kind of object is read: events that several share, and steps done for others.

After van der Aalst, "Object-centric process mining: dealing with divergence and convergence in event data" (2019).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .log import ObjectLog

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Shared:
    """Of a kind: `objects` with an event, `events` that mention one.

    `converging`: events that mention several of its objects; they count for each of them, so often `times` in all.
    `diverging`: for each other kind (by code) in how many of its objects the same step was done for different objects
    of that kind; what follows such a step need not be about the same one.
    """

    objects: int
    events: int
    times: int
    converging: int
    diverging: dict[int, int]


def shared(log: ObjectLog, kinds: Sequence[int]) -> dict[int, Shared]:
    """What the chosen kinds share, by code. O(mentions · log mentions) for each kind, O(mentions) for each pair."""
    signs = {kind: _signs(log, kind) for kind in kinds}
    return {
        kind: _shared(log, kind, {other: signs[other] for other in kinds if other != kind}) for kind in kinds
    }


def _shared(log: ObjectLog, kind: int, others: dict[int, NDArray[np.uint64]]) -> Shared:
    places = log.mentions_of(kind)
    event, thing = log.event[places], log.object[places]
    in_event = np.bincount(event, minlength=log.events) if len(event) else np.zeros(log.events, np.int64)
    step = thing * max(len(log.activities), 1) + log.activity[event]
    order = np.argsort(step, kind="stable")
    step, event, thing = step[order], event[order], thing[order]
    return Shared(
        objects=len(np.unique(thing)),
        events=int((in_event > 0).sum()),
        times=len(event),
        converging=int((in_event > 1).sum()),
        diverging={other: _diverging(step, thing, sign[event]) for other, sign in others.items()},
    )


def _signs(log: ObjectLog, kind: int) -> NDArray[np.uint64]:
    """For each event a number that stands for the objects of the kind that it mentions; 0 where it mentions none."""
    found = np.zeros(log.events, np.uint64)
    places = log.mentions_of(kind)
    if len(places):
        event = log.event[places]
        mixed = (log.object[places].astype(np.uint64) + np.uint64(1)) * _SPREAD
        mixed ^= mixed >> np.uint64(31)
        first = np.flatnonzero(np.diff(event, prepend=-1))  # mentions are ascending by event
        found[event[first]] = np.add.reduceat(mixed * _SPREAD, first)
    return found


def _diverging(step: NDArray[np.int64], thing: NDArray[np.int64], sign: NDArray[np.uint64]) -> int:
    """How many objects did a step for different objects of another kind; all are ordered by step."""
    there = sign != 0
    step, thing, sign = step[there], thing[there], sign[there]
    if not len(step):
        return 0
    first = np.flatnonzero(np.diff(step, prepend=-1))
    differs = np.minimum.reduceat(sign, first) != np.maximum.reduceat(sign, first)
    return len(np.unique(thing[first[differs]]))
