"""Decisions made in a log: by whom, for whom, and how long they were waited for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from ...columns.events import NOBODY
from ..functions.table import Codes, blocks

Whole = NDArray[np.int64]
SECOND = 1e6


@dataclass(frozen=True)
class Made:
    """k decisions: `decider` and `asker` are codes of resources, -1 for nobody known; `unit` where the decider belonged.

    Who asked is who did the step that asks for the decision; without such a step, or where it was not done, who did
    something in the case last before. `wait` (seconds) goes from the asking to the decision, NaN where nobody asked.
    """

    decider: Codes
    asker: Codes
    unit: Codes
    wait: NDArray[np.float64]


def made_in(columns: EventColumns, step: str, asking: str = "") -> Made:
    """The decisions that are this step. O(events), some at a time."""
    code = {name: at for at, name in enumerate(columns.activities)}
    parts = [
        _block(columns, slice(*ends), code.get(step, -2), code.get(asking, -2)) for ends in blocks(columns)
    ]
    none = np.zeros(0, np.int32)
    parts.append((none, none, none, np.zeros(0)))
    return Made(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _block(
    columns: EventColumns, part: slice, step: int, asking: int
) -> tuple[Codes, Codes, Codes, NDArray[np.float64]]:
    case, activity, person = columns.case[part], columns.activity[part], columns.resource[part]
    at = columns.at[part]
    done = np.flatnonzero(activity == step)
    before = _last(person >= 0, done, case)
    asked = _last(activity == asking, done, case)
    found = np.where(asked >= 0, asked, before)
    wait = np.where(asked >= 0, (at[done] - at[asked]) / SECOND, np.nan)
    return person[done], np.where(found >= 0, person[found], NOBODY), columns.unit[part][done], wait


def _last(wanted: NDArray[np.bool_], places: Whole, case: Codes) -> Whole:
    """For each place the last wanted event before it in its case, -1 where there is none."""
    there = np.flatnonzero(wanted)
    if not len(there):
        return np.full(len(places), NOBODY, np.int64)
    at = np.searchsorted(there, places) - 1
    found = there[at]
    return np.where((at >= 0) & (case[found] == case[places]), found, NOBODY)
