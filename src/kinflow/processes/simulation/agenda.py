"""What happens next: while it is little, a row that is looked through; where it is much, a heap of four below each.

No branch hangs on a comparison while a row is looked through, and several moments are compared at once: up to some dozens
that is faster than any heap.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import inlined
from .state import AGENDA, HEAPED, NOW, SEQUENCE, SOONEST

Whole: TypeAlias = NDArray[np.int64]
ROW, HEAP = 64, 128
"""Up to how many a heap becomes a row again, and from how many on a row becomes a heap."""
NOTHING = (1 << 63) - 1
"""The moment of what does not happen at all; it stands in all places of an agenda that are free."""
TOGETHER = 15
"""A row is looked through by sixteen, so that nothing is left over that would be looked at by itself."""


@inlined
def push(agenda: Whole, count: Whole, at: int, what: int, of: int) -> None:
    """Note that something happens at a moment; those of one moment happen in the order of noting."""
    place = count[AGENDA]
    count[AGENDA] += 1
    count[SEQUENCE] += 1
    count[SOONEST] = min(count[SOONEST], at)
    agenda[0, place], agenda[1, place], agenda[2, place] = at, count[SEQUENCE], of * 4 + what
    if count[HEAPED]:
        rise(agenda, place, place)
    elif place + 1 == HEAP:
        count[HEAPED] = 1
        for other in range(HEAP):
            rise(agenda, other, other)


@inlined
def pull(agenda: Whole, count: Whole) -> int:
    """Take the next that happens: what, and of which."""
    now = count[NOW] = count[SOONEST]
    count[AGENDA] -= 1
    size, gap = count[AGENDA], 0
    if count[HEAPED]:
        what = agenda[2, 0]
        rise(agenda, sunk(agenda, size), size)
        count[SOONEST] = agenda[0, 0]
        count[HEAPED] = size > ROW
    else:
        # Two loops of which each does one thing are made of instructions for several numbers, one loop is not.
        many, looked_through, soonest = 0, (size | TOGETHER) + 1, NOTHING
        for place in range(looked_through):
            is_now = agenda[0, place] == now
            many += is_now
            gap += place if is_now else 0
        if many > 1:
            gap = noted_first(agenda, size + 1, now)
        what = agenda[2, gap]
        agenda[0, gap], agenda[1, gap], agenda[2, gap] = agenda[0, size], agenda[1, size], agenda[2, size]
        agenda[0, size] = NOTHING
        for place in range(looked_through):
            soonest = min(soonest, agenda[0, place])
        count[SOONEST] = soonest
    agenda[0, size] = NOTHING
    return int(what)


@inlined
def noted_first(agenda: Whole, size: int, now: int) -> int:
    """Where the one stands in a row that was noted first of those that happen now."""
    found = -1
    for place in range(size):
        if agenda[0, place] == now and (found < 0 or agenda[1, place] < agenda[1, found]):
            found = place
    return found


@inlined
def rise(agenda: Whole, gap: int, of: int) -> None:
    """Put what stands at `of` into a gap of the heap, or above it as far as it is sooner."""
    at, order, what = agenda[0, of], agenda[1, of], agenda[2, of]
    while gap > 0:
        above = (gap - 1) >> 2
        if agenda[0, above] < at or (agenda[0, above] == at and agenda[1, above] < order):
            break
        agenda[0, gap], agenda[1, gap], agenda[2, gap] = agenda[0, above], agenda[1, above], agenda[2, above]
        gap = above
    agenda[0, gap], agenda[1, gap], agenda[2, gap] = at, order, what


@inlined
def sunk(agenda: Whole, size: int) -> int:
    """Where the gap at the root comes to when the sooner ones below fill it down to a leaf.

    The last rises from there, hardly ever far (Wegener 1993): so no step down hangs on a comparison that is as often true
    as not.
    """
    gap, below = 0, 1
    while below + 3 < size:
        first, second = agenda[0, below], agenda[0, below + 1]
        third, fourth = agenda[0, below + 2], agenda[0, below + 3]
        left, least = min(first, second), below + (second < first)
        right, other = min(third, fourth), below + 2 + (fourth < third)
        if (first == second) | (third == fourth) | (left == right):
            least = sooner(agenda, sooner(agenda, below, below + 1), sooner(agenda, below + 2, below + 3))
        elif right < left:
            least = other
        agenda[0, gap], agenda[1, gap], agenda[2, gap] = agenda[0, least], agenda[1, least], agenda[2, least]
        gap, below = least, 4 * least + 1
    if below < size:
        least = below
        for other in range(below + 1, size):
            least = sooner(agenda, least, other)
        agenda[0, gap], agenda[1, gap], agenda[2, gap] = agenda[0, least], agenda[1, least], agenda[2, least]
        gap = least
    return gap


@inlined
def sooner(agenda: Whole, one: int, other: int) -> int:
    """Which of two happens first."""
    is_tied = agenda[0, one] == agenda[0, other]
    is_later = (agenda[0, other] < agenda[0, one]) | (is_tied & (agenda[1, other] < agenda[1, one]))
    return other if is_later else one
