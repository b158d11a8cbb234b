"""Detectors: each looks for one kind of trouble, and gives candidates with their tests."""

from collections.abc import Callable, Iterator

from ..found import Candidate
from ..view import View
from . import (
    batching,
    borders,
    bottlenecks,
    checks,
    fields,
    groups,
    late_refusals,
    lone_experts,
    pass_through,
    ping_pong,
    reopening,
    repeating,
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
    borders.borders,
    bottlenecks.bottlenecks,
    bottlenecks.drifts,
    groups.groups,
)
