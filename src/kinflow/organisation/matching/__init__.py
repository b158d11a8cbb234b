"""Matching: who gets which piece of work; a batch to the optimum of total points."""

from .optimum_total import MinimumOutOfReach, compile_ahead, optimum

__all__ = ["MinimumOutOfReach", "compile_ahead", "optimum"]
