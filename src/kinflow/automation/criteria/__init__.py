"""The kinds of criterion, one small file each; a new one is a file more and a line here."""

from .criterion import Criterion, registry
from .fairness import Fairness
from .industry_experience import IndustryExperience
from .language import Language
from .load import Load
from .named_skill import NamedSkill
from .product_knowledge import ProductKnowledge
from .relation import Relation
from .seniority import Seniority
from .situation import Situation
from .success import Success
from .territory import Territory
from .working_now import WorkingNow

__all__ = [
    "Criterion",
    "Fairness",
    "IndustryExperience",
    "Language",
    "Load",
    "NamedSkill",
    "ProductKnowledge",
    "Relation",
    "Seniority",
    "Situation",
    "Success",
    "Territory",
    "WorkingNow",
    "registry",
]
