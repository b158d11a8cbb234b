"""Refusals that come late: a check that can end a case is made when most of the work is done (knock-out order).

Asked by Fisher's exact test: do refused cases end badly more often than those let through? Only then the check knocks
out.
"""

from collections.abc import Iterator

import numpy as np

from ..chances import more_often
from ..found import Candidate, Exhibit, Loss, Test
from ..view import Places, View
from .checks import answers_of

LEAST = 5
LATE = 0.5
"""Late is what comes after this share of the steps that other cases take on the whole."""
SOON = 4
"""Without known bad ends: a case ended by a refusal has no more than so many events after it."""


def late_refusals(view: View) -> Iterator[Candidate]:
    """One candidate for each check that says yes and no."""
    for step, places in enumerate(view.by_step):
        answers = answers_of(view, places)
        if answers is not None and all(len(said) >= LEAST for said in answers):
            yield _candidate(view, view.columns.activities[step], *answers)


def _candidate(view: View, step: str, granted: Places, refused: Places) -> Candidate:
    lost = _ended(view, refused)
    p = more_often(int(lost.sum()), len(refused), int(_ended(view, granted).sum()), len(granted))
    spent = _work_before(view)[refused]
    share = float(lost.mean())
    before = _share_before(view, granted)
    is_large = share > 0.5 and before >= LATE and float(np.median(spent)) > 0.25

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        cases, working = view.case_sums(refused, spent)
        loss = Loss(cases, np.zeros(len(cases)), working)
        return (
            {
                "step": step,
                "refused": len(refused),
                "times": len(refused) + len(granted),
                "lost": share,
                "work": float(spent.mean()),
                "before": before,
            },
            loss,
            (_steps_before(view, refused),),
        )

    return Candidate("late_refusal", (step,), Test("fisher", p, "share", share), is_large, tell)


def _ended(view: View, places: Places) -> np.ndarray:
    case = view.columns.case[places]
    if view.context.failure:
        return view.reaches(view.context.failure)[case]
    return view.columns.offsets[case + 1] - 1 - places <= SOON


def _work_before(view: View) -> np.ndarray:
    """Hours of work in the case before each event."""
    total = np.concatenate(([0.0], np.cumsum(np.where(view.by_person, view.work, 0))))
    return total[:-1] - total[view.columns.offsets[view.columns.case]]


def _share_before(view: View, granted: Places) -> float:
    """Which share of their work cases had behind them at the check, among those let through."""
    total = np.concatenate(([0.0], np.cumsum(np.where(view.by_person, view.work, 0))))
    case = view.columns.case[granted]
    whole = total[view.columns.offsets[case + 1]] - total[view.columns.offsets[case]]
    done = _work_before(view)[granted]
    worth = whole > 0
    return float(np.median(done[worth] / whole[worth])) if worth.any() else 0.0


def _steps_before(view: View, refused: Places) -> Exhibit:
    """Work lost by step."""
    columns = view.columns
    hours: dict[int, float] = {}
    for place in refused:
        begin = int(columns.offsets[columns.case[place]])
        for event in range(begin, int(place)):
            if view.by_person[event] and view.work[event] > 0:
                step = int(columns.activity[event])
                hours[step] = hours.get(step, 0.0) + float(view.work[event])
    rows = sorted(((columns.activities[k], value) for k, value in hours.items()), key=lambda row: -row[1])
    return Exhibit("work_lost", "bars", ("step", "hours:work"), tuple(rows[:10]))
