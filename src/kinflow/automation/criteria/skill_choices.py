"""The skills of the organisation: to choose from, and by code."""

from kinflow.organisation.models import Skill

from .situation import Situation


def skill_choices() -> list[tuple[str, str]]:
    """All skills that are not retired by name, as (code, name)."""
    return list(Skill.objects.filter(is_retired=False).order_by("name").values_list("code", "name"))


def skills_by_code(_situation: Situation) -> dict[str, tuple[int, str]]:
    """Every skill's id and name, by its code."""
    return {code: (pk, name) for pk, code, name in Skill.objects.values_list("pk", "code", "name")}
