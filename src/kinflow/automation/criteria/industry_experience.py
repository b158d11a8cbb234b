"""Industry experience: the level in the skill that stands for the customer's industry."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion, level_share, rows_by
from .situation import Situation
from .skill_choices import skills_by_code


def industry_skill(situation: Situation, industry: str) -> tuple[int, str] | None:
    """The skill of an industry: the one whose code is the industry's, or "industry-" and it."""
    known = situation.once(skills_by_code)
    return known.get(industry) or known.get(f"industry-{industry}")


@criterion
@dataclass(frozen=True)
class IndustryExperience(Criterion):
    """min(1, level had / level needed) in the industry of the item; 0 where no industry is known."""

    name = "industry_experience"
    label = gettext_lazy("Industry experience")
    help = gettext_lazy("Level of experience in the customer's industry, against the level needed.")
    needed: int = parameter(gettext_lazy("Level needed"), 3, low=1, high=5)

    def values(self, situation: Situation) -> Matrix:
        """The share of the level needed."""

        def row(industry: str) -> Matrix:
            skill = industry_skill(situation, industry)
            levels = situation.people.skills.get(skill[0]) if skill else None
            return np.zeros(situation.shape[1]) if levels is None else level_share(levels, self.needed)

        return rows_by(situation, lambda item: item.industry, row)

    def words(self, situation: Situation, item: int, person: int) -> str:
        """The industry with the level of experience."""
        industry = situation.items[item].industry
        skill = industry_skill(situation, industry) if industry else None
        if skill is None:
            return _("No industry is known")
        levels = situation.people.skills.get(skill[0])
        level = int(levels[person]) if levels is not None else 0
        return _("Industry experience: %(skill)s (level %(level)d)") % {"skill": skill[1], "level": level}
