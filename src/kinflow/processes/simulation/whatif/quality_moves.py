"""Moves that make work even and right the first time: facts captured at their source, one way of doing a step."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..calibrating.fitting import MIDDLES, empirical, quantiles
from ..scenario import Flow, Scenario, Times, scaled
from .graphs import changed, filled, fork_of, led, returning, step_of, wide
from .kinds import NUMBER, STEP, Move, Named, asks, of_people


@dataclass(frozen=True)
class CaptureAtSource(Move):
    """What is entered, asked or corrected at a step comes with the case from where it arose."""

    key = "capture_at_source"
    label = gettext_lazy("Capture facts at their source")
    text = gettext_lazy(
        "What is entered or asked again at a step comes with the case from where it arose: a part of the work falls away,"
        " and cases are sent back less often."
    )
    step: str = asks(STEP, gettext_lazy("Step at which it is entered or asked again"))
    work: float = asks(NUMBER, gettext_lazy("Work that falls away"), 50.0, least=0, most=95, unit="%")
    again: float = asks(
        NUMBER, gettext_lazy("Returns to the step that fall away"), 0.0, least=0, most=100, unit="%"
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with less work at the step, and fewer ways back to it."""
        times = scaled(step_of(scenario, self.step).times, 1 - self.work / 100)
        scenario = changed(scenario, self.step, times=times)
        back = returning(scenario, self.step)
        return _fewer(scenario, back, self.again / 100) if back and self.again else scenario

    def words(self, named: Named) -> str:
        """What is changed."""
        work, again = f"{self.work:g} %", f"{self.again:g} %"
        told = {"step": named(STEP, self.step), "work": work, "again": again}
        if self.again:
            return (
                _(
                    "Facts of “%(step)s” are captured at their source: %(work)s of its work and %(again)s of the returns"
                    " to it fall away"
                )
                % told
            )
        return _("Facts of “%(step)s” are captured at their source: %(work)s of its work falls away") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """It is work of people; returns can only fall away where there are some."""
        yield from of_people(scenario, self.step)
        if not self.work and not self.again:
            yield "work", _("Give what falls away: work, returns, or both.")
        if self.again and not returning(scenario, self.step):
            yield (
                "again",
                _("No case is surely sent back to this step in the calibration. Give 0, or choose another."),
            )


def _fewer(scenario: Scenario, back: list[Flow], share: float) -> Scenario:
    """Of those that would go back so many go on instead, as the others do from there."""
    flows, kinds = list(scenario.flows), len(scenario.kinds)
    for source in dict.fromkeys(flow.source for flow in back):
        ways = [flow for flow in flows if flow.source == source]
        onward = filled([flow for flow in ways if flow not in back], kinds)
        if not onward:
            continue
        columns = max(len(row) for flow in [*ways, *onward] for row in flow.chances)
        table = np.array([wide(flow.chances, kinds, columns) for flow in ways])
        ahead = np.array([wide(flow.chances, kinds, columns) for flow in onward])
        is_back = np.array([flow in back for flow in ways])
        spared = share * table[is_back].sum(axis=0)
        table[is_back] *= 1 - share
        table[~is_back] += spared * ahead / ahead.sum(axis=0)
        made = [
            replace(flow, chances=tuple(map(tuple, rows.tolist())))
            for flow, rows in zip(ways, table, strict=True)
        ]
        flows = [*(flow for flow in flows if flow.source != source), *made]
    return led(scenario, scenario.steps, flows)


@dataclass(frozen=True)
class Standardise(Move):
    """A step is done in one way by everybody, and cases go on by the usual ways."""

    key = "standardise"
    label = gettext_lazy("Standardise a step")
    text = gettext_lazy(
        "One described way of doing it: work times vary less around the same mean, and ways that hardly any case takes"
        " after it are not taken any more."
    )
    step: str = asks(STEP, gettext_lazy("Step"))
    spread: float = asks(
        NUMBER, gettext_lazy("Spread of its work times that goes"), 50.0, least=0, most=100, unit="%"
    )
    rare: float = asks(
        NUMBER, gettext_lazy("Ways on that fewer cases take than"), 0.0, least=0, most=49, unit="%"
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with evener work times and fewer ways behind the step."""
        times = evened(step_of(scenario, self.step).times, 1 - self.spread / 100)
        scenario = changed(scenario, self.step, times=times)
        rare = rare_ways(scenario, self.step, self.rare / 100)
        if not rare:
            return scenario
        source = rare[0].source
        kept = [flow for flow in scenario.flows if flow.source == source and flow not in rare]
        others = [flow for flow in scenario.flows if flow.source != source]
        return led(scenario, scenario.steps, [*others, *filled(kept, len(scenario.kinds))])

    def words(self, named: Named) -> str:
        """What is changed."""
        spread, rare = f"{self.spread:g} %", f"{self.rare:g} %"
        told = {"step": named(STEP, self.step), "spread": spread, "rare": rare}
        if self.rare:
            return (
                _(
                    "“%(step)s” is done in one way: its times spread %(spread)s less, ways on of fewer than %(rare)s of"
                    " the cases are closed"
                )
                % told
            )
        return _("“%(step)s” is done in one way: its times spread %(spread)s less") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """It is work of people, and something varies."""
        yield from of_people(scenario, self.step)
        if self.apply(scenario) == scenario:
            yield (
                "spread",
                _("Nothing would change at this step. Take away more of the spread, or rare ways."),
            )


def rare_ways(scenario: Scenario, key: str, least: float) -> list[Flow]:
    """The ways on from a step that less than this share of the cases takes; the most usual one is never rare."""
    ways = [flow for flow in scenario.flows if flow.source == fork_of(scenario, key)]
    weights = [_weight(scenario, flow) for flow in ways]
    most, whole = max(weights, default=0.0), sum(weights)
    return [
        flow for flow, weight in zip(ways, weights, strict=True) if weight < least * whole and weight < most
    ]


def _weight(scenario: Scenario, flow: Flow) -> float:
    rows = flow.chances if len(flow.chances) > 1 else flow.chances * len(scenario.kinds)
    return sum(kind.share * sum(row) / len(row) for kind, row in zip(scenario.kinds, rows, strict=True))


def evened(times: Times, factor: float) -> Times:
    """Times with the same mean, and so many times the deviation."""
    if factor == 1:
        return times
    if times.shape in ("empirical", "given"):
        mean = float(np.mean(quantiles(times, MIDDLES))) if times.shape == "empirical" else times.mean
        values = tuple(round(mean + (each - mean) * factor) for each in times.values)
        return replace(times, deviation=times.deviation * factor, values=values)
    if times.shape in ("fixed", "uniform"):
        return replace(times, deviation=times.deviation * factor)
    around = quantiles(times, MIDDLES)
    return empirical(around.mean() + (around - around.mean()) * factor)
