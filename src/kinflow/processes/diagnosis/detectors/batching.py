"""Batching: a step that is done on certain days of the week only, and waits for them.

Two things are asked, and both must hold: by a chi-square test whether the step's days are spread as those of the other
steps are, and by Mann-Whitney whether cases wait longer for it than for other steps. Each case counts once.
"""

from collections.abc import Iterator

import numpy as np

from ..calendar import weekday
from ..chances import larger, otherwise_spread
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Hours, Places, View

LEAST = 30
DAYS = 2
WORK = 1 / 60
"""Hours; where the log tells how long work lasts, what lasts no longer is none."""
EXCESS = 0.25
"""So much more of the step than of the others falls on its busiest days."""


def batching(view: View) -> Iterator[Candidate]:
    """One candidate for each step that people begin."""
    days = weekday(view.local_begun)
    people = np.flatnonzero(view.by_person & ~view.is_first)
    total = np.bincount(days[people], minlength=7).astype(float)
    has_work = bool(view.work[people].any())
    for step, places in enumerate(view.by_step):
        mine = places[view.by_person[places] & ~view.is_first[places]]
        once = view.once_a_case(mine)
        if len(once) >= LEAST and (view.work[mine].mean() > WORK or not has_work):
            ours = np.bincount(days[once], minlength=7).astype(float)
            others = total - np.bincount(days[mine], minlength=7).astype(float)
            yield _candidate(view, step, mine, ours, others)


def _candidate(view: View, step: int, places: Places, ours: Hours, others: Hours) -> Candidate:
    columns = view.columns
    busiest = np.sort(np.argsort(-ours)[:DAYS])
    share = float(ours[busiest].sum() / ours.sum())
    usual = float(others[busiest].sum() / max(others.sum(), 1))
    rest = np.flatnonzero(view.by_person & ~view.is_first & (columns.activity != step))
    waits = larger(view.wait[view.once_a_case(places)], view.wait[view.once_a_case(rest)])
    is_large = share - usual >= EXCESS and waits.effect >= 0.6 and float(view.wait[places].mean()) > 1

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        return (
            {
                "step": columns.activities[step],
                "first": int(busiest[0]),
                "second": int(busiest[1]),
                "share": share,
                "usual": usual,
                "wait": float(view.wait[places].mean()),
                "work": float(view.work[places].mean()),
                "times": len(places),
            },
            loss_of(view, places),
            (
                Exhibit(
                    "by_weekday",
                    "bars",
                    ("weekday", "share:ours", "share:others"),
                    tuple(
                        (k, float(ours[k] / ours.sum()), float(others[k] / others.sum())) for k in range(7)
                    ),
                ),
            ),
        )

    p = max(otherwise_spread(ours, others), waits.p)
    return Candidate(
        "batching", (columns.activities[step],), Test("chi_square", p, "share", share), is_large, tell
    )
