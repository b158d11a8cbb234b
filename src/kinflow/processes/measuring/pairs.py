"""Which codes come after which within a case, how often, and how long it takes from one to the next.

The same passes give the map (codes of activities) and the hand-overs (codes of resources or units). An event without a
code is passed over: what happened before it and what comes after it are neighbours.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns.compiled import compiled

Whole = NDArray[np.int64]
Codes = NDArray[np.int32]
FREE = -1
DIRECT = 1 << 22
"""Up to so many possible pairs each has a place of its own in a table; above it is looked for by hashing."""
ODD = -7046029254386353131
"""2^64 divided by the golden ratio, as a signed number: multiplying by it spreads keys over a table."""


class Pairs(NamedTuple):
    """Pairs of neighbours, and the table in which they are found again.

    keys: the pair in each place of the table, or nothing where a pair is its own place; numbers: which pair lies there.
    pair: first code × base + second code; often: how often.
    """

    keys: Whole
    numbers: Codes
    pair: Whole
    often: Whole


@compiled
def place_of(keys: Whole, pair: int) -> int:
    """Return where a pair lies, or the free place where it would; a table without keys has a place for each."""
    if keys.shape[0] == 0:
        return pair
    mask = keys.shape[0] - 1
    spread = pair * ODD
    k = (spread ^ (spread >> 32)) & mask
    while keys[k] != pair and keys[k] != FREE:
        k = (k + 1) & mask
    return int(k)


@compiled
def twice(keys: Whole, numbers: Codes) -> tuple[Whole, Codes]:
    """Return the table with twice the room."""
    roomy, moved = np.full(2 * keys.shape[0], FREE, np.int64), np.full(2 * keys.shape[0], FREE, np.int32)
    for k in range(keys.shape[0]):
        if numbers[k] >= 0:
            place = place_of(roomy, int(keys[k]))
            roomy[place], moved[place] = keys[k], numbers[k]
    return roomy, moved


@compiled
def count_directly(offsets: Whole, codes: Codes, base: int) -> Whole:
    """Return how often each of base² pairs of neighbours occurs."""
    often = np.zeros(base * base, np.int64)
    for c in range(offsets.shape[0] - 1):
        last = -1
        for i in range(offsets[c], offsets[c + 1]):
            code = int(codes[i])
            if code >= 0:
                if last >= 0:
                    often[last * base + code] += 1
                last = code
    return often


@compiled
def find_directly(offsets: Whole, codes: Codes, base: int) -> Pairs:
    """Number and count the pairs by a table with a place for each possible one."""
    often = count_directly(offsets, codes, base)
    pair = np.flatnonzero(often)
    numbers = np.full(base * base, FREE, np.int32)
    for number in range(pair.shape[0]):
        numbers[pair[number]] = number
    return Pairs(np.empty(0, np.int64), numbers, pair, often[pair])


@compiled
def find_by_hashing(offsets: Whole, codes: Codes, base: int) -> Pairs:
    """Number and count the pairs by a table that grows with those that occur."""
    keys, numbers = np.full(1 << 12, FREE, np.int64), np.full(1 << 12, FREE, np.int32)
    pair, often = np.empty(64, np.int64), np.zeros(64, np.int64)
    known = 0
    for c in range(offsets.shape[0] - 1):
        last = -1
        for i in range(offsets[c], offsets[c + 1]):
            code = int(codes[i])
            if code < 0:
                continue
            if last >= 0:
                found = last * base + code
                place = place_of(keys, found)
                number = int(numbers[place])
                if number < 0:
                    number = known
                    known += 1
                    if known > pair.shape[0]:
                        pair = np.concatenate((pair, np.empty_like(pair)))
                        often = np.concatenate((often, np.zeros_like(often)))
                    keys[place], pair[number], numbers[place] = found, found, number
                    if 2 * known > keys.shape[0]:
                        keys, numbers = twice(keys, numbers)
                often[number] += 1
            last = code
    return Pairs(keys, numbers, pair[:known].copy(), often[:known].copy())


def find_pairs(offsets: Whole, codes: Codes, base: int) -> Pairs:
    """Number and count the pairs of neighbours; `base` is the number of different codes. One pass, O(events)."""
    find = find_directly if base * base <= DIRECT else find_by_hashing
    return find(offsets, codes, base)


@compiled
def lay_out(
    offsets: Whole, codes: Codes, base: int, pairs: Pairs, since: Whole, until: Whole
) -> tuple[Whole, Whole]:
    """Lay out the spans of each pair side by side: from `since` of the first to `until` of the second, at least 0.

    Returns the spans (in the order of the log within a pair) and where those of each pair start.
    """
    start = np.zeros(pairs.often.shape[0] + 1, np.int64)
    start[1:] = np.cumsum(pairs.often)
    place = start[:-1].copy()
    spans = np.empty(start[-1], np.int64)
    for c in range(offsets.shape[0] - 1):
        last = before = -1
        for i in range(offsets[c], offsets[c + 1]):
            code = int(codes[i])
            if code < 0:
                continue
            if last >= 0:
                number = pairs.numbers[place_of(pairs.keys, last * base + code)]
                spans[place[number]] = max(0, until[i] - since[before])
                place[number] += 1
            last, before = code, i
    return spans, start
