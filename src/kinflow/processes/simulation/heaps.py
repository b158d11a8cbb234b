"""What happens next, in a heap of four below each; waiting work, in pairing heaps (Fredman et al. 1986)."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import inlined
from .state import BESIDE, CHILD, HEAP, KEY, NOW, RANK, SEQ, SEQUENCE

Whole: TypeAlias = NDArray[np.int64]


@inlined
def push(heap: Whole, count: Whole, at: int, what: int, of: int) -> None:
    """Note that something happens at a moment; those of one moment happen in the order of noting."""
    place = count[HEAP]
    count[HEAP] += 1
    count[SEQUENCE] += 1
    while place > 0:
        above = (place - 1) >> 2
        if heap[above, 0] <= at:
            break
        heap[place, 0], heap[place, 1], heap[place, 2] = heap[above, 0], heap[above, 1], heap[above, 2]
        place = above
    heap[place, 0], heap[place, 1], heap[place, 2] = at, count[SEQUENCE], of * 4 + what


@inlined
def pull(heap: Whole, count: Whole) -> int:
    """Take the next that happens: what, and of which.

    The gap sinks to a leaf by the sooner ones below, and the last rises from there, hardly ever far (Wegener 1993): so no
    step down hangs on a comparison that is as often true as not.
    """
    what = heap[0, 2]
    count[NOW] = heap[0, 0]
    count[HEAP] -= 1
    size = count[HEAP]
    place, below = 0, 1
    while below + 3 < size:
        first, second = heap[below, 0], heap[below + 1, 0]
        third, fourth = heap[below + 2, 0], heap[below + 3, 0]
        left, least = min(first, second), below + (second < first)
        right, other = min(third, fourth), below + 2 + (fourth < third)
        if (first == second) | (third == fourth) | (left == right):
            least = sooner(heap, sooner(heap, below, below + 1), sooner(heap, below + 2, below + 3))
        elif right < left:
            least = other
        heap[place, 0], heap[place, 1], heap[place, 2] = heap[least, 0], heap[least, 1], heap[least, 2]
        place, below = least, 4 * least + 1
    if below < size:
        least = below
        for other in range(below + 1, size):
            least = sooner(heap, least, other)
        heap[place, 0], heap[place, 1], heap[place, 2] = heap[least, 0], heap[least, 1], heap[least, 2]
        place = least
    at, order = heap[size, 0], heap[size, 1]
    while place > 0:
        above = (place - 1) >> 2
        if sooner(heap, above, size) == above:
            break
        heap[place, 0], heap[place, 1], heap[place, 2] = heap[above, 0], heap[above, 1], heap[above, 2]
        place = above
    heap[place, 0], heap[place, 1], heap[place, 2] = at, order, heap[size, 2]
    return int(what)


@inlined
def sooner(heap: Whole, one: int, other: int) -> int:
    """Which of two happens first."""
    is_tied = heap[one, 0] == heap[other, 0]
    is_later = (heap[other, 0] < heap[one, 0]) | (is_tied & (heap[other, 1] < heap[one, 1]))
    return other if is_later else one


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
