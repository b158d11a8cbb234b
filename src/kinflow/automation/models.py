"""The models of automation, one import line per noun, as Django asks."""

from .clock.models import Moment
from .notices.models import Notice
from .offers.models import Offer
from .pool.models import Pool, PoolHolding, PoolVersion
from .rules.models import Rule, RuleHold, RuleHour, RuleMade, RuleRun, RuleVersion
from .scorings.models import Scoring, ScoringVersion

__all__ = [
    "Moment",
    "Notice",
    "Offer",
    "Pool",
    "PoolHolding",
    "PoolVersion",
    "Rule",
    "RuleHold",
    "RuleHour",
    "RuleMade",
    "RuleRun",
    "RuleVersion",
    "Scoring",
    "ScoringVersion",
]
