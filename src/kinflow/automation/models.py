"""The models of automation, one import line per noun, as Django asks."""

from .approvals.models import Approval
from .authority.models import AuthorityUse, CompanyValue, Policy
from .clock.models import Moment
from .decisions.models import DecisionTable, DecisionVersion
from .messages.models import Channel, Delivery, Message, MessageChoice, MessageTemplate
from .notices.models import Notice
from .offers.models import Offer
from .pool.models import Pool, PoolHolding, PoolVersion
from .rebalancing.models import Rebalancing, RebalancingMove
from .replay.models import ReplayMove, ScoringReplay, WeightLearning
from .rules.models import Rule, RuleHold, RuleHour, RuleMade, RuleRun, RuleVersion
from .scoring_reports.models import ScoringOutcome, ScoringWeek
from .scorings.models import Scoring, ScoringVersion
from .webhooks.models import Webhook, WebhookDelivery

__all__ = [
    "Approval",
    "AuthorityUse",
    "Channel",
    "CompanyValue",
    "DecisionTable",
    "DecisionVersion",
    "Delivery",
    "Message",
    "MessageChoice",
    "MessageTemplate",
    "Moment",
    "Notice",
    "Offer",
    "Policy",
    "Pool",
    "PoolHolding",
    "PoolVersion",
    "Rebalancing",
    "RebalancingMove",
    "ReplayMove",
    "Rule",
    "RuleHold",
    "RuleHour",
    "RuleMade",
    "RuleRun",
    "RuleVersion",
    "Scoring",
    "ScoringOutcome",
    "ScoringReplay",
    "ScoringVersion",
    "ScoringWeek",
    "Webhook",
    "WebhookDelivery",
    "WeightLearning",
]
