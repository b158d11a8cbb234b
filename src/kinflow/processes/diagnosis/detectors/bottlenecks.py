"""Bottlenecks and their drift: steps that cases wait for while whoever does them is busy, and steps that they wait
for more and more.

Asked by Mann-Whitney: do cases wait longer for the step than for other steps; and in the later half of the log than
in the earlier one? Work that lies while nobody is busy is no bottleneck: an appointment lies, too.
"""

from collections.abc import Iterator

import numpy as np

from ..causes import CAUSES, in_working_time, main_cause, shares_of, split
from ..chances import larger
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Places, View
from .lone_experts import by_month

LEAST = 30
BUSY = 0.5
"""At a bottleneck people are busy with other work in this share of the working time that cases wait."""


def _steps(view: View) -> Iterator[tuple[str, Places]]:
    for step, places in enumerate(view.by_step):
        mine = places[view.by_person[places] & ~view.is_first[places]]
        if len(view.once_a_case(mine)) >= LEAST:
            yield view.columns.activities[step], mine


def bottlenecks(view: View) -> Iterator[Candidate]:
    """One candidate for each step of people."""
    every = np.flatnonzero(view.by_person & ~view.is_first)
    for step, places in _steps(view):
        others = np.setdiff1d(every, places, assume_unique=True)
        found = larger(view.wait[view.once_a_case(places)], view.wait[view.once_a_case(others)])
        is_large = found.effect >= 0.64 and float(view.wait[places].mean()) > 0.5
        test = Test("mann_whitney", found.p, "a12", found.effect)
        yield _candidate(view, "bottleneck", step, places, test, is_large and _busy(view, places) >= BUSY)


def _busy(view: View, places: Places) -> float:
    causes = in_working_time(view, places, split(view, places)).sum(axis=0)
    worked = causes.sum() - causes[CAUSES.index("unavailability")]
    return float(causes[:3].sum() / worked) if worked > 0 else 0.0


def drifts(view: View) -> Iterator[Candidate]:
    """One candidate for each step of people."""
    if not view.columns.events:
        return
    middle = (int(view.columns.at.min()) + int(view.columns.at.max())) // 2
    for step, places in _steps(view):
        late = view.columns.begun_at[places] > middle
        if min(late.sum(), (~late).sum()) < LEAST:
            continue
        found = larger(view.wait[view.once_a_case(places[late])], view.wait[view.once_a_case(places[~late])])
        grown = float(view.wait[places[late]].mean() - view.wait[places[~late]].mean())
        is_large = found.effect >= 0.6 and grown > 0.5
        test = Test("mann_whitney", found.p, "a12", found.effect)
        usual = float(view.wait[places[~late]].mean())
        yield _candidate(view, "drift", step, places, test, is_large, late=places[late], usual=usual)


def _candidate(
    view: View,
    kind: str,
    step: str,
    places: Places,
    test: Test,
    is_large: bool,
    *,
    late: Places | None = None,
    usual: float = 0.0,
) -> Candidate:
    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        where = places if late is None else late
        parts = split(view, where)
        cause, share = main_cause(view, where, parts)
        facts: dict[str, str | float] = {
            "step": step,
            "times": len(where),
            "wait": float(view.wait[where].mean()),
            "usual": usual,
            "cause": cause,
            "share": share,
        }
        exhibits = (
            Exhibit("causes", "bars", ("cause", "share:time"), shares_of(parts)),
            by_month(view, places, view.wait[places]),
            bottleneck_by_month(view),
        )
        return facts, loss_of(view, where, usual=usual), exhibits

    return Candidate(kind, (step,), test, is_large, tell, is_general=True)


def bottleneck_by_month(view: View) -> Exhibit:
    """For which step cases waited most in each month: where the bottleneck was."""
    columns = view.columns
    places = np.flatnonzero(view.by_person & ~view.is_first)
    months, place = np.unique(
        columns.begun_at[places].astype("datetime64[us]").astype("datetime64[M]"), return_inverse=True
    )
    width = len(columns.activities)
    cells = place.ravel() * width + columns.activity[places]
    sums = np.bincount(cells, weights=view.wait[places], minlength=len(months) * width).reshape(-1, width)
    rows = tuple(
        (str(month), columns.activities[int(row.argmax())], float(row.max() / row.sum()))
        for month, row in zip(months, sums, strict=True)
        if row.sum() > 0
    )
    return Exhibit("bottleneck_by_month", "table", ("month", "step", "share:time"), rows)
