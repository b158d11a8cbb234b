"""The cases of a log as a list: sorted, and read on from the last one shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..columns import EventColumns
from ..measuring.steps import durations

SORTS = ("begun", "ended", "steps", "duration")
"""What a list can be sorted by, with a minus for the highest first."""
USUAL = "-begun"
PAGE = 50


@dataclass(frozen=True)
class CaseRow:
    """One case of the list; times in microseconds."""

    case: int
    case_id: str
    begun: int
    ended: int
    steps: int
    duration: int


@dataclass(frozen=True)
class CasePage:
    """Some rows, and the case id after which the next ones come, "" where there are none."""

    rows: Sequence[CaseRow]
    next_after: str


def case_page(columns: EventColumns, sort: str = USUAL, after: str = "", size: int = PAGE) -> CasePage:
    """The rows after a case in this order; equals stand in the log's order. Cases without events are left out."""
    order = case_order(columns, sort)
    begin = 0
    if after:
        places = np.flatnonzero(_has_id(columns, after)[order])
        begin = int(places[0]) + 1 if len(places) else 0
    taken = order[begin : begin + size].tolist()
    took = durations(columns)
    rows = [_row(columns, case, int(took[case])) for case in taken]
    is_more = begin + size < len(order)
    return CasePage(rows, rows[-1].case_id if rows and is_more else "")


def case_order(columns: EventColumns, sort: str) -> NDArray[np.int64]:
    """The codes of all cases with events in the order of the list."""
    filled = np.flatnonzero(np.diff(columns.offsets) > 0)
    name = sort.lstrip("-")
    first, last = columns.offsets[:-1][filled], columns.offsets[1:][filled] - 1
    if name == "ended":
        by = columns.at[last]
    elif name == "steps":
        by = last - first
    elif name == "duration":
        by = durations(columns)[filled]
    else:
        by = columns.begun_at[first]
    return filled[np.argsort(-by if sort.startswith("-") else by, kind="stable")]


def _has_id(columns: EventColumns, case_id: str) -> NDArray[np.bool_]:
    return np.fromiter((each == case_id for each in columns.case_ids), np.bool_, columns.cases)


def _row(columns: EventColumns, case: int, duration: int) -> CaseRow:
    first, last = int(columns.offsets[case]), int(columns.offsets[case + 1]) - 1
    return CaseRow(
        case,
        str(columns.case_ids[case]),
        int(columns.begun_at[first]),
        int(columns.at[last]),
        last - first + 1,
        duration,
    )


def case_of(columns: EventColumns, case_id: str) -> int | None:
    """The code of the case that is called so."""
    return next((at for at, each in enumerate(columns.case_ids) if each == case_id), None)
