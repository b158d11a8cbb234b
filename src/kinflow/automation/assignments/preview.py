"""A scoring tried on the work of the past: who would have got what. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone

from kinflow.conditions import Condition, Context, parse, to_q
from kinflow.eventlog import Actor
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.pages.wanted import Vocabulary

from ..criteria.items import with_related
from ..criteria.load import Load
from ..eligibility import HasRoom
from ..scorings.drafts import Draft
from .evaluation import ELIGIBLE, evaluate
from .situations import situation_for

SAMPLE = 200


@dataclass(frozen=True)
class Share:
    """What one person would have got, and what they have of the sample now."""

    person_id: int
    name: str
    items: int
    now_has: int


@dataclass(frozen=True)
class Preview:
    """What the draft gives on the last items of its kind."""

    sample: int
    shares: Sequence[Share]
    unassigned: int
    changed: int
    mean_points: float
    example: Any = None


def preview(
    kind: str,
    draft: Draft,
    condition: dict[str, Any],
    now: datetime,
    *,
    last: int = SAMPLE,
    by: Actor | None = None,
) -> Preview:
    """Give out the last items for which the condition holds, one after the other, as if everybody began with empty hands.

    `by` is who asks: a condition over fields that they may not read is refused, since the count would tell them.

    Load and room are counted along the way, everything else is as it is at `now`.
    """
    rows = _sample(parse(condition or {}, kind, Vocabulary(by) if by else VOCABULARY), kind, now, last)
    situation = situation_for(kind, rows, now)
    if not rows or not len(situation.people.ids):
        return Preview(len(rows), (), len(rows), 0, 0.0)
    rules = tuple(rule for rule in draft.eligibility if not isinstance(rule, HasRoom))
    steady = tuple(w for w in draft.criteria if not isinstance(w.criterion, Load))
    evaluation = evaluate(situation, Draft(steady, rules), by_room=False)
    load_weight = sum(w.weight for w in draft.criteria if isinstance(w.criterion, Load))
    return _played(evaluation, draft, rows, load_weight)


def _sample(wanted: Condition, kind: str, now: datetime, last: int) -> list[Any]:
    context = Context(now, timezone.get_current_timezone())
    found = registry[kind].model._default_manager.filter(to_q(wanted, context)).order_by("-pk")
    return list(with_related(found)[:last])[::-1]


def _played(evaluation: Any, draft: Draft, rows: Sequence[Any], load_weight: float) -> Preview:
    people = evaluation.situation.people
    weight = people.weight or 1.0
    held = np.zeros(len(people.ids))
    limit = np.where(np.isfinite(people.limit), np.maximum(people.limit, 1e-9), max(len(rows), 1) * weight)
    given: list[int] = []
    points = 0.0
    for at in range(len(rows)):
        total = evaluation.points[at] - load_weight * np.clip(held / limit, 0.0, 1.0)
        able = evaluation.excluded_by[at] == ELIGIBLE
        able &= held + weight <= people.limit + 1e-9
        if draft.minimum_points is not None:
            able &= total >= draft.minimum_points
        if not able.any():
            given.append(-1)
            continue
        order = np.lexsort((people.ids, held / limit, np.where(able, -np.round(total, 6), np.inf)))
        best = int(order[0])
        held[best] += weight
        points += float(total[best])
        given.append(best)
    return _summed(people, rows, given, points)


def _summed(people: Any, rows: Sequence[Any], given: Sequence[int], points: float) -> Preview:
    owners = [people.index.get(row.owner_id, -1) for row in rows]
    count = np.bincount([g for g in given if g >= 0], minlength=len(people.ids))
    has = np.bincount([o for o in owners if o >= 0], minlength=len(people.ids))
    shares = [
        Share(int(people.ids[i]), people.persons[i].name, int(count[i]), int(has[i]))
        for i in np.lexsort((people.ids, -count))
        if count[i] or has[i]
    ]
    assigned = sum(1 for g in given if g >= 0)
    changed = sum(1 for g, o in zip(given, owners, strict=True) if g != o)
    return Preview(len(rows), shares, len(rows) - assigned, changed, points / assigned if assigned else 0.0)
