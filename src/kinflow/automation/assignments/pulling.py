"""Pulling: "give me my next best item"."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import NotFound
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit

from ..offers.queries import asked_pairs
from ..scorings.drafts import Draft
from ..scorings.using import current_version, draft_of, scorings_for
from .actions import take
from .evaluation import evaluate
from .handed_back import handed_back_pairs
from .locking import lock_assignment
from .situations import situation_of
from .unowned import waiting

LOOKED_AT = 200


@dataclass(frozen=True)
class Fitting:
    """An item that a person is eligible for; `share` are its points between the least and the most of its scoring."""

    row: Any
    points: float
    share: float


def fitting(kind: str, person: Person, *, now: datetime | None = None) -> list[Fitting]:
    """What of the kind is nobody's, open, and the person is eligible for, the oldest first.

    Looks at the oldest `LOOKED_AT` items, each by its own scoring; what the person handed back does not come again.
    """
    ids = list(waiting(kind).values_list("pk", flat=True)[:LOOKED_AT])
    chosen = scorings_for(kind, ids)
    barred, asked = handed_back_pairs(kind, ids), asked_pairs(kind, ids)
    found: list[Fitting] = []
    for scoring in {s.pk: s for s in chosen.values()}.values():
        own = [pk for pk in ids if pk in chosen and chosen[pk].pk == scoring.pk]
        rows, situation = situation_of(kind, own, now or timezone.now())
        column = situation.people.index.get(person.pk)
        if column is None:
            return []
        draft = draft_of(current_version(scoring))
        evaluation = evaluate(situation, draft, barred=barred, asked=asked)
        for at in np.flatnonzero(evaluation.eligible[:, column]):
            points = float(evaluation.points[at, column])
            found.append(Fitting(rows[at], points, share_of(points, draft)))
    return sorted(found, key=lambda one: int(one.row.pk))


def share_of(points: float, draft: Draft) -> float:
    """Where points stand between the least (0) and the most (1) that the scoring can give.

    So points of different scorings can be compared: each criterion's value lies between 0 and its sign, times its weight.
    """
    reach = [weighted.weight * weighted.criterion.sign for weighted in draft.criteria]
    low, high = sum(min(0.0, w) for w in reach), sum(max(0.0, w) for w in reach)
    return min(1.0, max(0.0, (points - low) / (high - low))) if high > low else 0.0


def next_best(kind: str, person: Person, *, now: datetime | None = None) -> tuple[Any, float] | None:
    """The item of the kind that suits the person best, with its points; None where there is none."""
    best = max(fitting(kind, person, now=now), key=lambda one: one.points, default=None)
    return None if best is None else (best.row, best.points)


@action
def take_next_best(*, kind: str, person: Person, by: Actor) -> Any:
    """Give the person their next best item, through the kind's own assign action; who asks at the same time waits.

    Raises NotFound where there is none.
    """
    permit(by, kind=kind)
    lock_assignment()
    found = next_best(kind, person)
    if found is None:
        raise NotFound(_("There is nothing waiting that suits you."), remedy=_("Look again later."))
    return take(record=found[0], person=person, by=by)
