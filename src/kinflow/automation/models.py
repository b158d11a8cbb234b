"""The models of automation, one import line per noun, as Django asks."""

from .notices.models import Notice
from .scorings.models import Scoring, ScoringVersion

__all__ = ["Notice", "Scoring", "ScoringVersion"]
