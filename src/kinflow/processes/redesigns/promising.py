"""What a simulation foretold, as a deployment's promise: taken over, never typed."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from ..designs.models import ProcessDesign
from ..simulation.scenario import DAY, HOUR
from .models import Redesign

LEAST_DAYS, MOST_DAYS = 14, 365


def promise_of(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The difference in cycle time, in hours, with its interval: the figure that is measured live in the same unit."""
    mean, low, high = figures["rows"]["cycle_mean"]["difference"]
    if mean is None or low is None or high is None:
        return []
    told = {"value": mean, "low": low, "high": high}
    return [{"figure": "record_hours", **{key: round(each / HOUR, 3) for key, each in told.items()}}]


def horizon_of(figures: Mapping[str, Any]) -> int:
    """For how many days a record is to be followed: until nine in ten of the simulated cases have ended."""
    days = (figures["rows"]["cycle_p90"]["before"][0] or 0) / DAY
    return min(MOST_DAYS, max(LEAST_DAYS, ceil(days)))


def redesign_behind(design: ProcessDesign, number: int, before: int | None) -> Redesign | None:
    """The redesign that a version comes from: the newest above the version before that nobody took back."""
    rows = Redesign.objects.filter(design=design, undone_number=None)
    return rows.filter(number__lte=number, number__gt=before or 0).order_by("-number").first()
