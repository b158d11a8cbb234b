"""What scorings still need of skills: those that name one in what they ask for or give points for."""

from collections.abc import Iterable
from typing import Any

from kinflow.organisation.retiring import needs
from kinflow.organisation.skills.models import Skill

from .models import Scoring, ScoringVersion


@needs("skill")
def scorings_naming(skill: Skill) -> Iterable[Scoring]:
    """The scorings that are on and whose present version names the skill."""
    versions = ScoringVersion.objects.filter(scoring__is_active=True).select_related("scoring")
    return [
        version.scoring
        for version in versions.order_by("scoring_id")
        if version.number == version.scoring.number
        and _names([version.eligibility, version.criteria], skill.code)
    ]


def _names(content: Any, code: str) -> bool:
    """Whether the code stands as a value anywhere in what was kept as JSON."""
    if isinstance(content, dict):
        return any(_names(value, code) for value in content.values())
    if isinstance(content, list):
        return any(_names(value, code) for value in content)
    return bool(content == code)
