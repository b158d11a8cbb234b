"""The kinds of eligibility rule: who may get an item at all."""

from .availability import AtWork, HasRoom, Present, TakesWork
from .belonging import FitsCondition, HasRole, InUnit
from .fitting import InTerritory, KnowsProduct, Speaks
from .rule import EligibilityRule, registry

__all__ = [
    "AtWork",
    "EligibilityRule",
    "FitsCondition",
    "HasRole",
    "HasRoom",
    "InTerritory",
    "InUnit",
    "KnowsProduct",
    "Present",
    "Speaks",
    "TakesWork",
    "registry",
]
