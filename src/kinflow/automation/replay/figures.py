"""The figures of a replay, gathered item by item and summed at the end."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from kinflow.organisation.matching.baselines import gini

from ..criteria.people import People
from .effects import effect_of
from .logged import Decision
from .models import ReplayMove, ScoringReplay
from .outcomes import MEASURES, cut
from .playing import NOBODY, Pick

FACTS = ("family", "industry", "province", "grade")
"""What makes items alike, that which matters most first."""


@dataclass
class Gathered:
    """A few numbers for each item; people by column, those beyond the columns after them."""

    people: People
    kind: str
    now: datetime
    looked_at: int = 0
    passed_on: int = 0
    own_unread: int = 0
    had: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    gets: list[int] = field(default_factory=list)
    on_card: list[bool] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    facts: list[tuple[int, ...]] = field(default_factory=list)
    outcomes: list[tuple[float, ...]] = field(default_factory=list)
    able: set[int] = field(default_factory=set)
    _codes: dict[str, dict[str, int]] = field(default_factory=dict)
    _strangers: dict[int, int] = field(default_factory=dict)

    def take(
        self,
        replay: ScoringReplay,
        chunk: Sequence[Decision],
        own: Sequence[Pick | None],
        new: Sequence[Pick | None],
    ) -> list[ReplayMove]:
        """Take in what was played, and tell what moved."""
        moves = []
        for one, mine, pick in zip(chunk, own, new, strict=True):
            assert pick is not None
            self._take(one, mine, pick)
            if self.gets[-1] != self.had[-1]:
                moves.append(self._move(replay, one, pick))
        return moves

    def _take(self, one: Decision, own: Pick | None, pick: Pick) -> None:
        had = self._column(one.person_id)
        self.had.append(had)
        self.gets.append(pick.column)
        self.own.append(had if own is None else own.column)
        self.own_unread += own is None
        self.able.update(np.flatnonzero(pick.able).tolist())
        ids = self.people.ids
        named = {c["person"] for c in one.candidates()}
        self.on_card.append(pick.column != NOBODY and int(ids[pick.column]) in named)
        was = pick.points[had] if had < len(ids) else np.nan
        becomes = pick.points[pick.column] if pick.column != NOBODY else np.nan
        self.points.append((float(was), float(becomes)))
        self.facts.append(tuple(self._code(name, getattr(one.item, name)) for name in FACTS))
        is_theirs = one.item.owner_id == one.person_id
        self.passed_on += not is_theirs
        values = (m.value(one.record, self.now) if is_theirs else np.nan for m in MEASURES.get(self.kind, ()))
        self.outcomes.append(tuple(values))

    def _column(self, person_id: int) -> int:
        found = self.people.index.get(person_id)
        if found is None:
            found = self._strangers.setdefault(person_id, len(self.people.ids) + len(self._strangers))
        return found

    def _code(self, name: str, value: str) -> int:
        known = self._codes.setdefault(name, {})
        return known.setdefault(value, len(known))

    def _move(self, replay: ScoringReplay, one: Decision, pick: Pick) -> ReplayMove:
        was, becomes = self.points[-1]
        return ReplayMove(
            replay=replay,
            at=one.at,
            object_id=one.item.id,
            before_id=one.person_id,
            after_id=int(self.people.ids[pick.column]) if pick.column != NOBODY else None,
            points_before=was if np.isfinite(was) else None,
            points_after=becomes if np.isfinite(becomes) else None,
            is_on_card=self.on_card[-1],
            is_own=self.own[-1] != self.had[-1],
        )

    def figures(self) -> dict[str, Any]:
        """All figures, as plain values."""
        had, own, gets = (np.array(column, np.int64) for column in (self.had, self.own, self.gets))
        moved = gets != had
        width = len(self.people.ids) + len(self._strangers)
        counts = [np.bincount(column[column >= 0], minlength=width) for column in (had, own, gets)]
        among = np.array(sorted(self.able | set(np.flatnonzero(sum(counts)).tolist())), np.int64)
        points = np.array(self.points, np.float64).reshape(-1, 2)
        both = np.isfinite(points).all(axis=1)
        return {
            "items": len(had),
            "gone": self.looked_at - len(had),
            "passed_on": self.passed_on,
            "own_unread": self.own_unread,
            "moved": int(moved.sum()),
            "moved_by_own": int((own != had).sum()),
            "moved_from_own": int((gets != own).sum()),
            "on_card": int((moved & np.array(self.on_card, np.bool_)).sum()),
            "nobody": int((gets == NOBODY).sum()),
            "points": [float(points[both, k].mean()) if both.any() else None for k in (0, 1)],
            "gini": [gini(count[among]) for count in counts],
            "people": self._shares(counts, among),
            "outcomes": self._effects(had, gets),
        }

    def _shares(self, counts: Sequence[Any], among: Any) -> list[dict[str, Any]]:
        ids = [int(pk) for pk in self.people.ids] + list(self._strangers)
        names = {p.pk: p.name for p in self.people.persons}
        rows = [
            {
                "person": ids[at],
                "name": names.get(ids[at], ""),
                "before": int(counts[0][at]),
                "own": int(counts[1][at]),
                "after": int(counts[2][at]),
            }
            for at in among
            if counts[0][at] or counts[1][at] or counts[2][at]
        ]
        return sorted(rows, key=lambda row: (-max(row["before"], row["after"]), row["person"]))

    def _effects(self, had: Any, gets: Any) -> dict[str, Any]:
        measures = MEASURES.get(self.kind, ())
        if not measures or not len(had):
            return {}
        values = np.array(self.outcomes, np.float64)
        facts = [np.array(column, np.int64) for column in zip(*self.facts, strict=True)]
        return {
            measure.name: asdict(effect_of(cut(values[:, k], measure), had, gets, facts))
            for k, measure in enumerate(measures)
        }
