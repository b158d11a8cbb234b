"""Work collected before a step of a design, otherwise or not any more."""

from typing import Any

from django.utils.translation import gettext_lazy

from ..simulation.whatif.way_moves import Batching
from .charts import Chart
from .passing import left_out
from .places import Places, named
from .waiting import wait_before, waited_before

MINUTES = 60


def batch(chart: Chart, move: Batching, places: Places, _place: int) -> list[str]:
    """Let cases wait before a step until there are so many, or the first has waited so long; 1 collects them no more."""
    key = places.of(move.step)
    gates = waited_before(chart, key, together=True)
    if move.size <= 1:
        return [left_out(chart, each) for each in gates]
    told = {"duration": _lasting(move.hours), "together": int(move.size)}
    if not gates:
        gates = [wait_before(chart, key, "timer", gettext_lazy("Collect for “%(step)s”"), told)]
    for each in gates:
        chart.bindings[each] = told
    return [named(chart, each) for each in gates]


def _lasting(hours: float) -> dict[str, Any]:
    """A length of time as timers have it: in whole hours, else in minutes, at least one."""
    minutes = max(1, round(hours * MINUTES))
    is_whole = minutes % MINUTES == 0
    return {"amount": minutes // MINUTES if is_whole else minutes, "unit": "hours" if is_whole else "minutes"}
