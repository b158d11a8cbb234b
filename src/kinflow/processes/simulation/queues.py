"""Work that waits for somebody of a role: a row of what came in turn, and a heap of what is taken before the last of it.

The heaps are pairing heaps (Fredman et al. 1986). Where work is taken as it came, nothing ever is in one.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import inlined
from .state import BESIDE, CHILD, KEY, QUEUES, RANK, SEQ

Whole: TypeAlias = NDArray[np.int64]
FIRST, LAST, BEFORE, QUEUE = range(4)
"""What `count` holds for each role: the row's ends and the heap's root; and how many of them there are."""


@inlined
def enqueue(live: Whole, count: Whole, role: int, item: int) -> None:
    """Have an item wait for somebody of a role."""
    queue = QUEUES + QUEUE * role
    live[item, CHILD] = live[item, BESIDE] = -1
    last = count[queue + LAST]
    if count[queue + FIRST] < 0:
        count[queue + FIRST] = count[queue + LAST] = item
    elif goes_before(live, item, last):
        count[queue + BEFORE] = meld(live, count[queue + BEFORE], item)
    else:
        live[last, BESIDE] = item
        count[queue + LAST] = item


@inlined
def first_of(live: Whole, count: Whole, role: int) -> int:
    """The item that is taken next of those that wait for a role; -1 where none does."""
    queue = QUEUES + QUEUE * role
    first, before = count[queue + FIRST], count[queue + BEFORE]
    return int(before if before >= 0 and goes_before(live, before, first) else first)


@inlined
def dequeue(live: Whole, count: Whole, role: int, item: int) -> None:
    """Take the item out that is the first; the row is empty only where the heap is."""
    queue = QUEUES + QUEUE * role
    before, after = count[queue + BEFORE], live[item, BESIDE]
    if item == before:
        count[queue + BEFORE] = without_first(live, before)
    elif before >= 0 and after < 0:
        count[queue + FIRST] = count[queue + LAST] = before
        count[queue + BEFORE] = without_first(live, before)
        live[before, BESIDE] = -1
    else:
        count[queue + FIRST] = after


@inlined
def goes_before(live: Whole, one: int, other: int) -> bool:
    """Whether an item of work is taken before another."""
    if live[one, RANK] != live[other, RANK]:
        return bool(live[one, RANK] < live[other, RANK])
    if live[one, KEY] != live[other, KEY]:
        return bool(live[one, KEY] < live[other, KEY])
    return bool(live[one, SEQ] < live[other, SEQ])


@inlined
def meld(live: Whole, one: int, other: int) -> int:
    """One heap of two; -1 is the empty one."""
    if one < 0 or other < 0:
        return max(one, other)
    if goes_before(live, other, one):
        one, other = other, one
    live[other, BESIDE] = live[one, CHILD]
    live[one, CHILD] = other
    return one


@inlined
def without_first(live: Whole, root: int) -> int:
    """The heap without its root: its children melded in pairs, then the pairs."""
    pairs, child = -1, live[root, CHILD]
    while child >= 0:
        mate = live[child, BESIDE]
        rest = live[mate, BESIDE] if mate >= 0 else -1
        live[child, BESIDE] = -1
        if mate >= 0:
            live[mate, BESIDE] = -1
        pair = meld(live, child, mate)
        live[pair, BESIDE] = pairs
        pairs, child = pair, rest
    found = -1
    while pairs >= 0:
        rest = live[pairs, BESIDE]
        live[pairs, BESIDE] = -1
        found = meld(live, found, pairs)
        pairs = rest
    return found
