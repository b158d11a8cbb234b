"""Departments out of step: cases wait where one unit gives them to another.

Asked by Mann-Whitney: do cases wait longer at this border than for the next event of somebody who has them already?
Each wait is split into its causes (`causes.split`).
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from ..causes import main_cause, shares_of, split
from ..chances import larger
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Places, View
from .lone_experts import by_month

LEAST = 20
MANY, MAIN = 3, 0.6
"""A unit that gives to so many, none of them with this share of the waiting, makes one finding for all of them."""


def borders(view: View) -> Iterator[Candidate]:
    """One candidate for each ordered pair of units between which cases went often enough, and for units that give to
    many."""
    turns = view.unit_turns
    crossing = np.flatnonzero(turns.follows())
    if not len(crossing):
        return
    pairs = turns.code[crossing].astype(np.int64) * len(view.columns.units) + turns.code[crossing + 1]
    order = np.argsort(pairs, kind="stable")
    values, begins = np.unique(pairs[order], return_index=True)
    given: dict[int, list[Places]] = defaultdict(list)
    for value, part in zip(values, np.split(order, begins[1:]), strict=True):
        places = np.sort(turns.first[crossing[part] + 1])
        giver, taker = divmod(int(value), len(view.columns.units))
        given[giver].append(places)
        if len(view.once_a_case(places)) >= LEAST:
            yield _candidate(view, places, view.columns.units[giver], view.columns.units[taker])
    for giver, parts in given.items():
        whole = np.sort(np.concatenate(parts))
        most = max(float(view.wait[places].sum()) for places in parts)
        if (
            len(parts) >= MANY
            and most < MAIN * view.wait[whole].sum()
            and len(view.once_a_case(whole)) >= LEAST
        ):
            yield _candidate(view, whole, view.columns.units[giver], "")


def _candidate(view: View, places: Places, giver: str, taker: str) -> Candidate:
    found = larger(view.wait[view.once_a_case(places)], view.inside_waits)
    is_large = found.effect >= 0.6 and float(view.wait[places].mean()) > 0.5

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        loss = loss_of(
            view, places, usual=float(np.median(view.inside_waits)) if len(view.inside_waits) else 0
        )
        parts = split(view, places)
        cause, share = main_cause(view, places, parts)
        return (
            {
                "unit": giver,
                "other": taker,
                "times": len(places),
                "wait": float(view.wait[places].mean()),
                "cause": cause,
                "share": share,
            },
            loss,
            (
                Exhibit("causes", "bars", ("cause", "share:time"), shares_of(parts)),
                by_month(view, places, view.wait[places]),
            ),
        )

    test = Test("mann_whitney", found.p, "a12", found.effect)
    kind, subject = ("border", (giver, taker)) if taker else ("many_borders", (giver,))
    return Candidate(kind, subject, test, is_large, tell, is_general=True)
