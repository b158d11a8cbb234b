"""What can be combined: moves, each made or not, and how many people fill each role."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import Any

import numpy as np

from kinflow.kit.problem import Invalid

from ..scenario import ALWAYS, HOUR, WEEK, Scenario
from ..whatif.kinds import Move, roles_in, steps_of
from ..whatif.moves import applied, fits
from ..whatif.order_moves import Merge, Parallelise, Reorder
from ..whatif.people_moves import AddPeople, CaseManager, CrossTrain, FewerPeople
from ..whatif.proposing import usual_after
from ..whatif.way_moves import Automate, Eliminate, Empower

Choice = tuple[int, ...]
"""For each move 0 or 1, then for each role its place in the range."""
WEEKS_OF_MONTH = 365.25 / 12 / 7
LEAST_CHANGED = 0.1
"""The least chance that a thing of a child is drawn anew; one thing is in the mean."""


@dataclass(frozen=True)
class Space:
    """The moves, and by role by how many people it may change, from fewest to most; both hold the present state."""

    moves: tuple[Move, ...]
    people: Mapping[str, tuple[int, ...]]

    @property
    def widths(self) -> tuple[int, ...]:
        """How many values each place of a choice has."""
        return (2,) * len(self.moves) + tuple(len(each) for each in self.people.values())

    @property
    def size(self) -> int:
        """How many choices there are."""
        return prod(self.widths)

    @property
    def present(self) -> Choice:
        """The process as it is."""
        return (0,) * len(self.moves) + tuple(each.index(0) for each in self.people.values())

    def all(self) -> Iterator[Choice]:
        """Every choice."""
        return product(*(range(width) for width in self.widths))

    def singles(self) -> Iterator[Choice]:
        """The choices that differ from the present in one thing."""
        for place, width in enumerate(self.widths):
            for value in range(width):
                if value != self.present[place]:
                    yield (*self.present[:place], value, *self.present[place + 1 :])

    def drawn(self, chance: np.random.Generator) -> Choice:
        """Any choice."""
        return tuple(int(chance.integers(width)) for width in self.widths)

    def child(self, one: Choice, other: Choice, chance: np.random.Generator) -> Choice:
        """A choice that has each thing of one of two, seldom another."""
        rate = max(1 / len(one), LEAST_CHANGED)
        genes = []
        for place, width in enumerate(self.widths):
            gene = one[place] if chance.random() < 0.5 else other[place]
            genes.append(int(chance.integers(width)) if chance.random() < rate else gene)
        return tuple(genes)

    def moves_of(self, choice: Choice) -> list[Move]:
        """The moves that make the choice: people first, so that new ones are trained with the others."""
        found: list[Move] = []
        for (role, range_), place in zip(self.people.items(), choice[len(self.moves) :], strict=True):
            if (count := range_[place]) != 0:
                found.append(AddPeople(role, count) if count > 0 else FewerPeople(role, -count))
        return found + [move for move, is_made in zip(self.moves, choice, strict=False) if is_made]

    def scenario_of(self, present: Scenario, choice: Choice) -> Scenario | None:
        """The scenario after the choice's moves; None where they do not fit together."""
        try:
            return applied(present, self.moves_of(choice))
        except Invalid:
            return None


def offered(scenario: Scenario, most: int = 60) -> list[Move]:
    """Moves that fit the scenario by themselves, as usual as possible."""
    return list(islice((move for move in _moves(scenario) if fits(move, scenario)), most))


def _moves(scenario: Scenario) -> Iterator[Move]:
    steps, roles = steps_of(scenario), roles_in(scenario)
    for step in steps:
        yield from (Empower(step), Automate(step), Eliminate(step))
    for step in steps:
        if after := usual_after(scenario, step):
            role = next(each.role for each in scenario.steps if each.id == step)
            yield from (Parallelise(step, after), Reorder(step, after), Merge(step, after, role))
    for people, role in product(roles, roles):
        if people != role:
            yield CrossTrain(people, role)
    for place, role in enumerate(roles):
        yield from (CaseManager((role, other)) for other in roles[place + 1 :])


def pay_of(scenario: Scenario) -> float:
    """What everybody's hours cost in a month, worked or not; where nobody said what an hour costs, these hours."""
    is_priced = any(each.cost for each in scenario.staff)
    return sum(
        _weekly_hours(scenario, each.calendar) * (each.cost if is_priced else 1.0) for each in scenario.staff
    ) * (WEEKS_OF_MONTH)


def _weekly_hours(scenario: Scenario, calendar: str) -> float:
    if calendar == ALWAYS:
        return WEEK / HOUR
    return sum(end - begin for begin, end in scenario.calendars[calendar].spans) / HOUR


def ranges_of(
    scenario: Scenario, fewer: Mapping[str, int], more: Mapping[str, int]
) -> dict[str, tuple[int, ...]]:
    """By role by how many people it may change; roles that stay as they are left out. Somebody always stays."""
    found = {}
    for role in roles_in(scenario):
        there = sum(role in each.skills for each in scenario.staff)
        least = min(max(0, fewer.get(role, 0)), there - 1)
        if least or more.get(role, 0) > 0:
            found[role] = tuple(range(-least, max(0, more.get(role, 0)) + 1))
    return found


def told_people(people: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Ranges as JSON: by role the least and the most."""
    return {role: [min(each), max(each)] for role, each in people.items()}


def people_of(told: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Ranges that were written so."""
    return {role: tuple(range(least, most + 1)) for role, (least, most) in told.items()}
