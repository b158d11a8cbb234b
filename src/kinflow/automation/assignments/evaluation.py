"""The scoring of all pairs at once: points by criterion, who is eligible, and what excluded the others."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..criteria.load import load_shares
from ..criteria.situation import Situation
from ..scorings.drafts import Draft
from .reserved import not_for_them

ELIGIBLE, HANDED_BACK, TOO_FEW, FULL, DECLINED, RESERVED = -1, -2, -3, -4, -5, -6
"""What `excluded_by` holds beside the index of a rule: nothing, handed it back, below the minimum points, no room,
declined it or let its offer run out, is not of those whom it is for."""
DECIMALS = 6


@dataclass(frozen=True)
class Evaluation:
    """Points and eligibility of each pair, shape (items, people).

    `parts` are the weighted points of each criterion in the draft's order; `excluded_by` is −1 for who is eligible, else
    the index of the first rule that excludes them (or one of the special reasons).
    """

    situation: Situation
    draft: Draft
    parts: tuple[NDArray[np.float64], ...]
    points: NDArray[np.float64]
    excluded_by: NDArray[np.int16]

    @property
    def eligible(self) -> NDArray[np.bool_]:
        """Who may get what."""
        return np.equal(self.excluded_by, ELIGIBLE)

    def ranked(self, item: int) -> list[int]:
        """The eligible people for the item, the best first; ties go to who has less load, then to who waited longest."""
        people = self.situation.people
        able = np.flatnonzero(self.excluded_by[item] == ELIGIBLE)
        order = np.lexsort(
            (
                people.ids[able],
                people.given_at[able],
                np.round(load_shares(self.situation)[able], DECIMALS),
                -self.points[item, able],
            )
        )
        return [int(p) for p in able[order]]

    def exclusions(self, item: int) -> Counter[int]:
        """How many people each reason excludes from the item."""
        row = self.excluded_by[item]
        return Counter(int(r) for r in row[row != ELIGIBLE])


def evaluate(
    situation: Situation,
    draft: Draft,
    *,
    without: Collection[int] = (),
    barred: Collection[tuple[int, int]] = (),
    asked: Collection[tuple[int, int]] = (),
    by_room: bool = True,
) -> Evaluation:
    """Score every pair.

    `without` are the ids of people who may not get any of these items, `barred` those of (item, person) where the
    person handed the item back, `asked` those where they did not take it when it was offered. Nobody is
    eligible beyond their capacity, whether a rule says so or not, unless room is counted elsewhere (`by_room`).

    Points are the weighted sum of the criteria's values (a linear additive value model: R. L. Keeney, H. Raiffa,
    Decisions with Multiple Objectives, 1976), rounded to six decimals so that equal means equal.
    """
    parts = tuple(w.weight * w.criterion.values(situation) for w in draft.criteria)
    points = np.round(sum(parts, np.zeros(situation.shape)), DECIMALS)
    excluded = np.full(situation.shape, ELIGIBLE, np.int16)
    if without:
        excluded[:, np.isin(situation.people.ids, list(without))] = HANDED_BACK
    rows = {item.id: at for at, item in enumerate(situation.items)} if barred or asked else {}
    for pairs, reason in ((asked, DECLINED), (barred, HANDED_BACK)):
        for item_id, person_id in pairs:
            if item_id in rows and person_id in situation.people.index:
                excluded[rows[item_id], situation.people.index[person_id]] = reason
    if (others := not_for_them(situation)) is not None:
        excluded[(excluded == ELIGIBLE) & others] = RESERVED
    for at, rule in enumerate(draft.eligibility):
        allowed = np.broadcast_to(rule.allows(situation), situation.shape)
        excluded[(excluded == ELIGIBLE) & ~allowed] = at
    if by_room:
        excluded[(excluded == ELIGIBLE) & (situation.people.room() <= 0)] = FULL
    if draft.minimum_points is not None:
        excluded[(excluded == ELIGIBLE) & (points < draft.minimum_points)] = TOO_FEW
    return Evaluation(situation, draft, parts, points, excluded)
