"""Any skill by name: for work that always takes the same craft."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion, level_share
from .situation import Situation
from .skill_choices import skill_choices, skills_by_code


@criterion
@dataclass(frozen=True)
class NamedSkill(Criterion):
    """min(1, level had / level needed) in one skill, the same for every item."""

    name = "named_skill"
    label = gettext_lazy("A certain skill")
    help = gettext_lazy("Level in one skill that all of this work takes.")
    skill: str = parameter(gettext_lazy("Skill"), "", choices=skill_choices)
    needed: int = parameter(gettext_lazy("Level needed"), 3, low=1, high=5)

    def values(self, situation: Situation) -> Matrix:
        """The share of the level needed."""
        known = situation.once(skills_by_code).get(self.skill)
        levels = situation.people.skills.get(known[0]) if known else None
        row = np.zeros(situation.shape[1]) if levels is None else level_share(levels, self.needed)
        return np.broadcast_to(row, situation.shape).copy()

    def words(self, situation: Situation, item: int, person: int) -> str:
        """The skill with its level."""
        known = situation.once(skills_by_code).get(self.skill)
        levels = situation.people.skills.get(known[0]) if known else None
        level = int(levels[person]) if levels is not None else 0
        return _("%(skill)s (level %(level)d)") % {"skill": known[1] if known else self.skill, "level": level}
