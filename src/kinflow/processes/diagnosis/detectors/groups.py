"""Where slow, lost and late cases come from: values of attributes, and steps on the way, against all other cases.

Slow is asked by Mann-Whitney over the cases' durations, lost and late (against the goal) by Fisher's exact test.
Steps are asked of among cases with equally many events (Mantel and Haenszel), for in longer cases there is more of
everything. What is found goes with it and need not cause it: so no hours or money are told, and it stands last.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..chances import larger, more_often, more_often_alike
from ..found import Candidate, Exhibit, Loss, Test
from ..view import Mask, View

LEAST = 30
MOST_VALUES = 60
MOST_EVENTS = 200
CERTAIN = 0.99
"""What all cases of a group share is known from their end, and no reason for it."""


@dataclass(frozen=True)
class Group:
    """Cases that have something in common: a value of an attribute, or (without attribute) a step on their way."""

    attribute: str
    value: str
    members: Mask


def groups(view: View) -> Iterator[Candidate]:
    """One candidate for each group and each of slow, lost and late."""
    context = view.context
    over = np.diff(view.columns.offsets) > 0
    if context.success or context.failure:
        over &= view.reaches(context.success | context.failure)
    lost = view.reaches(context.failure) & over if context.failure else None
    late = view.lasts > context.goal_hours if context.goal_hours is not None else None
    told = _ends_told(view, lost) if lost is not None else frozenset()
    for group in _groups(view, over):
        ours, others = group.members & over, ~group.members & over
        if min(ours.sum(), others.sum()) < LEAST or group.attribute in told:
            continue
        if group.attribute:
            yield _slow(view, group, ours, others)
        for kind, bad in (("lost_group", lost), ("late_group", late)):
            if bad is not None:
                yield _share(view, kind, group, bad, ours, others)


def _ends_told(view: View, lost: Mask) -> frozenset[str]:
    """Attributes that are known from the end only, such as its reason: most lost cases have values that no other case
    has."""
    told = set()
    for name, labels in view.attributes.items():
        known = labels.codes >= 0
        every = np.bincount(labels.codes[known], minlength=len(labels.values) + 1)
        bad = np.bincount(labels.codes[known & lost], minlength=len(labels.values) + 1)
        if bad[bad >= CERTAIN * np.maximum(every, 1)].sum() > lost.sum() / 2:
            told.add(name)
    return frozenset(told)


def _groups(view: View, over: Mask) -> Iterator[Group]:
    for name, labels in view.attributes.items():
        if 1 < len(labels.values) <= MOST_VALUES:
            for code, value in enumerate(labels.values):
                yield Group(name, value, labels.codes == code)
    columns = view.columns
    ends = view.context.success | view.context.failure
    early = np.arange(columns.events) < columns.offsets[columns.case + 1] - 2
    for step, places in enumerate(view.by_step):
        if columns.activities[step] not in ends:
            members = np.zeros(columns.cases, bool)
            members[columns.case[places[early[places]]]] = True
            yield Group("", columns.activities[step], members & over)


def _slow(view: View, group: Group, ours: Mask, others: Mask) -> Candidate:
    found = larger(view.lasts[ours], view.lasts[others])
    median, usual = float(np.median(view.lasts[ours])), float(np.median(view.lasts[others]))
    is_large = found.effect >= 0.64 and median > 1.25 * usual

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        facts: dict[str, str | float] = {
            "attribute": group.attribute,
            "value": group.value,
            "cases": int(ours.sum()),
            "median": median,
            "usual": usual,
        }
        worst = np.flatnonzero(ours)
        worst = worst[np.argsort(-view.lasts[worst])]
        return facts, _without_size(worst), (_quartiles(view, ours, others),)

    test = Test("mann_whitney", found.p, "a12", found.effect)
    return Candidate("slow_group", (group.attribute, group.value), test, is_large, tell)


def _share(view: View, kind: str, group: Group, bad: Mask, ours: Mask, others: Mask) -> Candidate:
    hits, other_hits = int(bad[ours].sum()), int(bad[others].sum())
    share, usual = hits / int(ours.sum()), other_hits / int(others.sum())
    difference = share - usual
    p = more_often(hits, int(ours.sum()), other_hits, int(others.sum()))
    if not group.attribute:
        either = ours | others
        lengths = np.minimum(np.diff(view.columns.offsets), MOST_EVENTS)[either]
        alike = more_often_alike(bad[either], ours[either], lengths)
        p, difference = alike.p, alike.effect

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        facts: dict[str, str | float] = {
            "attribute": group.attribute,
            "value": group.value,
            "cases": int(ours.sum()),
            "bad": hits,
            "share": share,
            "usual": usual,
        }
        rows = (("ours", share, int(ours.sum())), ("others", usual, int(others.sum())))
        exhibit = Exhibit("shares", "bars", ("group", "share:bad", "count:cases"), rows)
        return facts, _without_size(np.flatnonzero(ours & bad)), (exhibit,)

    subject = (group.attribute, group.value)
    test = Test("fisher" if group.attribute else "mantel_haenszel", p, "difference", difference)
    is_large = difference >= 0.1 and share < CERTAIN
    return Candidate(kind, subject, test, is_large, tell)


def _without_size(cases: np.ndarray) -> Loss:
    return Loss(cases.astype(np.int32), np.zeros(len(cases)), np.zeros(len(cases)))


def _quartiles(view: View, ours: Mask, others: Mask) -> Exhibit:
    rows = tuple(
        (name, *np.quantile(view.lasts[mask], (0.25, 0.5, 0.75, 0.9)).tolist())
        for name, mask in (("ours", ours), ("others", others))
    )
    return Exhibit("durations", "table", ("group", "hours:q1", "hours:median", "hours:q3", "hours:p90"), rows)
