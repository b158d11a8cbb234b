"""Bloat: steps that change nothing that the log shows.

A step that stands at its place in most cases and is left out in others: after the step before it, cases go on alike
with it and without it, and end alike. That is not concluded from a difference that was not found; sameness itself is
tested, by two one-sided tests with a margin of ten points (Schuirmann 1987). By the exact binomial test it is asked,
besides, whether the step stands at its place more often than steps follow each other by chance, and whether fields
are changed in fewer than one of twenty of its events. What was said or learned in the step no log tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..chances import at_least, at_most
from ..equivalence import alike
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Mask, Places, View
from .checks import answers_of

LEAST = 40
AT_PLACE = 0.5
"""In this share of its cases the step comes after the same one, and in this share cases go on with the same one."""
CHANGES = 0.05
AFTERWARDS = 5 * 60_000_000
"""Microseconds; a field that is changed so soon after a step was changed by it."""
COSTS = 0.25
"""Hours that a case waits for it and works on it, at least."""


@dataclass(frozen=True)
class Place:
    """Where a step stands: events of the step after the one before it, and the ones before it where it was left out."""

    step: int
    before: int
    after: int
    done: Places
    left_out: Places


def idle_steps(view: View) -> Iterator[Candidate]:
    """One candidate for each step of people that stands at its place and is left out elsewhere."""
    columns = view.columns
    ends = view.context.success | view.context.failure | view.context.reopening | view.context.asking
    following = _following(view)
    for step, places in enumerate(view.by_step):
        mine = places[view.by_person[places] & ~view.is_first[places]]
        mine = mine[following[mine] >= 0]
        if len(mine) < LEAST or columns.activities[step] in ends or answers_of(view, places) is not None:
            continue
        place = _place(view, step, view.once_a_case(mine), following)
        if place is not None:
            yield _candidate(view, place, following)


def _following(view: View) -> Places:
    """The step after each event in its case, -1 after the last."""
    following = np.full(view.columns.events, -1, np.int64)
    following[:-1] = np.where(view.is_first[1:], -1, view.columns.activity[1:])
    return following


def _place(view: View, step: int, mine: Places, following: Places) -> Place | None:
    activity = view.columns.activity
    before = int(np.bincount(activity[mine - 1]).argmax())
    done = mine[activity[mine - 1] == before]
    others = view.by_step[before]
    left_out = view.once_a_case(others[(following[others] >= 0) & (following[others] != step)])
    left_out = left_out[~np.isin(view.columns.case[left_out], view.columns.case[mine])]
    if before == step or min(len(done), len(left_out)) < LEAST:
        return None
    after = int(np.bincount(following[left_out]).argmax())
    return Place(step, before, after, done, left_out)


def _candidate(view: View, place: Place, following: Places) -> Candidate:
    columns = view.columns
    name, before = columns.activities[place.step], columns.activities[place.before]
    every = view.by_step[place.step]
    usual = len(view.by_step[place.before]) / columns.events
    goes_on, goes_on_without = (following[each] == place.after for each in (place.done, place.left_out))
    chances = [
        at_least(len(place.done), len(every), usual),
        alike(int(goes_on.sum()), len(goes_on), int(goes_on_without.sum()), len(goes_on_without)),
    ]
    facts: dict[str, str | float] = {
        "step": name,
        "between": before,
        "times": len(every),
        "cases": len(place.done),
        "left_out": len(place.left_out),
        "same": float(goes_on.mean()),
        "same_usual": float(goes_on_without.mean()),
        "wait": float(view.wait[every].mean()),
        "work": float(view.work[every].mean()),
    }
    well = _well(view)
    if well is not None:
        ours, others = (well[columns.case[each]] for each in (place.done, place.left_out))
        chances.append(alike(int(ours.sum()), len(ours), int(others.sum()), len(others)))
        facts |= {"well": float(ours.mean()), "well_usual": float(others.mean())}
    if view.context.changes is not None:
        changed = int(_changes_something(view, every).sum())
        chances.append(at_most(changed, len(every), CHANGES))
        facts["changed"] = changed / len(every)
    costs = float(view.wait[every].mean() + view.work[every].mean())
    is_large = (
        min(goes_on.mean(), goes_on_without.mean(), len(place.done) / len(every)) >= AT_PLACE
        and costs > COSTS
    )

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        return facts, loss_of(view, every, with_work=True), (_next(view, place, following),)

    test = Test("equivalence", max(chances), "share", float(goes_on.mean()))
    return Candidate("no_change", (name,), test, bool(is_large), tell)


def _well(view: View) -> Mask | None:
    return view.reaches(view.context.success) if view.context.success else None


def _changes_something(view: View, places: Places) -> Mask:
    """During or right after which of these events their doer changed a field of the case or of its customer."""
    changes, columns = view.context.changes, view.columns
    found = np.zeros(len(places), bool)
    if changes is None:
        return found
    known = np.flatnonzero((changes.case >= 0) & (changes.resource >= 0))
    width = np.int64(len(columns.resources) + 1)
    key = changes.case[known].astype(np.int64) * width + changes.resource[known]
    order = np.lexsort((changes.at[known], key))
    ranks = np.unique(np.concatenate((changes.at, columns.begun_at[places], columns.at[places] + AFTERWARDS)))
    scale = len(ranks) + 1
    sorted_keys = key[order] * scale + np.searchsorted(ranks, changes.at[known][order])
    own = (columns.case[places].astype(np.int64) * width + columns.resource[places]) * scale
    first = np.searchsorted(sorted_keys, own + np.searchsorted(ranks, columns.begun_at[places]), side="left")
    last = np.searchsorted(
        sorted_keys, own + np.searchsorted(ranks, columns.at[places] + AFTERWARDS), side="right"
    )
    return np.asarray(last > first, bool)


def _next(view: View, place: Place, following: Places) -> Exhibit:
    """What came next, with the step and without it."""
    names = view.columns.activities
    ours, others = (
        np.bincount(following[each], minlength=len(names)) / len(each)
        for each in (place.done, place.left_out)
    )
    rows = tuple(
        (names[k], float(ours[k]), float(others[k]))
        for k in np.argsort(-(ours + others))[:8]
        if ours[k] + others[k]
    )
    return Exhibit("next_steps", "table", ("step", "share:with", "share:without"), rows)
