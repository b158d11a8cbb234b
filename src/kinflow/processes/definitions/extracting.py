"""Our log as columns: the steps of a kind's cases.

An activity's start and end are one event. Who did it is the person who acted, nobody where a program did (whoever gets
work by a rule has not done anything yet); the unit is the one that the actor belonged to at that time. What was begun and
has not ended yet is no event yet. Resources, units and cases are ids as text here; `reading` names them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..columns import EventColumns, columns_of
from .rows import Numbers, Rows, read_rows
from .steps import Step


def extract(kind: str, steps: Sequence[Step], below: int, cases: Sequence[int] | None = None) -> EventColumns:
    """The log of all cases of a kind (or of those named), on the finest level, below a transaction id.

    Takes memory for all events at once: about 200 bytes each while they are sorted.
    """
    return columns_from(read_rows(kind, steps, below, cases))


def columns_from(rows: Rows) -> EventColumns:
    """The columns of rows: each entry once, ends joined to starts, in the order of the log."""
    begun_at = np.where(rows.began > 0, rows.at - rows.began, _begun_at(rows))
    is_step = np.array([bool(key) for key in rows.told] or [False])
    kept = np.flatnonzero(is_step[rows.what]) if len(rows.what) else np.zeros(0, np.int64)
    order = kept[np.lexsort((rows.entry[kept], rows.case[kept]))]
    order = order[_first(rows.case[order], rows.entry[order])]
    order = order[np.argsort(rows.entry[order], kind="stable")]
    case, case_ids = _coded(rows.case[order])
    person, people = _coded(rows.person[order], nobody=True)
    unit, units = _coded(rows.unit[order], nobody=True)
    activity, activities = _told(rows, order)
    return columns_of(
        case=case,
        activity=activity,
        at=rows.at[order],
        begun_at=begun_at[order],
        case_ids=case_ids,
        activities=activities,
        resource=person,
        resources=people,
        unit=unit,
        units=units,
    )


def _begun_at(rows: Rows) -> Numbers:
    """When each entry's activity was begun: the latest start of the same activity not after it, else its own moment."""
    begun = rows.at.copy()
    starts = np.flatnonzero(rows.begins & (rows.activity >= 0))
    if not len(starts):
        return begun
    starts = starts[np.lexsort((rows.at[starts], rows.activity[starts]))]
    of, moments = rows.activity[starts], rows.at[starts]
    ends = np.flatnonzero(~rows.begins & (rows.activity >= 0))
    ends = ends[np.isin(rows.activity[ends], of)]
    # Starts are ordered by activity and moment; both together are found by their ranks.
    ranks = np.unique(np.concatenate([moments, rows.at[ends]]), return_inverse=True)[1].astype(np.int64)
    width = int(ranks.max()) + 1 if len(ranks) else 1
    known = np.unique(of)
    key = np.searchsorted(known, of) * width + ranks[: len(starts)]
    wanted = np.searchsorted(known, rows.activity[ends]) * width + ranks[len(starts) :]
    at = np.searchsorted(key, wanted, side="right") - 1
    fits = (at >= 0) & (of[at] == rows.activity[ends])
    begun[ends[fits]] = moments[at[fits]]
    return begun


def _first(case: Numbers, entry: Numbers) -> NDArray[np.bool_]:
    """Marks the first of each pair: an entry may mention a case in two roles."""
    first = np.ones(len(case), np.bool_)
    first[1:] = (case[1:] != case[:-1]) | (entry[1:] != entry[:-1])
    return first


def _coded(ids: Numbers, *, nobody: bool = False) -> tuple[NDArray[np.int32], list[str]]:
    """Ids as codes, and what the codes stand for, in ascending order of the ids."""
    known, codes = np.unique(ids, return_inverse=True)
    shift = 1 if nobody and len(known) and known[0] == -1 else 0
    return codes.astype(np.int32) - shift, [str(each) for each in known[shift:].tolist()]


def _told(rows: Rows, order: NDArray[np.int64]) -> tuple[NDArray[np.int32], list[str]]:
    """The steps as codes of their keys, in alphabetical order."""
    keys = sorted({rows.told[code] for code in np.unique(rows.what[order]).tolist()})
    codes = {key: code for code, key in enumerate(keys)}
    table = np.array([codes.get(key, -1) for key in rows.told] or [-1], np.int32)
    return (table[rows.what[order]] if len(order) else np.zeros(0, np.int32)), keys
