"""Single-skilled staff: a step, or a step for one group of cases, that hangs on one person and waits for them.

Two things are asked, and both must hold: by a binomial test whether that person does the step for the group more
often than they do it on the whole (for a whole step: than half of it), over all people; and by Mann-Whitney whether
the group waits longer for the step than other cases do (a whole step: than cases wait for other steps). What the
person's absence did is told where cases that came in meanwhile waited longer than others (Mann-Whitney, 5 %). To be
trained are those who do the step for other cases, or else have most to do with the same cases in the same unit, and
have time for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..calendar import DAY
from ..chances import at_least, larger
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..training import whom_to_train
from ..view import Hours, Places, View

LEAST = 20
ALONE = 0.85
TIMES = 1.3
"""The group waits so many times as long as others, at least."""
MOST_VALUES = 60
AWAY = 4 * DAY
"""Somebody of whom the log has nothing for so long was away."""
SURE = 0.05


@dataclass(frozen=True)
class Group:
    """A step's events of one group of cases, and its events of the others."""

    step: int
    attribute: str
    value: str
    ours: Places
    others: Places


def lone_experts(view: View) -> Iterator[Candidate]:
    """One candidate for each step, and for each step and value of an attribute, that one person does nearly alone."""
    for step, places in enumerate(view.by_step):
        mine = places[view.by_person[places]]
        if len(mine) < LEAST:
            continue
        yield from _whole(view, step, mine)
        if len(np.unique(view.columns.resource[mine])) > 2:
            for group in _groups(view, step, mine):
                yield from _grouped(view, group)


def _groups(view: View, step: int, places: Places) -> Iterator[Group]:
    case = view.columns.case[places]
    for name, labels in view.attributes.items():
        if 1 < len(labels.values) <= MOST_VALUES:
            codes = labels.codes[case]
            for code, value in enumerate(labels.values):
                ours = codes == code
                if LEAST <= ours.sum() <= len(places) - LEAST:
                    yield Group(step, name, value, places[ours], places[~ours])


def _top(view: View, places: Places) -> tuple[int, int]:
    counts = np.bincount(view.columns.resource[places])
    person = int(counts.argmax())
    return person, int(counts[person])


def _whole(view: View, step: int, places: Places) -> Iterator[Candidate]:
    person, hits = _top(view, places)
    if hits >= ALONE * len(places) and float(view.work[places].mean()) > 0:
        others = np.flatnonzero(view.by_person & ~view.is_first & (view.columns.activity != step))
        if len(others) < LEAST:
            return
        people = len(np.unique(view.columns.resource[places]))
        p = min(1.0, at_least(hits, len(places), 0.5) * people)
        yield _candidate(view, Group(step, "", "", places, others), person, hits, p)


def _grouped(view: View, group: Group) -> Iterator[Candidate]:
    person, hits = _top(view, group.ours)
    if hits < ALONE * len(group.ours):
        return
    resource = view.columns.resource
    both = np.concatenate((group.ours, group.others))
    if (resource[group.others] == person).mean() > 0.5:
        return
    people = len(np.unique(resource[both]))
    p = min(1.0, at_least(hits, len(group.ours), float((resource[both] == person).mean())) * people)
    yield _candidate(view, group, person, hits, p)


def _candidate(view: View, group: Group, person: int, hits: int, p: float) -> Candidate:
    step = view.columns.activities[group.step]
    waits = larger(view.wait[view.once_a_case(group.ours)], view.wait[view.once_a_case(group.others)])
    usual = float(np.median(view.wait[group.others]))
    mean = float(view.wait[group.ours].mean())
    is_large = waits.effect >= 0.6 and mean > max(1.0, TIMES * float(view.wait[group.others].mean()))

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        loss = loss_of(view, group.ours, usual=usual)
        away = _away(view, group.ours, person)
        trainees = whom_to_train(view, group.ours, group.others if group.attribute else group.ours, person)
        facts: dict[str, str | float] = {
            "step": step,
            "attribute": group.attribute,
            "value": group.value,
            "times": len(group.ours),
            "share": hits / len(group.ours),
            "wait": mean,
            "usual": float(view.wait[group.others].mean()),
        }
        absent, there = view.wait[group.ours[away]], view.wait[group.ours[~away]]
        if larger(absent, there).p < SURE:
            facts |= {
                "away": float(absent.mean()),
                "there": float(there.mean()),
                "meanwhile": int(away.sum()),
            }
        if trainees.rows:
            facts["trainees"] = len(trainees.rows)
        months = by_month(view, group.ours, view.wait[group.ours])
        return facts, loss, (_people(view, group), trainees, months)

    subject = (step, group.attribute, group.value) if group.attribute else (step,)
    test = Test("binomial_mann_whitney", max(p, waits.p), "a12", waits.effect)
    return Candidate("single_skilled", subject, test, is_large, tell)


def _away(view: View, places: Places, person: int) -> np.ndarray:
    """Which of these events became ready while the person was absent; where that is not known, while they left no trace
    in the log for days."""
    ready = view.ready_at[places]
    known = view.context.people.away.get(person)
    if known is not None:
        at = np.searchsorted(known.begins, ready, side="right")
        return np.asarray((at > 0) & (ready < known.ends[np.maximum(at - 1, 0)]), bool)
    seen = np.unique(view.columns.at[view.columns.resource == person] // (DAY // 24)) * (DAY // 24)
    gap = np.flatnonzero(np.diff(seen) > AWAY)
    away = np.zeros(len(places), bool)
    for k in gap:
        away |= (ready > seen[k]) & (ready < seen[k + 1])
    return away


def _people(view: View, group: Group) -> Exhibit:
    """Who does the step, for the group and for the others: the person's line of the matrix of steps and people."""
    people = view.columns.resources
    ours = np.bincount(view.columns.resource[group.ours], minlength=len(people))
    others = np.zeros(len(people), np.int64)
    if group.attribute:
        others = np.bincount(view.columns.resource[group.others], minlength=len(people))
    rows = tuple(
        (people[k], int(ours[k]), int(others[k])) for k in np.argsort(-(ours + others)) if ours[k] + others[k]
    )
    return Exhibit("who_can", "table", ("person", "count:ours", "count:others"), rows[:15], per_person=True)


def by_month(view: View, places: Places, waits: Hours) -> Exhibit:
    """Mean wait by month of begin."""
    months = view.columns.begun_at[places].astype("datetime64[us]").astype("datetime64[M]")
    rows = tuple(
        (str(month), float(waits[months == month].mean()), int((months == month).sum()))
        for month in np.unique(months)
    )
    return Exhibit("by_month", "line", ("month", "hours:mean", "count:events"), rows)
