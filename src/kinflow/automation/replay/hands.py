"""Who has what in hand at each moment of a replay."""

import heapq
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from numpy.typing import NDArray

from kinflow.organisation.models import Absence
from kinflow.records.faces import registry

from ..criteria.people import People
from ..scorings.models import Scoring
from .logged import decided
from .outcomes import ENDS


class Others:
    """Work of the kind that the replay does not give out: it comes and goes as it did."""

    def __init__(self, scoring: Scoring, people: People, since: datetime, until: datetime) -> None:
        face, end = registry[scoring.kind], ENDS.get(scoring.kind)
        assert face.work is not None
        still = Q(**face.work.open)
        rows: Any = face.model._default_manager.filter(owner__isnull=False, assigned_at__lt=until)
        rows = rows.filter(Q(**{f"{end}__gt": since}) | Q(**{end: None}) & still if end else still)
        replayed = decided(scoring, since, until).filter(object_id=OuterRef("pk"))
        rows = rows.filter(~Exists(replayed)).order_by()
        comes: list[tuple[float, int, float]] = []
        for owner_id, at, ended in rows.values_list(
            "owner_id", "assigned_at", end or "assigned_at"
        ).iterator():
            if (column := people.index.get(owner_id)) is None:
                continue
            comes.append((at.timestamp(), column, people.weight))
            if end and ended is not None:
                comes.append((ended.timestamp(), column, -people.weight))
        comes.sort()
        self.at = np.array([c[0] for c in comes])
        self.column = np.array([c[1] for c in comes], np.int64)
        self.weight = np.array([c[2] for c in comes])


class Hands:
    """What everybody holds as a replay goes on."""

    def __init__(self, people: People, others: Others) -> None:
        self.held = np.zeros(len(people.ids))
        self.given_at = np.zeros(len(people.ids))
        self._weight, self._others, self._next = people.weight, others, 0
        self._ends: list[tuple[float, int]] = []

    def advance(self, at: float) -> None:
        """Let time go on to `at`: other work comes and goes, and given items end."""
        upto = int(np.searchsorted(self._others.at, at, side="right"))
        if upto > self._next:
            np.add.at(
                self.held, self._others.column[self._next : upto], self._others.weight[self._next : upto]
            )
            self._next = upto
        while self._ends and self._ends[0][0] <= at:
            self.held[heapq.heappop(self._ends)[1]] -= self._weight
        np.maximum(self.held, 0.0, out=self.held)

    def take(self, column: int, at: float, end: float | None) -> None:
        """Give somebody an item that ends at `end` (None: not within the replay)."""
        self.held[column] += self._weight
        self.given_at[column] = at
        if end is not None:
            heapq.heappush(self._ends, (max(end, at), column))


class Presence:
    """Who is there at a moment: works here already and still, and is not absent."""

    def __init__(self, people: People, since: datetime, until: datetime) -> None:
        rows = Absence.objects.filter(starts_at__lt=until, ends_at__gt=since)
        known = [
            (people.index[pk], starts.timestamp(), ends.timestamp())
            for pk, starts, ends in rows.values_list("person_id", "starts_at", "ends_at")
            if pk in people.index
        ]
        self._column = np.array([k[0] for k in known], np.int64)
        self._from, self._to = np.array([k[1] for k in known]), np.array([k[2] for k in known])
        self._came = np.array([p.created_at.timestamp() for p in people.persons])
        self._left = np.array([p.left_on.toordinal() if p.left_on else 10**7 for p in people.persons])

    def absent(self, at: float) -> NDArray[np.bool_]:
        """Who is absent."""
        away = np.zeros(len(self._came), np.bool_)
        away[self._column[(self._from <= at) & (self._to > at)]] = True
        return away

    def works_here(self, at: datetime, known: Sequence[int]) -> NDArray[np.bool_]:
        """Who works here; those at the columns `known` surely came already."""
        here: NDArray[np.bool_] = self._came <= at.timestamp()
        here[list(known)] = True
        return here & (self._left > timezone.localdate(at).toordinal())


def at_moment(people: People, hands: Hands, absent: NDArray[np.bool_]) -> People:
    """The people with what they hold at a moment."""
    return replace(people, held=hands.held, given_at=hands.given_at, absent=absent)
