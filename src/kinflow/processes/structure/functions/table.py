"""The function table as numbers: who does the steps of a log, who is asked at them, who is told.

Groups are units or positions; each event belongs to one or to none. What nobody known did is passed over, as for
hand-overs.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from ...columns.events import NOBODY

Whole = NDArray[np.int64]
Codes = NDArray[np.int32]
BLOCK = 1 << 20
"""So many events are looked at at once."""
MOST_CELLS = 4_000_000
"""A log with more steps times groups is counted for its most frequent steps only."""


@dataclass(frozen=True)
class Counts:
    """By step (a code of `activity`, one row each) and group.

    `steps` (k,): the activities; `times` (k,): how often each was done, by whomever; `does` (k, g): how often by the
    group; `decides` (k, g): the same, of steps that are decisions; `asked` (k, g): how often the group did what another
    asked for in the step; `told` (k, g): how often the case then went on with the group, after another had done the
    step.
    """

    steps: Codes
    times: Whole
    does: Whole
    decides: Whole
    asked: Whole
    told: Whole


def count_functions(
    columns: EventColumns,
    group: Codes,
    groups: int,
    *,
    requests: Mapping[str, str] | None = None,
    decisions: Collection[str] = (),
) -> Counts:
    """Count who does, decides, is asked and is told. `group` (n,) is the group of each event, -1 for none, below
    `groups`; `requests` says which step asks for which, `decisions` which steps decide. O(events), some at a time.
    """
    often = np.bincount(columns.activity, minlength=len(columns.activities))
    order = np.argsort(-often, kind="stable")[: max(1, MOST_CELLS // max(groups, 1))]
    steps = order[often[order] > 0].astype(np.int32)
    row = np.full(len(columns.activities) + 1, NOBODY, np.int64)
    row[steps] = np.arange(len(steps))
    code = {name: at for at, name in enumerate(columns.activities)}
    asks = [
        (code[one], code[other]) for one, other in (requests or {}).items() if one in code and other in code
    ]
    found = np.zeros((3, len(steps), groups), np.int64)
    for begin, end in blocks(columns):
        part = slice(begin, end)
        case, activity, by = columns.case[part], columns.activity[part], group[part]
        rows, known = row[activity], np.flatnonzero(by >= 0)
        first, second = moves(case, by)
        found[0] += _counted(rows[known], by[known], found.shape[1:])
        for asking, work in asks:
            asked, done = answers_to(case, activity, asking, work)
            other = (by[done] >= 0) & (by[done] != by[asked])
            found[1] += _counted(rows[asked[other]], by[done[other]], found.shape[1:])
        found[2] += _counted(rows[first], by[second], found.shape[1:])
    does, asked_of, told = found
    is_decision = np.array([columns.activities[step] in decisions for step in steps], np.bool_)
    return Counts(steps, often[steps].astype(np.int64), does, does * is_decision[:, None], asked_of, told)


def blocks(columns: EventColumns, size: int = BLOCK) -> Iterator[tuple[int, int]]:
    """From where to where some events lie, whole cases each."""
    begin = 0
    while begin < columns.events:
        case = int(columns.case[min(begin + size, columns.events) - 1])
        end = int(columns.offsets[case + 1])
        yield begin, end
        begin = end


def moves(case: Codes, group: Codes) -> tuple[Whole, Whole]:
    """Events and the next of their case by anybody known, where that is of another group."""
    known = np.flatnonzero(group >= 0)
    first, second = known[:-1], known[1:]
    moved = (case[first] == case[second]) & (group[first] != group[second])
    return first[moved], second[moved]


def answers_to(case: Codes, activity: Codes, asking: int, work: int) -> tuple[Whole, Whole]:
    """The events that ask, and for each the first event after it in its case that is the work asked for; without those to
    which none came.
    """
    asked, done = np.flatnonzero(activity == asking), np.flatnonzero(activity == work)
    place = np.searchsorted(done, asked, side="right")
    there = place < len(done)
    asked, answer = asked[there], done[place[there]]
    same = case[asked] == case[answer]
    return asked[same], answer[same]


def _counted(rows: Whole, groups: Codes, shape: tuple[int, ...]) -> Whole:
    fits = rows >= 0
    place = rows[fits] * shape[1] + groups[fits]
    return np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape).astype(np.int64)


def gathered(counts: Counts, row: Codes, rows: int) -> Counts:
    """The table with rows put together: `row` (k,) is the new row of each step. `steps` then numbers the rows."""

    def summed(numbers: Whole) -> Whole:
        found = np.zeros((rows, *numbers.shape[1:]), np.int64)
        np.add.at(found, row, numbers)
        return found

    return Counts(
        np.arange(rows, dtype=np.int32),
        summed(counts.times),
        summed(counts.does),
        summed(counts.decides),
        summed(counts.asked),
        summed(counts.told),
    )
