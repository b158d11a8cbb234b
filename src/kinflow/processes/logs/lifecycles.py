"""The life cycle of steps: starts joined to their completions, so that a step lasts from its start to its end.

Within a case, a completion ends the earliest open start of the same activity and instance (first in, first out). A
start that nothing ends is a step at the moment of its start. What only prepares or interrupts a step (scheduled,
assigned, suspended …) is left out where the log knows of completions.
"""

from collections import Counter
from dataclasses import replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .growing import Events

COMPLETE, START, ASIDE, OTHER = 0, 1, 2, 3
JOINED, EACH = "joined", "each"
WORDS = {
    "complete": COMPLETE,
    "completed": COMPLETE,
    "end": COMPLETE,
    "finish": COMPLETE,
    "finished": COMPLETE,
    "完成": COMPLETE,
    "结束": COMPLETE,
    "start": START,
    "started": START,
    "begin": START,
    "开始": START,
    **dict.fromkeys(("schedule", "assign", "reassign", "suspend", "resume"), ASIDE),
}


def transition_of(word: str) -> int:
    """The kind of a transition as files name it."""
    return WORDS.get(word.strip().lower(), OTHER)


def joined(
    events: Events, transition: NDArray[np.int8], instance: NDArray[np.int32], counts: Counter[str]
) -> Events:
    """The events with each start joined to the completion that ends it; the order of the file is kept."""
    aside = transition == ASIDE
    if aside.any() and (transition == COMPLETE).any():
        counts["not_steps"] += int(aside.sum())
        events, transition, instance = events.some(~aside), transition[~aside], instance[~aside]
    if not (transition == START).any():
        return events
    order = np.lexsort((events.at, instance, events.activity, events.case))
    group = _groups(events, instance, order)
    start_of = np.full(len(order), -1, np.int64)
    _match(order, group, transition, start_of)
    ends = np.flatnonzero(start_of >= 0)
    starts = start_of[ends]
    begun_at, resource, unit = events.begun_at.copy(), events.resource.copy(), events.unit.copy()
    begun_at[ends] = events.at[starts]
    for mine, codes in ((resource, events.resource), (unit, events.unit)):
        mine[ends] = np.where(codes[ends] < 0, codes[starts], codes[ends])
    counts["joined"] += len(ends)
    kept = np.ones(len(order), np.bool_)
    kept[starts] = False
    return replace(events, begun_at=begun_at, resource=resource, unit=unit).some(kept)


def _groups(events: Events, instance: NDArray[np.int32], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """For the events in this order, a number that changes where case, activity or instance do."""
    changes = np.zeros(len(order), np.bool_)
    for codes in (events.case, events.activity, instance):
        sorted_codes = codes[order]
        changes[1:] |= sorted_codes[1:] != sorted_codes[:-1]
    return np.cumsum(changes)


@njit(cache=True)
def _match(
    order: NDArray[np.int64],
    group: NDArray[np.int64],
    transition: NDArray[np.int8],
    start_of: NDArray[np.int64],
) -> None:
    """Note for each completion the start that it ends."""
    waiting = np.empty(len(order), np.int64)
    first, after, now = 0, 0, -1
    for position in range(len(order)):
        if group[position] != now:
            first, after, now = 0, 0, group[position]
        event = order[position]
        if transition[event] == 1:
            waiting[after] = event
            after += 1
        elif transition[event] == 0 and first < after:
            start_of[event] = waiting[first]
            first += 1
