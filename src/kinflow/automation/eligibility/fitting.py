"""Rules about person and item together: territory, language, product skill."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..criteria.language import language_levels
from ..criteria.situation import Situation
from ..criteria.territory import claims_in, keeps, looks_after
from ..parameters import parameter
from .rule import Allowed, EligibilityRule, eligibility_rule


@eligibility_rule
@dataclass(frozen=True)
class InTerritory(EligibilityRule):
    """Only people who look after the item's province or country; items from nowhere are open to all.

    Where territories have rules, only people of those that claim the customer; one that none claims is open to all.
    """

    name = "in_territory"
    label = gettext_lazy("Looks after the place")
    reason = pgettext_lazy("excluded", "other territory")
    without_territory: bool = parameter(gettext_lazy("People without a territory may, too"), True)

    def allows(self, situation: Situation) -> Allowed:
        """By the territories that claim the customer, by province, else by country."""
        claims = situation.once(claims_in) or {}
        everywhere = ~situation.people.has_territory if self.without_territory else False
        allowed = np.ones(situation.shape, np.bool_)
        for i, item in enumerate(situation.items):
            if item.account_id is not None and item.account_id in claims:
                claiming = [keeps(situation, claim.territory_id) for claim in claims[item.account_id]]
                if claiming:
                    allowed[i] = np.logical_or.reduce(claiming) | everywhere
            elif item.places:
                here = np.logical_or.reduce([looks_after(situation, place) for place in item.places])
                allowed[i] = here | everywhere
        return allowed


@eligibility_rule
@dataclass(frozen=True)
class Speaks(EligibilityRule):
    """Only people who speak the customer's language at a level; unknown languages are open to all."""

    name = "speaks"
    label = gettext_lazy("Speaks the customer's language")
    reason = pgettext_lazy("excluded", "do not speak the language")
    level: int = parameter(gettext_lazy("Level needed"), 2, low=1, high=5)

    def allows(self, situation: Situation) -> Allowed:
        """By language level."""
        known = {i.language: language_levels(situation, i.language) for i in situation.items if i.language}
        allowed = np.ones(situation.shape, np.bool_)
        for i, item in enumerate(situation.items):
            if item.language:
                allowed[i] = known[item.language] >= self.level
        return allowed


@eligibility_rule
@dataclass(frozen=True)
class KnowsProduct(EligibilityRule):
    """Only people with a level in the product's skill; items without one are open to all."""

    name = "knows_product"
    label = gettext_lazy("Knows the product")
    reason = pgettext_lazy("excluded", "do not know the product")
    level: int = parameter(gettext_lazy("Level needed"), 1, low=1, high=5)

    def allows(self, situation: Situation) -> Allowed:
        """By the level in the product's skill."""
        allowed = np.ones(situation.shape, np.bool_)
        nobody = np.zeros(situation.shape[1], np.int8)
        for i, item in enumerate(situation.items):
            if item.skill_id:
                allowed[i] = situation.people.skills.get(item.skill_id, nobody) >= self.level
        return allowed
