"""Variants: cases that went through the same steps in the same order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns, ready
from kinflow.processes.columns.compiled import compiled

Whole = NDArray[np.int64]
Codes = NDArray[np.int32]
PRIME = 1099511628211
MIX = -49064778989728563


@dataclass(frozen=True)
class Variants:
    """Variants, most frequent first, of equals the one whose first case comes first.

    `of_case` (m,): the variant of each case; `count`: its cases; `example`: its first case.
    """

    of_case: Codes
    count: Whole
    example: Whole


def variants(columns: EventColumns) -> Variants:
    """Group the cases by their steps, exactly: hashes only say where to look, steps are compared. O(events)."""
    group, example, count = group_cases(ready(columns.offsets), ready(columns.activity))
    order = np.lexsort((example, -count))
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return Variants(place[group], count[order], example[order])


def steps_of(columns: EventColumns, case: int) -> list[str]:
    """What was done in a case, in order."""
    codes = columns.activity[columns.offsets[case] : columns.offsets[case + 1]]
    return [columns.activities[code] for code in codes.tolist()]


@compiled
def hash_of(activity: Codes, begin: int, end: int) -> int:
    """Return a number that is the same for the same steps."""
    found = np.int64(end - begin)
    for i in range(begin, end):
        found = (found ^ np.int64(activity[i])) * PRIME
    found = (found ^ (found >> 29)) * MIX
    return int(found ^ (found >> 32))


@compiled
def same(activity: Codes, offsets: Whole, one: int, other: int) -> bool:
    """Return whether two cases went through the same steps."""
    begin, there, length = offsets[one], offsets[other], offsets[one + 1] - offsets[one]
    if offsets[other + 1] - there != length:
        return False
    i = 0
    while i < length and activity[begin + i] == activity[there + i]:
        i += 1
    return bool(i == length)


@compiled
def group_cases(offsets: Whole, activity: Codes) -> tuple[Codes, Whole, Whole]:
    """Return the group of each case, and the first case and the number of cases of each group."""
    cases = offsets.shape[0] - 1
    group = np.empty(cases, np.int32)
    table = np.full(1 << 10, -1, np.int32)
    example, count, hashes = np.empty(64, np.int64), np.zeros(64, np.int64), np.empty(64, np.int64)
    known = 0
    for c in range(cases):
        key = hash_of(activity, offsets[c], offsets[c + 1])
        mask = table.shape[0] - 1
        k = key & mask
        while table[k] >= 0 and not (
            hashes[table[k]] == key and same(activity, offsets, example[table[k]], c)
        ):
            k = (k + 1) & mask
        if table[k] < 0:
            if known == example.shape[0]:
                example = np.concatenate((example, np.empty_like(example)))
                count = np.concatenate((count, np.zeros_like(count)))
                hashes = np.concatenate((hashes, np.empty_like(hashes)))
            table[k], example[known], hashes[known] = known, c, key
            known += 1
        group[c] = table[k]
        count[group[c]] += 1
        if 2 * known > table.shape[0]:
            table = np.full(2 * table.shape[0], -1, np.int32)
            for g in range(known):
                k = hashes[g] & (table.shape[0] - 1)
                while table[k] >= 0:
                    k = (k + 1) & (table.shape[0] - 1)
                table[k] = g
    return group, example[:known].copy(), count[:known].copy()
