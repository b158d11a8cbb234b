"""Moves at the border of the company: work given to customers and suppliers, what is waited for kept at hand, or not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..scenario import ALWAYS, HOUR, Flow, Scenario, Step, Times
from .graphs import behind, changed, doors, led, step_of
from .kinds import NUMBER, STEP, Move, Named, asks, goes_on, of_people

HOURS = gettext_lazy("hours")


def _turned_to(scenario: Scenario, key: str, aim: str) -> list[Flow]:
    """All ways, those into a step leading elsewhere instead."""
    return [replace(flow, target=aim) if flow.target == key else flow for flow in scenario.flows]


@dataclass(frozen=True)
class MoveOutside(Move):
    """Customers or suppliers do a step themselves (control relocation and integration of Reijers and Limam Mansar)."""

    key = "move_outside"
    label = gettext_lazy("Move a step to customer or supplier")
    text = gettext_lazy(
        "They do it themselves, on a page of their own say; none of our people is needed, and cases wait until it"
        " is done."
    )
    step: str = asks(STEP, gettext_lazy("Step"))
    share: float = asks(NUMBER, gettext_lazy("Cases in which they do it"), 100.0, least=1, most=100, unit="%")
    hours: float = asks(
        NUMBER, gettext_lazy("They take, on average"), 24.0, least=0.01, most=2_000, unit=HOURS
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with a step that nobody of ours does, in all cases or beside the one as it was."""
        theirs: dict[str, Any] = {
            "kind": "auto", "role": "", "times": Times("exponential", mean=self.hours * HOUR),
            "calendar": ALWAYS, "batch": None, "cost": 0.0,
        }  # fmt: skip
        if self.share == 100:
            return changed(scenario, self.step, **theirs)
        who = f"who {self.step}"
        outside = replace(step_of(scenario, self.step), id=f"{self.step} outside", **theirs)
        ways = [
            Flow(who, outside.id, ((self.share / 100,),)),
            Flow(who, self.step, ((1 - self.share / 100,),)),
            Flow(outside.id, behind(scenario, self.step)),
        ]
        steps = [*scenario.steps, Step(who, who, "choose"), outside]
        return led(scenario, steps, [*_turned_to(scenario, self.step, who), *ways])

    def words(self, named: Named) -> str:
        """What is changed."""
        words = _(
            "Customers or suppliers do “%(step)s” themselves in %(share)s of the cases, and take %(hours)s hours"
        )
        share, hours = f"{self.share:g} %", f"{self.hours:g}"
        return words % {"step": named(STEP, self.step), "share": share, "hours": hours}

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Only work of our people can be given away, and cases go on behind it."""
        yield from of_people(scenario, self.step)
        yield from goes_on(scenario, self.step)


@dataclass(frozen=True)
class Buffer(Move):
    """What a step waits for is kept at hand (buffering of Reijers and Limam Mansar)."""

    key = "buffer"
    label = gettext_lazy("Keep at hand what a step waits for")
    text = gettext_lazy(
        "Information, parts or answers are there before they are needed, so that a share of the cases does not wait"
        " before the step. What it costs to keep them is not in the model; a cost can be given."
    )
    step: str = asks(STEP, gettext_lazy("Step before which cases wait"))
    share: float = asks(NUMBER, gettext_lazy("Cases that wait no more"), 80.0, least=1, most=100, unit="%")
    cost: float = asks(NUMBER, gettext_lazy("Keeping it costs, each time"), 0.0, least=0, most=1_000_000)

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with a way past the delays before the step."""
        steps, flows = list(scenario.steps), list(scenario.flows)
        for door in sorted(doors(scenario, self.step)):
            there = f"at hand {door}"
            flows = [replace(flow, target=there) if flow.target == door else flow for flow in flows]
            steps.append(Step(there, there, "choose"))
            flows.append(Flow(there, self.step, ((self.share / 100,),)))
            flows.append(Flow(there, door, ((1 - self.share / 100,),)))
        cost = step_of(scenario, self.step).cost + self.cost
        return changed(led(scenario, steps, flows), self.step, cost=cost)

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"step": named(STEP, self.step), "share": f"{self.share:g} %"}
        return _("What “%(step)s” waits for is at hand: %(share)s of the cases do not wait before it") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Something must be waited for."""
        if not doors(scenario, self.step):
            yield (
                "step",
                _("Cases do not wait before this step, but for people. Choose one before which they wait."),
            )


@dataclass(frozen=True)
class Unbuffer(Move):
    """What a step needs is fetched when it is needed."""

    key = "unbuffer"
    label = gettext_lazy("Fetch what a step needs only when it is needed")
    text = gettext_lazy(
        "Nothing is kept in stock or copied in advance; cases wait before the step until it is there. What keeping it"
        " cost is not in the model: hold it against the time lost."
    )
    step: str = asks(STEP, gettext_lazy("Step"))
    hours: float = asks(
        NUMBER, gettext_lazy("It comes, on average, after"), 24.0, least=0.01, most=2_000, unit=HOURS
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with one more delay before the step."""
        wait = f"fetch {self.step}"
        steps = [
            *scenario.steps,
            Step(wait, wait, "wait", times=Times("exponential", mean=self.hours * HOUR)),
        ]
        return led(scenario, steps, [*_turned_to(scenario, self.step, wait), Flow(wait, self.step)])

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"step": named(STEP, self.step), "hours": f"{self.hours:g}"}
        return _("What “%(step)s” needs is fetched when it is needed, which takes %(hours)s hours") % told
