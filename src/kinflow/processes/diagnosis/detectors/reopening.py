"""Poor quality found late: cases that are opened again after their end.

Asked by a binomial test: does it happen in more than one case out of fifty?
"""

from collections.abc import Iterator

import numpy as np

from ..chances import at_least, share_between
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import View
from .lone_experts import by_month

USUAL = 0.02
LEAST = 5


def reopened(view: View) -> Iterator[Candidate]:
    """One candidate for each step that opens a case again."""
    columns = view.columns
    for step, places in enumerate(view.by_step):
        if columns.activities[step] in view.context.reopening and len(places):
            yield _candidate(view, columns.activities[step], places)


def _candidate(view: View, step: str, places: np.ndarray) -> Candidate:
    columns = view.columns
    first = view.once_a_case(places)
    hits = len(first)
    share = hits / max(columns.cases, 1)

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        after = np.concatenate(
            [np.arange(place, columns.offsets[columns.case[place] + 1]) for place in first]
        )
        low, high = share_between(hits, columns.cases)
        return (
            {"step": step, "cases": hits, "share": share, "low": low, "high": high},
            loss_of(view, after, with_work=True),
            (by_month(view, places, view.wait[places]),),
        )

    p = at_least(hits, columns.cases, USUAL)
    return Candidate("reopened", (step,), Test("binomial", p, "share", share), hits >= LEAST, tell)
