"""What a simulation foretold, as a deployment's promise: taken over, never typed."""

from collections.abc import Mapping
from typing import Any

from ..definitions.steps import step_named, steps_of
from ..designs.models import ProcessDesign
from ..simulation.scenario import HOUR
from ..simulation.whatif.expecting import LEAST_DAYS, RECORD_HOURS, STEP_HOURS
from ..simulation.whatif.models import WhatIf
from .models import Redesign


def promise_of(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The differences in hours with their intervals, counted as live operation counts them.

    First how soon the step behind the change is done, then how soon records end; nothing where nothing was told.
    """
    live, found = figures.get("live", {}), []
    for figure in (STEP_HOURS, RECORD_HOURS):
        mean, low, high = live.get(figure, (None, None, None))
        if mean is not None and low is not None and high is not None:
            told = {"value": mean, "low": low, "high": high}
            found.append({"figure": figure, **{key: round(each / HOUR, 3) for key, each in told.items()}})
    return found


def horizon_of(figures: Mapping[str, Any]) -> int:
    """For how many days a record is to be followed, as the simulated cases were."""
    return figures.get("live", {}).get("days") or LEAST_DAYS


def milestone_of(what_if: WhatIf) -> dict[str, Any]:
    """The step behind the change, as deployments keep it; nothing where no step of the process is."""
    name = what_if.figures.get("live", {}).get("step", "")
    process = what_if.process
    if not process.case_kind or step_named(steps_of(process.steps), name) is None:
        return {}
    return {"process": process.pk, "step": name}


def redesign_behind(design: ProcessDesign, number: int, before: int | None) -> Redesign | None:
    """The redesign that a version comes from: the newest above the version before that nobody took back."""
    rows = Redesign.objects.filter(design=design, undone_number=None)
    return rows.filter(number__lte=number, number__gt=before or 0).order_by("-number").first()
