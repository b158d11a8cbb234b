"""Division of labour too fine: two steps in a row by different people that one person could do.

Looked at is the first time in each case that the two steps follow each other. Two things are asked, and both must
hold: by Mann-Whitney whether the second waits longer where somebody else does it; and by a one-sided test with a
margin of ten points (non-inferiority) that cases in one hand do not turn out worse: they do not end well less often,
or, where ends are not known, do not have one of the two steps done again more often. Lost counts only what people
handed over who have done both themselves.
"""

from collections.abc import Iterator

import numpy as np

from ..chances import larger
from ..equivalence import not_more
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Mask, Places, View

LEAST = 30
OFTEN = 3
"""Who did both steps in a case so often can do both."""
ABLE = 0.5
"""In this share of the hand-overs one of the two people can do both steps."""
HOURS = 0.5


def one_hand(view: View) -> Iterator[Candidate]:
    """One candidate for each pair of steps that is done by one person in some cases and by two in others."""
    columns = view.columns
    places = np.flatnonzero(view.by_person & (columns.resource >= 0))
    case, step, who = (
        columns.case[places],
        columns.activity[places].astype(np.int64),
        columns.resource[places],
    )
    pairs = np.flatnonzero((case[:-1] == case[1:]) & (step[:-1] != step[1:]))
    if len(pairs) < 2 * LEAST:
        return
    code = step[pairs] * len(columns.activities) + step[pairs + 1]
    order = np.lexsort((pairs, code))
    values, begins = np.unique(code[order], return_index=True)
    for value, part in zip(values, np.split(order, begins[1:]), strict=True):
        windows = pairs[part]
        windows = windows[np.unique(case[windows], return_index=True)[1]]
        same = who[windows] == who[windows + 1]
        if min(same.sum(), (~same).sum()) >= LEAST:
            steps = divmod(int(value), len(columns.activities))
            yield _candidate(view, places[windows], places[windows + 1], same, steps)


def _candidate(view: View, first: Places, second: Places, same: Mask, steps: tuple[int, int]) -> Candidate:
    columns = view.columns
    names = (columns.activities[steps[0]], columns.activities[steps[1]])
    waits = larger(view.wait[second[~same]], view.wait[second[same]])
    worse = _worse(view, second, steps)
    p_worse = not_more(int(worse[same].sum()), int(same.sum()), int(worse[~same].sum()), int((~same).sum()))
    able = _able(view, first, second, same)
    handed, could = ~same, ~same & able
    usual = float(np.median(view.wait[second[same]]))
    gained = float(view.wait[second[handed]].mean()) - float(view.wait[second[same]].mean())
    is_large = waits.effect >= 0.6 and gained > HOURS and could.sum() >= max(LEAST, ABLE * handed.sum())

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        facts: dict[str, str | float] = {
            "step": names[0],
            "between": names[1],
            "cases": int(handed.sum()),
            "wait": float(view.wait[second[handed]].mean()),
            "usual": float(view.wait[second[same]].mean()),
            "same": int(same.sum()),
            "share": float(could.sum() / handed.sum()),
            "worse": float(worse[same].mean()),
            "worse_usual": float(worse[handed].mean()),
        }
        rows = tuple(
            (name, float(view.wait[second[mask]].mean()), int(mask.sum()), float(worse[mask].mean()))
            for name, mask in (("one", same), ("two", handed))
        )
        exhibit = Exhibit("hands", "bars", ("group", "hours:mean", "count:cases", "share:worse"), rows)
        return (
            facts,
            loss_of(view, second[could], usual=usual),
            (exhibit, _units(view, first, second, handed)),
        )

    test = Test("mann_whitney_not_worse", max(waits.p, p_worse), "a12", waits.effect)
    return Candidate("one_hand", names, test, bool(is_large), tell, is_general=True)


def _worse(view: View, second: Places, steps: tuple[int, int]) -> Mask:
    """Which cases turned out badly: not well where ends are known, else one of the steps is done again afterwards."""
    columns = view.columns
    case = columns.case[second]
    if view.context.success:
        return ~view.reaches(view.context.success)[case]
    again = np.concatenate(([0], np.cumsum(np.isin(columns.activity, steps))))
    return np.asarray(again[columns.offsets[case + 1]] > again[second + 1], bool)


def _able(view: View, first: Places, second: Places, same: Mask) -> Mask:
    """Where one of the two people has done both steps in a case often enough."""
    resource = view.columns.resource
    times = np.bincount(resource[second[same]], minlength=len(view.columns.resources))
    able = times >= OFTEN
    return np.asarray(able[resource[first]] | able[resource[second]], bool)


def _units(view: View, first: Places, second: Places, handed: Mask) -> Exhibit:
    """Between which units these hand-overs are."""
    units, unit = view.columns.units, view.columns.unit
    known = handed & (unit[first] >= 0) & (unit[second] >= 0)
    pairs, place, counts = np.unique(
        np.column_stack((unit[first[known]], unit[second[known]])),
        axis=0,
        return_inverse=True,
        return_counts=True,
    )
    waits = np.bincount(place.ravel(), weights=view.wait[second[known]], minlength=len(pairs))
    rows = tuple(
        (units[pairs[k][0]], units[pairs[k][1]], int(counts[k]), float(waits[k] / counts[k]))
        for k in np.argsort(-counts)[:12]
    )
    return Exhibit("handed_between", "table", ("unit:from", "unit:to", "count:times", "hours:mean"), rows)
