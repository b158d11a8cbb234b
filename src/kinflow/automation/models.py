"""The models of automation, one import line per noun, as Django asks."""

from .scorings.models import Scoring, ScoringVersion

__all__ = ["Scoring", "ScoringVersion"]
