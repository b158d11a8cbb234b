"""Measures of a log: what follows what, variants, times, hand-overs; compiled passes over columns."""

from .ahead import compile_ahead
from .clock import Clock, clock_of
from .flow import Flow, flow
from .follows import Follows, follows, handovers
from .overview import overview
from .spreads import Spread
from .steps import Steps, durations, spans_of_cases, steps, work_times
from .variants import Variants, steps_of, variants

__all__ = [
    "Clock",
    "Flow",
    "Follows",
    "Spread",
    "Steps",
    "Variants",
    "clock_of",
    "compile_ahead",
    "durations",
    "flow",
    "follows",
    "handovers",
    "overview",
    "spans_of_cases",
    "steps",
    "steps_of",
    "variants",
    "work_times",
]
