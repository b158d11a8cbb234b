"""Whom to train for a step that hangs on one person: who is near to it already, and has time."""

import numpy as np

from .calendar import hours_between
from .found import Exhibit
from .view import Places, View

MOST = 5
OFTEN = 5
"""Who did something so often knows it."""


def whom_to_train(view: View, ours: Places, others: Places, person: int) -> Exhibit:
    """People but this one who do the step for other cases; where nobody does, those of the same unit who work on the same
    cases. Those who do it most often come first, and of these who has time."""
    columns = view.columns
    resource = columns.resource
    near = others[(resource[others] >= 0) & (resource[others] != person)]
    if len(near) < OFTEN:
        unit = int(np.bincount(columns.unit[ours] + 1).argmax()) - 1
        on_cases = np.isin(columns.case, columns.case[ours]) & view.by_person & (resource >= 0)
        near = np.flatnonzero(on_cases & (columns.unit == unit) & (resource != person))
    counts = (
        np.bincount(resource[near], minlength=len(columns.resources)) if len(near) else np.zeros(0, np.int64)
    )
    known = [int(k) for k in np.argsort(-counts, kind="stable")[: 3 * MOST] if counts[k] >= OFTEN]
    rows = [(columns.resources[k], int(counts[k]), free_share(view, k)) for k in known]
    rows.sort(key=lambda row: -row[1] * row[2])
    return Exhibit(
        "whom_to_train", "table", ("person", "count:times", "share:free"), tuple(rows[:MOST]), per_person=True
    )


def free_share(view: View, person: int) -> float:
    """Which share of a person's working time, from their first event to their last, they had nothing to do that the log
    knows of."""
    places = view.by_resource[person]
    span = np.array([view.columns.begun_at[places].min()]), np.array([view.columns.at[places].max()])
    whole = float(hours_between(*span, view.calendar_of(person))[0])
    spans = view.free(person)
    free = float(hours_between(*span, spans)[0]) if len(spans.begins) else 0.0
    return min(1.0, free / whole) if whole > 0 else 0.0
