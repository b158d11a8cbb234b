"""The models of automation, one import line per noun, as Django asks."""

from .notices.models import Notice
from .pool.models import Pool, PoolHolding, PoolVersion
from .scorings.models import Scoring, ScoringVersion

__all__ = ["Notice", "Pool", "PoolHolding", "PoolVersion", "Scoring", "ScoringVersion"]
