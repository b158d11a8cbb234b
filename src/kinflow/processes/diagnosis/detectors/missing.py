"""Poor internal information: what is missing at a hand-over, and customers who are asked again by somebody else.

Missing is a field of the case's own record that most cases have from their start, that is empty when a unit hands the
case to another, and that the other has to fill. Asked again is a case that waits for its customer once more, because
of another person. Asked of both by the exact binomial test: does it happen in more than one case out of twenty?
"""

from collections.abc import Iterator

import numpy as np

from ..chances import at_least, share_between
from ..context import FieldChanges
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Places, View, name_of
from .lone_experts import by_month

USUAL = 0.05
LEAST = 10
USUALLY_KNOWN = 0.5
"""What fewer cases have from their start is found out by the work; it is not missing."""


def missing(view: View) -> Iterator[Candidate]:
    """One candidate for each field of the case's own record that is filled after a hand-over."""
    changes = view.context.changes
    if changes is None:
        return
    taken = _taken_over(view)
    handed = int(taken.sum())
    filled = (changes.case >= 0) & (changes.before < 0) & (changes.after >= 0) & (changes.unit >= 0)
    for code, name in enumerate(changes.fields):
        known = changes.at_start.get(name)
        if known is None or not len(known) or known.mean() < USUALLY_KNOWN:
            continue
        ours = np.flatnonzero(filled & (changes.field == code))
        ours = ours[taken[changes.case[ours]] & ~known[changes.case[ours]]]
        ours = ours[_by_another_unit(view, changes, ours)]
        if len(ours):
            yield _missing(view, changes, name, ours, handed)


def _taken_over(view: View) -> np.ndarray:
    """Which cases went from unit to unit."""
    turns = view.unit_turns
    taken = np.zeros(view.columns.cases, bool)
    taken[turns.case[1:][turns.follows()]] = True
    return taken


def _by_another_unit(view: View, changes: FieldChanges, ours: Places) -> np.ndarray:
    """Which of these changes were made by another unit than the one that had the case first."""
    turns = view.unit_turns
    first = np.full(view.columns.cases, -1, np.int64)
    cases, at = np.unique(turns.case, return_index=True)
    first[cases] = turns.code[at]
    place = {name: code for code, name in enumerate(view.columns.units)}
    code = np.array([place.get(name, -2) for name in changes.units], np.int64)
    return np.asarray(code[changes.unit[ours]] != first[changes.case[ours]], bool)


def _missing(view: View, changes: FieldChanges, name: str, ours: Places, handed: int) -> Candidate:
    cases, times = np.unique(changes.case[ours], return_counts=True)
    share = len(cases) / max(handed, 1)

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        counts = np.bincount(changes.unit[ours], minlength=len(changes.units))
        facts: dict[str, str | float] = {
            "field": name,
            "cases": len(cases),
            "share": share,
            "known": float(changes.at_start[name].mean()),
            "unit": name_of(changes.units, int(counts.argmax())),
        }
        hours = (times * (view.context.minutes_per_entry / 60)).astype(np.float64)
        rows = tuple((changes.units[k], int(counts[k])) for k in np.argsort(-counts) if counts[k])
        loss = Loss(cases.astype(np.int32), np.zeros(len(cases)), hours)
        return facts, loss, (Exhibit("filled_by", "bars", ("unit", "count:times"), rows[:12]),)

    p = at_least(len(cases), max(handed, 1), USUAL)
    return Candidate("missing", (name,), Test("binomial", p, "share", share), len(cases) >= LEAST, tell)


def asked_again(view: View) -> Iterator[Candidate]:
    """One candidate for each step after which cases wait for the customer."""
    columns = view.columns
    for step, places in enumerate(view.by_step):
        if columns.activities[step] in view.context.asking:
            mine = places[view.by_person[places] & (columns.resource[places] >= 0)]
            case, who = columns.case[mine], columns.resource[mine]
            again = mine[1:][(case[1:] == case[:-1]) & (who[1:] != who[:-1])]
            asked = len(view.once_a_case(mine))
            if asked >= LEAST:
                yield _asked(view, columns.activities[step], again, asked)


def _asked(view: View, step: str, again: Places, asked: int) -> Candidate:
    hits = len(view.once_a_case(again))
    share = hits / asked

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        inner = again + 1 < view.columns.events
        answers = again[inner] + 1
        answers = answers[view.columns.case[answers] == view.columns.case[answers - 1]]
        low, high = share_between(hits, asked)
        facts: dict[str, str | float] = {
            "step": step,
            "cases": hits,
            "times": asked,
            "share": share,
            "low": low,
            "high": high,
            "wait": float(view.wait[answers].mean()) if len(answers) else 0.0,
        }
        return facts, loss_of(view, answers), (by_month(view, answers, view.wait[answers]),)

    p = at_least(hits, asked, USUAL)
    return Candidate("asked_again", (step,), Test("binomial", p, "share", share), hits >= LEAST, tell)
