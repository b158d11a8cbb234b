"""Scorings in use: which one an item follows, and a version's content, read once."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils import timezone

from kinflow.conditions import ConditionError, Context, parse, to_q
from kinflow.kit.problem import Invalid
from kinflow.records.faces import VOCABULARY, registry

from ..offers.terms import read_terms
from .drafts import Draft, kept_draft
from .models import Scoring, ScoringVersion


def current_version(scoring: Scoring) -> ScoringVersion:
    """The version that counts now."""
    return scoring.versions.get(number=scoring.number)


@lru_cache(maxsize=512)
def _draft(version_id: int) -> Draft:
    return kept_draft(ScoringVersion.objects.get(pk=version_id).content())


def draft_of(version: ScoringVersion) -> Draft:
    """The version's content; versions never change, so each is read once a process.

    Raises Invalid where a criterion it names is not there any more.
    """
    read_once = _draft(version.pk)
    return Draft(
        read_once.criteria,
        read_once.eligibility,
        version.fallback_id,
        version.minimum_points,
        tuple(version.tell),
        read_terms(version.offer, "/offer", []),
    )


def scorings_for(kind: str, ids: Sequence[int]) -> dict[int, Scoring]:
    """The scoring that each item of the kind follows: the first active one, by position, whose condition it meets."""
    left, found = set(ids), {}
    for scoring in Scoring.objects.filter(kind=kind, is_active=True).order_by("position", "pk"):
        if not left:
            break
        for pk in meeting(scoring, left):
            found[pk] = scoring
            left.discard(pk)
    return found


def meeting(scoring: Scoring, ids: set[int]) -> list[int]:
    """The items among `ids` that the scoring is for; none where its condition speaks of fields that are gone."""
    rows = registry[scoring.kind].model._default_manager.filter(pk__among=list(ids))
    try:
        condition = parse(scoring.condition, scoring.kind, VOCABULARY)
    except (ConditionError, Invalid):
        return []
    context = Context(timezone.now(), timezone.get_current_timezone())
    return list(rows.filter(to_q(condition, context)).values_list("pk", flat=True))
