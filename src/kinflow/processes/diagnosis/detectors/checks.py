"""Bloat: checks that (nearly) always say yes.

Asked by the exact binomial test: would so few refusals come up if one in twenty were refused? The refusal rate is told
with Clopper and Pearson's interval.
"""

from collections.abc import Iterator

import numpy as np

from ..chances import at_most, share_between
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Places, View

WORTHWHILE = 0.05
"""Checks that refuse less than this share are in question."""
ARE_ANSWERS = 0.5
"""A step is a check if this share of its outcomes mean yes or no."""


def answers_of(view: View, places: Places) -> tuple[Places, Places] | None:
    """The events among these that said yes, and that said no; None if the step is no check."""
    outcomes = view.context.outcomes
    if outcomes is None or not len(places):
        return None
    yes = [k for k, value in enumerate(outcomes.values) if value.lower() in view.context.approvals]
    no = [k for k, value in enumerate(outcomes.values) if value.lower() in view.context.refusals]
    said = outcomes.codes[places]
    granted, refused = np.isin(said, yes), np.isin(said, no)
    known = int((said >= 0).sum())
    if not known or granted.sum() + refused.sum() < ARE_ANSWERS * known:
        return None
    return places[granted], places[refused]


def one_outcome(view: View) -> Iterator[Candidate]:
    """One candidate for each check."""
    for step, places in enumerate(view.by_step):
        answers = answers_of(view, places)
        if answers is not None:
            yield _candidate(view, view.columns.activities[step], *answers)


def _candidate(view: View, step: str, granted: Places, refused: Places) -> Candidate:
    total, no = len(granted) + len(refused), len(refused)
    p = at_most(no, total, WORTHWHILE)

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        places = np.sort(np.concatenate((granted, refused)))
        loss = loss_of(view, places, with_work=True)
        low, high = share_between(no, total)
        return (
            {
                "step": step,
                "times": total,
                "refused": no,
                "rate": no / total,
                "low": low,
                "high": high,
                "wait": float(view.wait[places].mean()),
                "work": float(view.work[places].mean()),
            },
            loss,
            (
                Exhibit("outcomes", "bars", ("outcome", "count:events"), (("yes", total - no), ("no", no))),
                _by_unit(view, granted, refused),
            ),
        )

    return Candidate("one_outcome", (step,), Test("binomial", p, "share", no / max(total, 1)), True, tell)


def _by_unit(view: View, granted: Places, refused: Places) -> Exhibit:
    units = view.columns.units
    yes = np.bincount(view.columns.unit[granted] + 1, minlength=len(units) + 1)[1:]
    no = np.bincount(view.columns.unit[refused] + 1, minlength=len(units) + 1)[1:]
    rows = tuple(
        (units[k], int(yes[k] + no[k]), int(no[k])) for k in np.argsort(-(yes + no)) if yes[k] + no[k]
    )
    return Exhibit("checks_by_unit", "table", ("unit", "count:events", "count:refused"), rows[:12])
