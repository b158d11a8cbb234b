"""Giving out the items of a period once more by other content, one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..criteria.fairness import Fairness
from ..criteria.load import Load, load_shares
from ..criteria.people import People
from ..criteria.situation import Situation
from ..criteria.working_now import WorkingNow
from ..eligibility import AtWork, HasRoom, Present
from ..scorings.drafts import Draft
from .hands import Hands, Presence, at_moment
from .logged import Decision, Versions, told_values
from .outcomes import ENDS

MOVING_CRITERIA, MOVING_RULES = (Load, Fairness, WorkingNow), (HasRoom, Present, AtWork)
"""What depends on the moment is asked at each item; what the people know and the items are, once for many."""
NOBODY = -1
DECIMALS = 6
DraftOf = Callable[[Decision], Draft | None]


@dataclass(frozen=True)
class Pick:
    """Who gets an item (a column, or NOBODY), everybody's points, and who could get it."""

    column: int
    points: NDArray[np.float64]
    able: NDArray[np.bool_]


class Player:
    """One content (or the versions of then) giving out items in the order of time, with its own hands."""

    def __init__(
        self, people: People, hands: Hands, presence: Presence, versions: Versions, draft_of: DraftOf
    ) -> None:
        self._people, self._hands, self._presence = people, hands, presence
        self._versions, self._draft_of = versions, draft_of

    def play(self, kind: str, chunk: Sequence[Decision]) -> list[Pick | None]:
        """A pick for each decision; None where its content cannot be read any more."""
        found: list[Pick | None] = [None] * len(chunk)
        ready: dict[int, tuple[Draft, Any, Any]] = {}
        places_of: dict[int, list[int]] = {}
        drafts = [self._draft_of(one) for one in chunk]
        for at, content in enumerate(drafts):
            if content is not None:
                places_of.setdefault(id(content), []).append(at)
        for places in places_of.values():
            draft = drafts[places[0]]
            assert draft is not None
            steady = self._steady(kind, [chunk[at] for at in places], draft)
            for row, at in enumerate(places):
                ready[at] = (draft, steady[0][row], steady[1][row])
        for at, one in enumerate(chunk):
            self._hands.advance(one.at.timestamp())
            if at in ready:
                found[at] = self._pick(kind, one, *ready[at])
        return found

    def _steady(self, kind: str, chunk: Sequence[Decision], draft: Draft) -> tuple[Any, Any]:
        """Points and eligibility by what does not depend on the moment: as the cards tell, else by the facts of today."""
        situation = Situation(kind, chunk[0].at, [one.item for one in chunk], self._people)
        points, allowed = np.zeros(situation.shape), np.ones(situation.shape, np.bool_)
        told = self._told(chunk, draft)
        for k, weighted in enumerate(draft.criteria):
            if isinstance(weighted.criterion, MOVING_CRITERIA):
                continue
            values = weighted.criterion.values(situation)
            for (row, column), known in told.items():
                values[row, column] = known.get(k, values[row, column])
            points += weighted.weight * values
        for rule in draft.eligibility:
            if isinstance(rule, MOVING_RULES):
                continue
            may = np.broadcast_to(rule.allows(situation), situation.shape).copy()
            for row, column in told:
                then = self._versions.get(chunk[row].number)
                if then is not None and rule in then.eligibility:
                    may[row, column] = True
            allowed &= may
        return points, allowed

    def _told(self, chunk: Sequence[Decision], draft: Draft) -> dict[tuple[int, int], dict[int, float]]:
        """What the cards tell, by row and column."""
        index = self._people.index
        return {
            (row, index[one["person"]]): told_values(draft, self._versions.get(decision.number), one)
            for row, decision in enumerate(chunk)
            for one in decision.candidates()
            if one["person"] in index
        }

    def _pick(self, kind: str, one: Decision, draft: Draft, points: Any, allowed: Any) -> Pick:
        moment = one.at.timestamp()
        people = at_moment(self._people, self._hands, self._presence.absent(moment))
        situation = Situation(kind, one.at, [one.item], people)
        points, able = points.copy(), allowed & (people.room() > 0)
        on_card = [people.index[c["person"]] for c in one.candidates() if c["person"] in people.index]
        able &= self._presence.works_here(one.at, on_card)
        for weighted in draft.criteria:
            if isinstance(weighted.criterion, MOVING_CRITERIA):
                points += weighted.weight * weighted.criterion.values(situation)[0]
        for rule in draft.eligibility:
            if isinstance(rule, MOVING_RULES):
                able &= np.broadcast_to(rule.allows(situation), situation.shape)[0]
        points = np.round(points, DECIMALS)
        if draft.minimum_points is not None:
            able &= points >= draft.minimum_points
        columns = np.flatnonzero(able)
        if not len(columns):
            return Pick(NOBODY, points, able)
        loads = np.round(load_shares(situation)[columns], DECIMALS)
        order = np.lexsort((people.ids[columns], people.given_at[columns], loads, -points[columns]))
        column = int(columns[order[0]])
        self._hands.take(column, moment, _end(kind, one.record, one.at))
        return Pick(column, points, able)


def _end(kind: str, record: Any, at: datetime) -> float | None:
    """When an item that was given at `at` stopped being work; None while it is open."""
    ended = getattr(record, ENDS[kind], None) if kind in ENDS else None
    return ended.timestamp() if ended is not None and ended >= at else None
