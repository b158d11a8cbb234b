"""Product knowledge: the level in the skill that the item's product takes."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion, level_share, rows_by
from .situation import Situation


@criterion
@dataclass(frozen=True)
class ProductKnowledge(Criterion):
    """min(1, level had / level needed) in the skill of the item's product; 0 where no product is known."""

    name = "product_knowledge"
    label = gettext_lazy("Product knowledge")
    help = gettext_lazy("Level in the skill that the product takes, against the level needed.")
    needed: int = parameter(gettext_lazy("Level needed"), 3, low=1, high=5)

    def values(self, situation: Situation) -> Matrix:
        """The share of the level needed."""
        nobody = np.zeros(situation.shape[1], np.int8)
        return rows_by(
            situation,
            lambda item: item.skill_id,
            lambda skill: level_share(situation.people.skills.get(skill, nobody), self.needed),
        )

    def words(self, situation: Situation, item: int, person: int) -> str:
        """The skill with its level."""
        wanted = situation.items[item]
        if not wanted.skill_id:
            return _("No product with a skill is known")
        levels = situation.people.skills.get(wanted.skill_id)
        level = int(levels[person]) if levels is not None else 0
        return _("Product knowledge: %(skill)s (level %(level)d)") % {
            "skill": wanted.skill_name,
            "level": level,
        }
