"""Hand-overs between people, from a log, counted between groups of them: who passed a case to whom, in how many cases."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from ..functions.table import Codes, blocks, moves

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Passing:
    """The pairs of groups between whose people cases were handed over; both may be the same group.

    giver, taker (k,): a pair in each place; times (k,): how often; cases (k,): in how many cases.
    """

    giver: Codes
    taker: Codes
    times: Whole
    cases: Whole


def passing_of(columns: EventColumns, group: Codes, groups: int) -> Passing:
    """Who handed cases over to whom: the next known to do something in a case is somebody else.

    `group` (resources + 1,) is the group of each resource, below `groups`, -1 for none and behind them for nobody known;
    hand-overs from or to nobody's people are left out. O(events), some at a time.
    """
    base = max(groups, 1)
    found: list[tuple[Whole, Whole, Whole]] = []
    for begin, end in blocks(columns):
        case, person = columns.case[begin:end], columns.resource[begin:end]
        first, second = moves(case, person)
        one, other = group[person[first]], group[person[second]]
        known = (one >= 0) & (other >= 0)
        pair = one[known].astype(np.int64) * base + other[known]
        found.append(_counted(pair, case[first[known]]))
    if not found:
        found.append(_counted(np.zeros(0, np.int64), np.zeros(0, np.int32)))
    every, times, cases = (np.concatenate(parts) for parts in zip(*found, strict=True))
    pairs, place = np.unique(every, return_inverse=True)
    sums = [
        np.bincount(place.ravel(), each, minlength=len(pairs)).astype(np.int64) for each in (times, cases)
    ]
    return Passing((pairs // base).astype(np.int32), (pairs % base).astype(np.int32), *sums)


def _counted(pair: Whole, case: Codes) -> tuple[Whole, Whole, Whole]:
    """The different pairs, how often each occurs, and in how many cases."""
    order = np.lexsort((case, pair))
    pair, case = pair[order], case[order]
    pairs, begins = np.unique(pair, return_index=True)
    if not len(pairs):
        return pairs, begins, begins
    is_new = np.ones(len(pair), np.int64)
    is_new[1:] = (case[1:] != case[:-1]) | (pair[1:] != pair[:-1])
    return pairs, np.diff(np.append(begins, len(pair))), np.add.reduceat(is_new, begins)
