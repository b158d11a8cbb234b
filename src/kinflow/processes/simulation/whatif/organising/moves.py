"""Moves that change the organisation: teams, units put together or apart, fewer layers, moved decision rights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ....structure.paper import Paper
from ...scenario import Scenario, scaled
from ..graphs import doors, fork_of, leading
from ..kinds import NUMBER, ROLE, STEP, Move, Named, asks, of_people
from ..people_moves import CaseManager
from .papers import apart, flatter, joined, teamed, usual_unit

PER_CENT = 100


class Reorganising:
    """A move that changes the organisation on paper, too."""

    def reorganise(self, paper: Paper, scenario: Scenario) -> Paper:
        """The organisation after the move; `scenario` is the process before it."""
        raise NotImplementedError


def reorganised(paper: Paper, scenario: Scenario, moves: Sequence[Move]) -> Paper:
    """The organisation after some moves, each on the process as the ones before left it."""
    for move in moves:
        if isinstance(move, Reorganising):
            paper = move.reorganise(paper, scenario)
        scenario = move.apply(scenario)
    return paper


def fillers(scenario: Scenario, *roles: str) -> set[int]:
    """The people of our own who fill any of these roles."""
    return {
        int(each.name)
        for each in scenario.staff
        if each.name.isdecimal() and any(role in each.skills for role in roles)
    }


@dataclass(frozen=True)
class CaseTeam(CaseManager, Reorganising):
    """People of several roles in one team that does all of their steps."""

    key = "case_team"
    label = gettext_lazy("A case team for several roles")
    text = gettext_lazy(
        "Whoever fills one of these roles fills all, and they are one unit under the lead whom they have in common."
    )

    def reorganise(self, paper: Paper, scenario: Scenario) -> Paper:
        """They are a unit of their own."""
        return teamed(paper, fillers(scenario, *self.roles), _("Case team"))

    def words(self, named: Named) -> str:
        """What is changed."""
        roles = _(", ").join(f"“{named(ROLE, role)}”" for role in self.roles)
        told = {"roles": roles, "factor": f"{self.factor:g}"}
        return _("A case team of %(roles)s; new work takes %(factor)s times as long") % told


@dataclass(frozen=True)
class MergeUnits(Move, Reorganising):
    """The units of two roles become one."""

    key = "merge_units"
    label = gettext_lazy("Make one unit of two")
    text = gettext_lazy(
        "The units in which most who fill the roles are become one under the first one’s lead. Delays between their"
        " steps get shorter by as much as you expect; nothing else in the model follows from it."
    )
    role: str = asks(ROLE, gettext_lazy("The unit of"))
    other: str = asks(ROLE, gettext_lazy("And the unit of"))
    share: float = asks(
        NUMBER, gettext_lazy("Delays between them shorter by"), 0.0, least=0, most=100, unit="%"
    )

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with shorter delays between steps of the two roles."""
        roles = {self.role, self.other}
        ours = [step for step in scenario.steps if step.kind == "task" and step.role in roles]
        delays = {
            flow.target
            for one in ours
            for other in ours
            if one.role != other.role
            for flow in leading(scenario, fork_of(scenario, one.id), other.id)
            if flow.target in doors(scenario, other.id)
        }
        factor = 1 - self.share / PER_CENT
        return replace(
            scenario,
            steps=tuple(
                replace(step, times=scaled(step.times, factor)) if step.id in delays else step
                for step in scenario.steps
            ),
        )

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"role": named(ROLE, self.role), "other": named(ROLE, self.other), "share": f"{self.share:g}"}
        if not self.share:
            return _("One unit for “%(role)s” and “%(other)s”") % told
        return _("One unit for “%(role)s” and “%(other)s”; delays between them %(share)s %% shorter") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Two roles."""
        if self.role == self.other:
            yield "other", _("Choose two different roles.")

    def reorganise(self, paper: Paper, scenario: Scenario) -> Paper:
        """The two units are one; where both roles are in one unit already, nothing changes."""
        one, other = (usual_unit(paper, fillers(scenario, role)) for role in (self.role, self.other))
        if one is None or other is None or one not in paper.units or other not in paper.units:
            return paper
        return joined(paper, one, other, f"{paper.units[one].name} + {paper.units[other].name}")


@dataclass(frozen=True)
class SplitUnit(Move, Reorganising):
    """Who fills a role becomes a unit of their own."""

    key = "split_unit"
    label = gettext_lazy("Make a unit of a role’s people")
    text = gettext_lazy(
        "Whoever fills the role leaves their unit for one beside it. Only the structure changes: what a new border costs,"
        " the log cannot tell."
    )
    role: str = asks(ROLE, gettext_lazy("Role"))

    def apply(self, scenario: Scenario) -> Scenario:
        """The same."""
        return scenario

    def words(self, named: Named) -> str:
        """What is changed."""
        return _("A unit of their own for “%(role)s”") % {"role": named(ROLE, self.role)}

    def reorganise(self, paper: Paper, scenario: Scenario) -> Paper:
        """They are a unit beside the one they were in."""
        return apart(paper, fillers(scenario, self.role), _("New unit"))


@dataclass(frozen=True)
class FewerLayers(Move, Reorganising):
    """Who leads few people leads nobody any more."""

    key = "fewer_layers"
    label = gettext_lazy("Fewer layers")
    text = gettext_lazy(
        "Whoever leads fewer people than this, and has a lead, leads nobody any more: their people report one layer up."
        " Only the structure changes; take out the steps of the layer with other moves."
    )
    least: float = asks(NUMBER, gettext_lazy("A lead leads at least"), 4.0, least=2, most=100)

    def apply(self, scenario: Scenario) -> Scenario:
        """The same."""
        return scenario

    def words(self, named: Named) -> str:
        """What is changed."""
        return _("No leads of fewer than %(least)s people") % {"least": int(self.least)}

    def reorganise(self, paper: Paper, scenario: Scenario) -> Paper:
        """Their people report one layer up."""
        return flatter(paper, int(self.least))


@dataclass(frozen=True)
class MoveDecision(Move):
    """Another role does a step, such as a decision."""

    key = "move_decision"
    label = gettext_lazy("Give a decision to another role")
    text = gettext_lazy("Whoever fills the role decides here from now on. It takes them as long as usual.")
    step: str = asks(STEP, gettext_lazy("Decision"))
    role: str = asks(ROLE, gettext_lazy("Who decides"))

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario in which the other role does the step."""
        return replace(
            scenario,
            steps=tuple(
                replace(each, role=self.role) if each.id == self.step else each for each in scenario.steps
            ),
        )

    def words(self, named: Named) -> str:
        """What is changed."""
        told = {"step": named(STEP, self.step), "role": named(ROLE, self.role)}
        return _("“%(step)s” is decided by “%(role)s”") % told

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """It is a step of people that another role does."""
        yield from of_people(scenario, self.step)
        if any(each.id == self.step and each.role == self.role for each in scenario.steps):
            yield "role", _("This role does it already. Choose another role.")
