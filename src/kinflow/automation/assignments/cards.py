"""The score card of one assignment: who, why, who else, who not; in words in every language."""

from typing import Any

import numpy as np
from django.utils.translation import pgettext

from kinflow.organisation.models import Person

from ..bilingual import in_all_languages
from ..scorings.drafts import Draft
from ..scorings.models import Scoring
from .evaluation import DECLINED, FULL, HANDED_BACK, RESERVED, TOO_FEW, Evaluation

OTHERS = 4
"""The runner-up and the next three."""
Card = dict[str, Any]


def points_words(points: float) -> str:
    """Points with at most one decimal: 17, −6, 8.3."""
    text = f"{abs(round(points, 1)):.1f}".removesuffix(".0")
    return f"−{text}" if round(points, 1) < 0 else text


def reason_words(evaluation: Evaluation, reason: int) -> str:
    """What is said, in the active language, of people a reason excludes."""
    if reason == HANDED_BACK:
        return pgettext("excluded", "handed it back")
    if reason == DECLINED:
        return pgettext("excluded", "did not take it when it was offered")
    if reason == TOO_FEW:
        return pgettext("excluded", "below the minimum points")
    if reason == FULL:
        return pgettext("excluded", "full")
    if reason == RESERVED:
        return pgettext("excluded", "not of the unit or position that it is for")
    return str(evaluation.draft.eligibility[reason].reason)


def reason_key(evaluation: Evaluation, reason: int) -> str:
    """The reason's name for programs."""
    special = {
        HANDED_BACK: "handed_back",
        TOO_FEW: "too_few_points",
        FULL: "has_room",
        DECLINED: "declined",
        RESERVED: "reserved",
    }
    return special.get(reason) or evaluation.draft.eligibility[reason].name


def exclusion_list(evaluation: Evaluation, item: int) -> list[dict[str, Any]]:
    """How many are excluded by which reason, the most frequent first."""
    counted = sorted(evaluation.exclusions(item).items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        {
            "reason": reason_key(evaluation, reason),
            "count": n,
            "text": in_all_languages(lambda r=reason: reason_words(evaluation, r)),  # type: ignore[misc]
        }
        for reason, n in counted
    ]


def candidate(evaluation: Evaluation, item: int, person: int) -> dict[str, Any]:
    """One person with the points of each criterion, the greatest first."""
    situation = evaluation.situation
    lines = [
        {
            "criterion": weighted.criterion.name,
            "weight": weighted.weight,
            "points": round(float(part[item, person]), 2),
            "text": in_all_languages(
                lambda c=weighted.criterion: c.words(situation, item, person)  # type: ignore[misc]
            ),
        }
        for weighted, part in zip(evaluation.draft.criteria, evaluation.parts, strict=True)
    ]
    who = situation.people.persons[person]
    return {
        "person": who.pk,
        "name": who.name,
        "total": round(float(evaluation.points[item, person]), 2),
        "lines": sorted(lines, key=lambda line: -line["points"]),
    }


def card_of(evaluation: Evaluation, item: int, winner: int | None, scoring: Scoring) -> Card:
    """The card of giving the item to the person at column `winner` (None: nobody was eligible)."""
    people = evaluation.situation.people
    others = [p for p in evaluation.ranked(item) if p != winner][:OTHERS]
    return {
        "scoring": {
            "id": scoring.pk,
            "name": scoring.name,
            "name_zh": scoring.name_zh,
            "version": scoring.number,
        },
        "winner": None if winner is None else candidate(evaluation, item, winner),
        "others": [candidate(evaluation, item, p) for p in others],
        "considered": len(people.ids),
        "excluded": exclusion_list(evaluation, item),
        "load": None if winner is None else _load(evaluation, winner),
        "at": evaluation.situation.now.isoformat(),
    }


def fallen_back(person: Person, draft: Draft) -> Card:
    """What a card says beside, where nobody was eligible and the fallback person got the item, or the lead of those
    for whom alone it is."""
    is_lead = person.pk != draft.fallback_id
    return {"fallback": {"person": person.pk, "name": person.name, **({"is_lead": True} if is_lead else {})}}


def _load(evaluation: Evaluation, person: int) -> dict[str, float | None]:
    people = evaluation.situation.people
    limit = people.limit[person]
    return {"held": float(people.held[person]), "limit": float(limit) if np.isfinite(limit) else None}
