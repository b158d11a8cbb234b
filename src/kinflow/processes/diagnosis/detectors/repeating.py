"""Rework: work that is done again by somebody else, after something else came between.

Looked at is the first time in a case that step A is followed by a step B: is the next step A again, by another person
than before? Asked by a binomial test whether that is more frequent than if steps were drawn as frequently as they
occur.
"""

from collections.abc import Iterator

import numpy as np

from ..chances import at_least
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import View

LEAST = 20
LEAST_SHARE = 0.1


def repeated(view: View) -> Iterator[Candidate]:
    """One candidate for each pair of different steps that people do in a row often enough."""
    columns = view.columns
    places = np.flatnonzero(view.by_person)
    if len(places) < 3:
        return
    case, step = columns.case[places], columns.activity[places].astype(np.int64)
    whole = np.flatnonzero((case[:-2] == case[2:]) & (step[:-2] != step[1:-1]))
    if not len(whole):
        return
    frequency = np.bincount(step, minlength=len(columns.activities)) / len(step)
    pair = step[whole] * len(columns.activities) + step[whole + 1]
    order = np.lexsort((whole, pair))
    values, begins = np.unique(pair[order], return_index=True)
    for value, part in zip(values, np.split(order, begins[1:]), strict=True):
        windows = np.sort(whole[part])
        windows = windows[np.unique(case[windows], return_index=True)[1]]
        if len(windows) >= LEAST:
            a, b = divmod(int(value), len(columns.activities))
            yield _candidate(view, places, windows, (a, b), float(frequency[a]))


def _candidate(
    view: View, places: np.ndarray, windows: np.ndarray, pair: tuple[int, int], chance: float
) -> Candidate:
    columns = view.columns
    first, third = places[windows], places[windows + 2]
    again = (columns.activity[third] == pair[0]) & (columns.resource[third] != columns.resource[first])
    hits, share = int(again.sum()), float(again.mean())
    names = (columns.activities[pair[0]], columns.activities[pair[1]])
    lasts = float(view.work[first].mean()) > 1 / 60
    is_large = lasts and share >= max(LEAST_SHARE, 2 * chance) and hits >= 0.02 * columns.cases

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        loss = loss_of(view, third[again], with_work=True)
        rows = (("again", hits), ("otherwise", len(windows) - hits))
        return (
            {"step": names[0], "between": names[1], "cases": hits, "share": share, "chance": chance},
            loss,
            (Exhibit("again", "bars", ("outcome", "count:cases"), rows),),
        )

    test = Test("binomial", at_least(hits, len(windows), chance), "share", share)
    return Candidate("repeated", names, test, is_large, tell, is_general=True)
