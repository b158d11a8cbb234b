"""Where slow, lost and late cases come from: values of attributes, and steps on the way, against all other cases.

Slow is asked by Mann-Whitney over the cases' durations, lost and late (against the goal) by Fisher's exact test; and
both again among cases that are alike in each of the other attributes (`alike`). Of a step on the way it is asked as
of a landmark (Anderson, Cain and Gelber 1983): among the cases still open after so many events as it usually takes
until the step, those that have been through it by then against those that have not; slow is what lasts long from
there. What is found goes with it and need not cause it: so no hours or money are told as its size, and it stands
last.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..alike import MOST_VALUES, least_larger, least_more_often
from ..calendar import HOUR
from ..chances import larger, more_often
from ..found import Candidate, Exhibit, Loss, Test
from ..view import Hours, Mask, View

LEAST = 30
SAME = 0.95
"""Two steps whose cases are the same but for a twentieth are told once."""
SURE = 0.05
CERTAIN = 0.99
"""What all cases of a group share is known from their end, and no reason for it."""


@dataclass(frozen=True)
class Group:
    """Cases that have something in common, a value of an attribute, or (without attribute) a step on their way; and the
    others. `lasts` is how long cases last that are compared by time; of a step it counts from its landmark on, after so
    many events (`after`)."""

    attribute: str
    value: str
    ours: Mask
    others: Mask
    lasts: Hours
    after: int | None = None

    @property
    def facts(self) -> dict[str, str | float]:
        """What the group is, and how many cases are in it."""
        known: dict[str, str | float] = {
            "attribute": self.attribute,
            "value": self.value,
            "cases": int(self.ours.sum()),
        }
        return known if self.after is None else known | {"after": self.after}


def groups(view: View) -> Iterator[Candidate]:
    """One candidate for each group and each of slow, lost and late."""
    context = view.context
    over = np.diff(view.columns.offsets) > 0
    if context.success or context.failure:
        over &= view.reaches(context.success | context.failure)
    lost = view.reaches(context.failure) & over if context.failure else None
    late = view.lasts > context.goal_hours if context.goal_hours is not None else None
    told = _ends_told(view, lost) if lost is not None else frozenset()
    for group in (*_of_attributes(view, over), *_of_steps(view, over)):
        if min(group.ours.sum(), group.others.sum()) < LEAST or group.attribute in told:
            continue
        yield _slow(view, group)
        for kind, bad in (("lost_group", lost), ("late_group", late)):
            if bad is not None:
                yield _share(view, kind, group, bad)


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


def _of_attributes(view: View, over: Mask) -> Iterator[Group]:
    for name, labels in view.attributes.items():
        if 1 < len(labels.values) <= MOST_VALUES:
            for code, value in enumerate(labels.values):
                members = labels.codes == code
                yield Group(name, value, members & over, ~members & over, view.lasts)


def _of_steps(view: View, over: Mask) -> Iterator[Group]:
    columns, told = view.columns, list[Mask]()
    ends = view.context.success | view.context.failure
    position = np.arange(columns.events) - columns.offsets[columns.case]
    lengths = np.diff(columns.offsets)
    for step, places in enumerate(view.by_step):
        if columns.activities[step] in ends or not len(places):
            continue
        first = view.once_a_case(places)
        landmark = int(np.median(position[first]))
        open_yet = over & (lengths > landmark + 2)
        through = np.zeros(columns.cases, bool)
        through[columns.case[first[position[first] <= landmark]]] = True
        ours = through & open_yet
        if ours.any() and not any((ours & each).sum() > SAME * (ours | each).sum() for each in told):
            told.append(ours)
            yield Group(
                "", columns.activities[step], ours, ~through & open_yet, _from(view, landmark), landmark + 1
            )


def _from(view: View, landmark: int) -> Hours:
    """Hours from the end of the event at this place of each case to its end."""
    columns = view.columns
    place = np.minimum(columns.offsets[:-1] + landmark, np.maximum(columns.offsets[1:] - 1, 0))
    hours: Hours = (view.ends_at - columns.at[place]) / HOUR
    return hours


def _slow(view: View, group: Group) -> Candidate:
    lasts, ours, others = group.lasts, group.ours, group.others
    found = larger(lasts[ours], lasts[others])
    median, usual = float(np.median(lasts[ours])), float(np.median(lasts[others]))
    is_large = found.effect >= 0.64 and median > 1.25 * usual
    p = found.p
    if is_large and p < SURE:
        among = least_larger(view, group.attribute, lasts, ours, others)
        p, is_large = max(p, among.p), among.effect >= 0.58

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        facts = group.facts | {"median": median, "usual": usual}
        worst = np.flatnonzero(ours)
        worst = worst[np.argsort(-lasts[worst])]
        return facts, _without_size(worst), (_quartiles(group),)

    test = Test("mann_whitney_alike", p, "a12", found.effect)
    return Candidate("slow_group", (group.attribute, group.value), test, is_large, tell)


def _share(view: View, kind: str, group: Group, bad: Mask) -> Candidate:
    ours, others = group.ours, group.others
    hits, other_hits = int(bad[ours].sum()), int(bad[others].sum())
    share, usual = hits / int(ours.sum()), other_hits / int(others.sum())
    p = more_often(hits, int(ours.sum()), other_hits, int(others.sum()))
    difference = share - usual
    is_large = difference >= 0.1 and share < CERTAIN
    if is_large and p < SURE:
        among = least_more_often(view, group.attribute, bad, ours, others)
        p, is_large = max(p, among.p), among.effect >= 0.06

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        facts = group.facts | {"bad": hits, "share": share, "usual": usual}
        if kind == "lost_group":
            facts |= _worth(view, ours, difference)
        rows = (("ours", share, int(ours.sum())), ("others", usual, int(others.sum())))
        exhibit = Exhibit("shares", "bars", ("group", "share:bad", "count:cases"), rows)
        return facts, _without_size(np.flatnonzero(ours & bad)), (exhibit,)

    test = Test("fisher_alike", p, "difference", difference)
    return Candidate(kind, (group.attribute, group.value), test, is_large, tell)


def _worth(view: View, ours: Mask, difference: float) -> dict[str, str | float]:
    """How many more than usual are lost in a month, and what they would have brought."""
    told: dict[str, str | float] = {"more": difference * int(ours.sum()) / view.months}
    if view.values is not None and view.context.currency:
        worth = difference * float(view.values[ours].sum()) / view.months
        told |= {"worth": worth, "currency": view.context.currency}
    return told


def _without_size(cases: np.ndarray) -> Loss:
    return Loss(cases.astype(np.int32), np.zeros(len(cases)), np.zeros(len(cases)))


def _quartiles(group: Group) -> Exhibit:
    rows = tuple(
        (name, *np.quantile(group.lasts[mask], (0.25, 0.5, 0.75, 0.9)).tolist())
        for name, mask in (("ours", group.ours), ("others", group.others))
    )
    name = "durations" if group.after is None else "durations_from"
    return Exhibit(name, "table", ("group", "lasts:q1", "lasts:half", "lasts:q3", "lasts:p90"), rows)
