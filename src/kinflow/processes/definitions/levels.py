"""A log on a coarser level: details become steps, steps become phases."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..columns import EventColumns
from .steps import Level, Step, phase_key, step_key


def on_level(columns: EventColumns, steps: Sequence[Step], level: Level) -> EventColumns:
    """The log of the finest level on this one.

    On the level of phases, events of the same phase that follow each other are one, from the first begin to the last end;
    it is the last one's by whom it was done.
    """
    if level == "details":
        return columns
    if level == "steps":
        return _renamed(columns, [step_key(key) for key in columns.activities])
    return _runs(_renamed(columns, [phase_key(steps, key) for key in columns.activities]))


def _renamed(columns: EventColumns, names: Sequence[str]) -> EventColumns:
    known = sorted(set(names))
    codes = {name: code for code, name in enumerate(known)}
    table = np.array([*(codes[name] for name in names), -1], np.int32)
    return replace(columns, activity=table[columns.activity], activities=known)


def _runs(columns: EventColumns) -> EventColumns:
    """One event for each run of the same activity in a case."""
    if not columns.events:
        return columns
    changes = np.ones(columns.events, np.bool_)
    changes[1:] = (columns.activity[1:] != columns.activity[:-1]) | (columns.case[1:] != columns.case[:-1])
    first = np.flatnonzero(changes)
    last = np.append(first[1:], columns.events) - 1
    case = columns.case[first]
    return replace(
        columns,
        case=case,
        activity=columns.activity[first],
        at=columns.at[last],
        begun_at=np.minimum.reduceat(columns.begun_at, first),
        resource=columns.resource[last],
        unit=columns.unit[last],
        offsets=np.searchsorted(case, np.arange(columns.cases + 1)).astype(np.int64),
    )
