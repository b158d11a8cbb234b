"""How items of each kind ended and how soon they were answered: what replays measure and weights are learnt from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

HOUR = 3600.0
FAR = 99.0
"""Waiting times beyond this percentile count as it."""


@dataclass(frozen=True)
class Measure:
    """One outcome of an item: a share of items, or hours. `value(item, now)` is nan where it is not known (yet)."""

    name: str
    label: Any
    value: Callable[[Any, datetime], float]
    is_share: bool = True
    is_better_more: bool = True


def _hours(begun: datetime | None, ended: datetime | None) -> float:
    if begun is None or ended is None or ended < begun:
        return np.nan
    return (ended - begun).total_seconds() / HOUR


def _qualified(lead: Any, _now: datetime) -> float:
    if lead.stage in ("qualified", "converted"):
        return 1.0
    return 0.0 if lead.stage == "disqualified" else np.nan


def _won(opportunity: Any, _now: datetime) -> float:
    return np.nan if opportunity.outcome == "open" else float(opportunity.outcome == "won")


def _in_time(case: Any, now: datetime) -> float:
    if case.due_at is None or (case.solved_at is None and case.due_at > now):
        return np.nan
    return float(case.solved_at is not None and case.solved_at <= case.due_at)


MEASURES: dict[str, tuple[Measure, ...]] = {
    "lead": (
        Measure("well", _("Qualified"), _qualified),
        Measure(
            "response",
            _("Hours to first response"),
            lambda lead, _now: _hours(lead.created_at, lead.contacted_at),
            is_share=False,
            is_better_more=False,
        ),
    ),
    "opportunity": (Measure("well", _("Won"), _won),),
    "case": (
        Measure("well", _("Solved in time (SLA)"), _in_time),
        Measure(
            "response",
            _("Hours to first response"),
            lambda case, _now: _hours(case.opened_at, case.answered_at),
            is_share=False,
            is_better_more=False,
        ),
    ),
}
"""The first of each kind says whether an item ended well; kinds without one have no ending of their own."""

ENDS = {
    "lead": "closed_at",
    "opportunity": "closed_at",
    "case": "solved_at",
    "activity": "ended_at",
    "email": "answered_at",
}
"""Where a record keeps when it stopped being work; accounts stay in hand."""


def cut(values: Any, measure: Measure) -> Any:
    """Hours beyond the 99th percentile count as it, so that one forgotten item does not decide."""
    known = values[np.isfinite(values)]
    if measure.is_share or not len(known):
        return values
    return np.minimum(values, np.percentile(known, FAR))
