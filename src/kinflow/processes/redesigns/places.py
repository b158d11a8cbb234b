"""Where the steps of a process stand in the chart of a design, and how it goes on from there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ..bpmn.model import Flow
from .charts import CHOICE, Chart

GOOD = frozenset({"approved", "done", "reached", "sent"})
"""The results of a task with which a case goes on."""


class DoesNotFit(Exception):
    """A move cannot be made in this design; says why."""


@dataclass(frozen=True)
class Places:
    """Where the steps of the process stand in the design, by their ids in the scenario; who does what there."""

    elements: Mapping[str, str]
    roles: Mapping[str, str]
    conditions: Mapping[int, Mapping[str, Any]]
    """By the place of a move in the what-if: for which records its policy, or its kind of case, holds."""
    asking: Mapping[str, str] = field(default_factory=dict)
    """By the element of a step the one in which it is asked for: who is spared the step is not asked for it."""

    groups: Mapping[int, str] = field(default_factory=dict)
    """By the place of a move the unit or position ("unit:4", "position:7") whose work a step is from now on."""

    def of(self, step: str) -> str:
        """The element of a step; steps that an earlier move made stand where their first part stood."""
        for key in (step, step.split("+")[0], step.removesuffix(" early"), step.removesuffix(" beside")):
            if key in self.elements:
                return self.elements[key]
        raise DoesNotFit(_("Say which step of the design it is."))


def way_on(chart: Chart, key: str) -> Flow:
    """The only way on from a step. Raises DoesNotFit where there are several, or none."""
    out = chart.out(key)
    if len(out) != 1:
        raise DoesNotFit(
            _("Not exactly one way leads on from “%(step)s” in the design.") % {"step": named(chart, key)}
        )
    return out[0]


def named(chart: Chart, key: str) -> str:
    """What an element is called."""
    return chart.elements[key].name or key


def way_after(chart: Chart, key: str) -> Flow:
    """The way on which a case goes on without a step: that of a good result where its result decided."""
    on = way_on(chart, key)
    target = on.target
    ways = [f for f in chart.out(target) if f.target != key]
    decided = any("results" in chart.bindings.get(f.id, {}) for f in ways)
    if chart.elements[target].kind == CHOICE and decided:
        return good_way(chart, target, key)
    return on


def good_way(chart: Chart, choice: str, but: str) -> Flow:
    """The way out of a choice on which most go on: that of a good result, else the usual one, else the first."""
    ways = [f for f in chart.out(choice) if f.target != but]
    if not ways:
        raise DoesNotFit(_("Behind this step the design only goes back."))
    for flow in ways:
        if GOOD & set(chart.bindings.get(flow.id, {}).get("results", ())):
            return flow
    usual = chart.elements[choice].default
    return next((f for f in ways if f.id == usual), ways[0])
