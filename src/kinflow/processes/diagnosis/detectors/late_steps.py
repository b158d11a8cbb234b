"""What precedes a missed goal: the step at which late cases lost more than anywhere else.

Late is what takes longer than the process's goal. Late cases wait longer at every step, so this proves nothing. Asked
by Mann-Whitney, among late cases only: do they lose more at this step than at their other steps, each against the
median wait of cases in time for the same step? Each late case counts once on each side, with the most it lost. Steps
that cases in time hardly go through are another way, no lost time, and left out (`groups` asks of ways). Where late
cases lose their time is no size of what could be gained: no hours or money are told.
"""

from collections.abc import Iterator

import numpy as np

from ..causes import main_cause, shares_of, split
from ..chances import larger
from ..found import Candidate, Exhibit, Loss, Test
from ..view import Hours, Mask, Places, View

LEAST = 30
SHARE = 0.3
"""The step stands for this share of all that late cases lost."""


def late_steps(view: View) -> Iterator[Candidate]:
    """One candidate for each step that late cases wait for."""
    goal = view.context.goal_hours
    if goal is None:
        return
    late = view.lasts > goal
    places = np.flatnonzero(~view.is_first)
    ours = late[view.columns.case[places]]
    if late.sum() < LEAST or (~late).sum() < LEAST:
        return
    usual = _usual(view, places[~ours])
    places = places[ours]
    against = usual[view.columns.activity[places]]
    whole = float(np.maximum(view.wait[places] - np.nan_to_num(against), 0).sum())
    known = np.isfinite(against)
    places, lost = places[known], (view.wait[places] - against)[known]
    for step in range(len(view.columns.activities)):
        mine = view.columns.activity[places] == step
        if len(np.unique(view.columns.case[places[mine]])) >= LEAST:
            yield _candidate(view, step, places, lost, mine, whole)


def _usual(view: View, places: Places) -> Hours:
    """How long cases in time wait for each step (median), NaN where hardly any does."""
    step, wait = view.columns.activity[places], view.wait[places]
    usual = np.full(len(view.columns.activities), np.nan)
    for code in range(len(usual)):
        waits = wait[step == code]
        if len(waits) >= LEAST:
            usual[code] = np.median(waits)
    return usual


def _candidate(view: View, step: int, places: Places, lost: Hours, mine: Mask, whole: float) -> Candidate:
    columns = view.columns
    name = columns.activities[step]
    found = larger(_most(view, places[mine], lost[mine]), _most(view, places[~mine], lost[~mine]))
    share = float(np.maximum(lost[mine], 0).sum() / whole) if whole > 0 else 0.0
    is_large = found.effect >= 0.6 and share >= SHARE

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        where = places[mine]
        parts = split(view, where)
        cause, cause_share = main_cause(view, where, parts)
        usual = float(view.wait[where].mean() - lost[mine].mean())
        facts: dict[str, str | float] = {
            "step": name,
            "cases": len(np.unique(columns.case[where])),
            "wait": float(view.wait[where].mean()),
            "usual": usual,
            "lost": share,
            "cause": cause,
            "share": cause_share,
        }
        exhibits = (
            _by_step(view, places, lost),
            Exhibit("causes", "bars", ("cause", "share:time"), shares_of(parts)),
        )
        cases = np.unique(columns.case[where]).astype(np.int32)
        return facts, Loss(cases, np.zeros(len(cases)), np.zeros(len(cases))), exhibits

    test = Test("mann_whitney", found.p, "a12", found.effect)
    return Candidate("late_step", (name,), test, is_large, tell)


def _most(view: View, places: Places, lost: Hours) -> Hours:
    """The most each case lost at these events."""
    cases, place = np.unique(view.columns.case[places], return_inverse=True)
    most = np.full(len(cases), -np.inf)
    np.maximum.at(most, place.ravel(), lost)
    return most


def _by_step(view: View, places: Places, lost: Hours) -> Exhibit:
    names = view.columns.activities
    sums = np.bincount(view.columns.activity[places], weights=np.maximum(lost, 0), minlength=len(names))
    whole = max(float(sums.sum()), 1e-9)
    rows = tuple((names[k], float(sums[k] / whole)) for k in np.argsort(-sums)[:8] if sums[k])
    return Exhibit("lost_by_step", "bars", ("step", "share:lost"), rows)
