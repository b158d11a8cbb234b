"""Moves that change what is done: steps left out, passed by, automated, collected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..scenario import ALWAYS, HOUR, SECOND, Batch, Scenario, Step, Times
from .graphs import bypassed, changed, doors, led, skipped, step_of
from .kinds import FLAG, KIND, NUMBER, STEP, Move, Named, asks, goes_on, of_people

THE_STEP = gettext_lazy("Step")


@dataclass(frozen=True)
class Eliminate(Move):
    """A step, and the delay before it, is left out."""

    key = "eliminate"
    label = gettext_lazy("Leave a step out")
    text = gettext_lazy("Nobody does it any more, and nobody waits for it. Cases go on as they did after it.")
    step: str = asks(STEP, THE_STEP)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario without the step."""
        return bypassed(scenario, self.step)

    def words(self, named: Named) -> str:
        """What is changed."""
        return _("Leave out “%(step)s”") % {"step": named(STEP, self.step)}

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """A step at which cases end must stay."""
        yield from goes_on(scenario, self.step)


@dataclass(frozen=True)
class Empower(Move):
    """A share of the cases passes an approval by."""

    key = "empower"
    label = gettext_lazy("Decide oneself, within a policy")
    text = gettext_lazy(
        "A policy lets a share of the cases pass an approval by; who did the step before decides. They go on as those do"
        " that had the approval."
    )
    step: str = asks(STEP, gettext_lazy("Approval"))
    share: float = asks(
        NUMBER, gettext_lazy("Cases that the policy lets pass"), 80.0, least=1, most=99, unit="%"
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with a way past the step."""
        return skipped(scenario, self.step, [self.share / 100] * len(scenario.kinds))

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"share": f"{self.share:g} %", "step": named(STEP, self.step)}
        return _("Under a policy, %(share)s of the cases need no “%(step)s”") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Behind an approval cases go on."""
        yield from goes_on(scenario, self.step)


@dataclass(frozen=True)
class Triage(Move):
    """A kind of case gets a shorter way of its own."""

    key = "triage"
    label = gettext_lazy("A shorter way for a kind of case")
    text = gettext_lazy("Cases of one kind pass a step by; all others have it as before.")
    kind: str = asks(KIND, gettext_lazy("Kind of case"))
    step: str = asks(STEP, gettext_lazy("Step that they pass by"))

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with a way past the step for this kind."""
        return skipped(scenario, self.step, [float(each.name == self.kind) for each in scenario.kinds])

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"kind": named(KIND, self.kind), "step": named(STEP, self.step)}
        return _("Cases of the kind “%(kind)s” pass “%(step)s” by") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Behind the step cases go on."""
        yield from goes_on(scenario, self.step)


@dataclass(frozen=True)
class Automate(Move):
    """A step is done by the system."""

    key = "automate"
    label = gettext_lazy("Automate a step")
    text = gettext_lazy("The system does it in seconds, at any hour, without people.")
    step: str = asks(STEP, THE_STEP)
    seconds: float = asks(
        NUMBER, gettext_lazy("It takes"), 5.0, least=0.1, most=86_400, unit=gettext_lazy("seconds")
    )
    at_once: bool = asks(FLAG, gettext_lazy("The delay before it goes too"), False)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with an automatic step; where it begins at once, without the delays before it."""
        times = Times("fixed", mean=self.seconds * SECOND)
        found = changed(scenario, self.step, kind="auto", role="", times=times, calendar=ALWAYS, batch=None)
        if not self.at_once:
            return found
        gone = doors(found, self.step)
        flows = (
            replace(flow, target=self.step) if flow.target in gone else flow
            for flow in found.flows
            if flow.source not in gone
        )
        steps = (each for each in found.steps if each.id not in gone)
        return changed(led(found, steps, flows), self.step, delay=Times("fixed"))

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"step": named(STEP, self.step), "seconds": f"{self.seconds:g}"}
        if self.at_once:
            return _("The system does “%(step)s” in %(seconds)s seconds, as soon as a case comes") % told
        return _("The system does “%(step)s” in %(seconds)s seconds") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Only work of people can be automated, or what a case waits for that comes to it late."""
        if not (self.at_once and doors(scenario, self.step)):
            yield from of_people(scenario, self.step)


@dataclass(frozen=True)
class Batching(Move):
    """Work is collected, or not any more."""

    key = "batching"
    label = gettext_lazy("Change how work is collected")
    text = gettext_lazy(
        "A step is begun for several cases together: when so many wait, or the first has waited long enough. 1 collects"
        " nothing."
    )
    step: str = asks(STEP, THE_STEP)
    size: float = asks(NUMBER, gettext_lazy("Cases together"), 1.0, least=1, most=1_000)
    hours: float = asks(
        NUMBER, gettext_lazy("At most after"), 24.0, least=0, most=1_000, unit=gettext_lazy("hours")
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with another batch at the step."""
        batch = Batch(int(self.size), int(self.hours * HOUR)) if self.size > 1 else None
        return changed(scenario, self.step, batch=batch)

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"step": named(STEP, self.step), "size": f"{int(self.size)}", "hours": f"{self.hours:g}"}
        if self.size > 1:
            return _("Begin “%(step)s” for %(size)s cases together, at most after %(hours)s hours") % told
        return _("Do each case at “%(step)s” when it comes; collect nothing") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Only work of people is collected, and something must change."""
        yield from of_people(scenario, self.step)
        step: Step = step_of(scenario, self.step)
        if self.size <= 1 and step.batch is None:
            yield "size", _("Nothing is collected at this step in the calibration. Choose more than one.")
