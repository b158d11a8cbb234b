"""Moves that change the order of two steps that follow each other: together, side by side, the other way round."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..calibrating.fitting import MIDDLES, empirical, quantiles
from ..scenario import Flow, Scenario, Step, Times
from .graphs import behind, doors, filled, fork_of, leading, led, paired, step_of
from .kinds import ROLE, STEP, Move, Named, asks, of_people

FIRST, SECOND = gettext_lazy("First step"), gettext_lazy("Step after it")
MERGED = " + "


def _follow(scenario: Scenario, first: str, second: str) -> Iterator[tuple[str, Any]]:
    if first == second:
        yield "second", _("Choose two different steps.")
    elif not leading(scenario, fork_of(scenario, first), second):
        yield (
            "second",
            _("No case goes directly from the first step to this one. Choose a step that follows."),
        )
    elif not behind(scenario, second):
        yield "second", _("Nothing follows this step. Choose one behind which cases go on.")


@dataclass(frozen=True)
class Merge(Move):
    """One person does two steps in one go."""

    key = "merge"
    label = gettext_lazy("Merge two steps")
    text = gettext_lazy(
        "Where a case went from one step directly to the other, one person does both in one go: no hand-off and no wait"
        " between. The work itself stays the same."
    )
    first: str = asks(STEP, FIRST)
    second: str = asks(STEP, SECOND)
    role: str = asks(ROLE, gettext_lazy("Done by the role"))

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with a step that is both."""
        one, two = step_of(scenario, self.first), step_of(scenario, self.second)
        both = replace(
            one,
            id=f"{one.id}+{two.id}",
            name=f"{one.name}{MERGED}{two.name}",
            kind="task",
            role=self.role,
            times=together(one.times, two.times),
            batch=None,
            cost=one.cost + two.cost,
            is_check=one.is_check or two.is_check,
            fails=1 - (1 - one.fails) * (1 - two.fails),
            rework=two.rework or one.rework,
        )
        flow = Flow(both.id, behind(scenario, two.id))
        return paired(scenario, one.id, two.id, both.id, [both], [flow])

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {
            "first": named(STEP, self.first),
            "second": named(STEP, self.second),
            "role": named(ROLE, self.role),
        }
        return _("One person of the role “%(role)s” does “%(first)s” and “%(second)s” in one go") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Both are work of people, and follow each other."""
        yield from of_people(scenario, self.first, "first")
        yield from of_people(scenario, self.second, "second")
        yield from _follow(scenario, self.first, self.second)


def together(one: Times, two: Times) -> Times:
    """How long two things last that are done one after the other."""
    if one.shape == "fixed" and two.shape == "fixed":
        return Times("fixed", mean=one.mean + two.mean)
    sums = np.add.outer(quantiles(one, MIDDLES), quantiles(two, MIDDLES)).ravel()
    return empirical(sums)


@dataclass(frozen=True)
class Parallelise(Move):
    """Two steps are done side by side."""

    key = "parallelise"
    label = gettext_lazy("Do two steps side by side")
    text = gettext_lazy(
        "Where a case went from one step directly to the other, both begin at once, and it goes on when both are done."
        " Fits only steps that do not need each other’s result."
    )
    first: str = asks(STEP, FIRST)
    second: str = asks(STEP, SECOND)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with both steps between a split and a join; the delay before the second runs beside the first."""
        split, way, join = (f"{each} {self.first}, {self.second}" for each in ("split", "way", "join"))
        waits = doors(scenario, self.second)
        out = leading(scenario, fork_of(scenario, self.first), self.second)
        one, two = (_copy(scenario, each) for each in (self.first, self.second))
        steps = [Step(split, split, "fork"), Step(way, way, "choose"), Step(join, join, "fork"), one, two]
        flows = [
            Flow(split, one.id), Flow(one.id, join), Flow(split, way), Flow(two.id, join),
            Flow(join, behind(scenario, self.second)),
        ]  # fmt: skip
        for flow in filled(out, len(scenario.kinds)):
            through = two
            if flow.target in waits:
                through = _copy(scenario, flow.target)
                steps.append(through)
                flows.append(Flow(through.id, two.id))
            flows.append(Flow(way, through.id, flow.chances))
        return paired(scenario, self.first, self.second, split, steps, flows)

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"first": named(STEP, self.first), "second": named(STEP, self.second)}
        return _("Do “%(first)s” and “%(second)s” side by side") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """They follow each other."""
        yield from _follow(scenario, self.first, self.second)


def _copy(scenario: Scenario, key: str) -> Step:
    return replace(step_of(scenario, key), id=f"{key} beside")


@dataclass(frozen=True)
class Reorder(Move):
    """A step is done before the one that it followed, so that what ends a case early ends it cheaply."""

    key = "reorder"
    label = gettext_lazy("Do a later step first")
    text = gettext_lazy(
        "Every case has the later step first. Only those that it would have sent on its most frequent way then have the"
        " other step; those that it refuses are spared it."
    )
    first: str = asks(STEP, FIRST)
    second: str = asks(STEP, gettext_lazy("Step that comes first from now on"))

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with the steps in the other order; the delays stay at their places."""
        first, second = self.first, self.second
        here, there = fork_of(scenario, first), fork_of(scenario, second)
        aim = _main(scenario, second, first)
        early = replace(step_of(scenario, second), id=f"{second} early")
        choice = Step(f"after {early.id}", f"after {early.id}", "choose")
        steps, flows = [*scenario.steps, early, choice], [Flow(early.id, choice.id)]
        own = {flow.target for flow in scenario.flows if flow.source == here} & doors(scenario, first)
        on, back = leading(scenario, there, aim), leading(scenario, here, second)
        for flow in scenario.flows:
            if flow.target == first and flow.source not in own | {here}:
                flows.append(replace(flow, target=early.id))
            elif flow not in back:
                flows.append(flow)
            if flow.source == there and flow not in on:
                flows.append(replace(flow, source=choice.id))
        for way, source, before, after in [*((f, choice.id, aim, first) for f in on), *(
            (f, here, second, aim) for f in back
        )]:  # fmt: skip
            target = after
            if way.target != before:
                wait = replace(step_of(scenario, way.target), id=f"{way.target} moved")
                steps.append(wait)
                flows.append(Flow(wait.id, after))
                target = wait.id
            flows.append(Flow(source, target, way.chances))
        return led(scenario, steps, flows)

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"first": named(STEP, self.first), "second": named(STEP, self.second)}
        return _("Do “%(second)s” before “%(first)s”; who is refused there is spared the rest") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """They follow each other, and cases go on behind the second."""
        yield from _follow(scenario, self.first, self.second)
        if self.first != self.second and not _main(scenario, self.second, self.first):
            yield "second", _("Behind this step cases only go back. Choose one behind which they go on.")


def _main(scenario: Scenario, step: str, other: str) -> str:
    """Where most cases go on after a step, neither back to it nor to the other; "" where nowhere."""
    waits = {each.id for each in scenario.steps if each.kind == "wait"}
    weights: dict[str, float] = {}
    for flow in scenario.flows:
        if flow.source == fork_of(scenario, step):
            aim = behind(scenario, flow.target) if flow.target in waits else flow.target
            rows = flow.chances if len(flow.chances) > 1 else flow.chances * len(scenario.kinds)
            heavy = sum(kind.share * row[0] for kind, row in zip(scenario.kinds, rows, strict=True))
            weights[aim] = weights.get(aim, 0.0) + heavy
    return max((each for each in weights if each not in (step, other)), key=weights.__getitem__, default="")
