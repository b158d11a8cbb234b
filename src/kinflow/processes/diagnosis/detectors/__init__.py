"""Detectors: each looks for one kind of trouble, and gives candidates with their tests."""

from collections.abc import Callable, Iterator

from ..found import Candidate
from ..view import View
from . import (
    batching,
    best,
    borders,
    bottlenecks,
    checks,
    fields,
    groups,
    idle_steps,
    late_refusals,
    late_steps,
    lines,
    lone_experts,
    missing,
    one_hand,
    overloads,
    pass_through,
    ping_pong,
    reopening,
    repeating,
    uneven_loads,
    weekends,
)

Detector = Callable[[View], Iterator[Candidate]]
DETECTORS: tuple[Detector, ...] = (
    checks.one_outcome,
    late_refusals.late_refusals,
    weekends.late_in_week,
    pass_through.pass_through,
    ping_pong.ping_pong,
    lone_experts.lone_experts,
    fields.put_back,
    fields.written_again,
    batching.batching,
    reopening.reopened,
    repeating.repeated,
    missing.missing,
    missing.asked_again,
    lines.far_decisions,
    lines.narrow_spans,
    one_hand.one_hand,
    idle_steps.idle_steps,
    uneven_loads.uneven_loads,
    overloads.overloads,
    late_steps.late_steps,
    borders.borders,
    bottlenecks.bottlenecks,
    bottlenecks.drifts,
    groups.groups,
    best.best_ways,
)
