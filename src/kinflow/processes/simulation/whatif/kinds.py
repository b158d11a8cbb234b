"""What every move is: a frozen value that makes a scenario of a scenario, with its words and what it asks for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import product
from math import isfinite
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import FieldError

from ..scenario import Scenario
from .graphs import behind, step_of

Named = Callable[[str, str], str]
"""How something is called: "step", "role" or "kind", and its id."""
STEP, ROLE, ROLES, KIND, NUMBER, FLAG = "step", "role", "roles", "kind", "number", "flag"


@dataclass(frozen=True)
class Asked:
    """What a parameter of a move is: a step, role, roles or kind of case to pick, a number, or yes and no."""

    kind: str
    label: Any
    least: float = 0.0
    most: float = 0.0
    unit: Any = ""


def asks(kind: str, label: Any, default: Any = "", **more: Any) -> Any:
    """A parameter of a move."""
    return field(default=default, metadata={"asked": Asked(kind, label, **more)})


@dataclass(frozen=True)
class Move:
    """A change of a scenario."""

    key: ClassVar[str]
    label: ClassVar[Any]
    text: ClassVar[Any]

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario after the move."""
        raise NotImplementedError

    def words(self, named: Named) -> str:
        """What is changed, in the reader's language."""
        raise NotImplementedError

    def unfit(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Why it does not fit this scenario, beside values that cannot be chosen: parameter and words."""
        yield from ()


def asked_of(kind: type[Move]) -> Mapping[str, Asked]:
    """The parameters of a move by name."""
    return {each.name: each.metadata["asked"] for each in fields(kind)}


def steps_of(scenario: Scenario) -> list[str]:
    """The steps that moves can change: of people, and automatic ones."""
    return [each.id for each in scenario.steps if each.kind in ("task", "auto")]


def roles_in(scenario: Scenario) -> list[str]:
    """The roles that somebody fills."""
    return sorted({role for staff in scenario.staff for role in staff.skills})


def choices_of(scenario: Scenario) -> dict[str, list[str]]:
    """What can be picked for each kind of parameter."""
    roles = roles_in(scenario)
    kinds = list(dict.fromkeys(each.name for each in scenario.kinds))
    return {STEP: steps_of(scenario), ROLE: roles, ROLES: roles, KIND: kinds if len(kinds) > 1 else []}


def within(asked: Asked) -> str:
    """What number is to be given."""
    told = {"least": f"{asked.least:g}", "most": f"{asked.most:g}"}
    return str(_("Give a number from %(least)s to %(most)s.") % told)


def wrong_in(move: Move, scenario: Scenario) -> list[FieldError]:
    """What is wrong with a move for this scenario, by parameter."""
    choices = choices_of(scenario)
    found: list[tuple[str, Any]] = []
    for name, asked in asked_of(type(move)).items():
        value = getattr(move, name)
        if asked.kind == NUMBER:
            if not isfinite(value) or not asked.least <= value <= asked.most:
                found.append((name, within(asked)))
        elif asked.kind == ROLES:
            if len(set(value)) < 2 or not set(value) <= set(choices[ROLES]):
                found.append((name, _("Choose at least two roles of this process.")))
        elif asked.kind != FLAG and value not in choices[asked.kind]:
            found.append((name, _NOTHING[asked.kind]))
    if not found:
        found = list(move.unfit(scenario))
    return [FieldError(f"/{name}", words) for name, words in found]


def fitting(kind: type[Move], name: str, scenario: Scenario) -> list[str]:
    """What can be picked for a parameter so that the move fits, with all others chosen as well as can be."""
    asked, choices = asked_of(kind), choices_of(scenario)
    values = choices.get(asked[name].kind, [])
    if asked[name].kind != STEP:
        return values
    others = [other for other, each in asked.items() if each.kind == STEP and other != name]
    given = {other: choices[each.kind][0] for other, each in asked.items() if choices.get(each.kind)}
    usual = replace(
        kind(), **{other: value for other, value in given.items() if asked[other].kind in (ROLE, KIND)}
    )

    def fits(value: str) -> bool:
        for chosen in product(choices[STEP], repeat=len(others)):
            move = replace(usual, **{name: value}, **dict(zip(others, chosen, strict=True)))
            if not any(asked[wrong.pointer[1:]].kind == STEP for wrong in wrong_in(move, scenario)):
                return True
        return False

    return [value for value in values if fits(value)]


_NOTHING = {
    STEP: _("Choose a step of this process."),
    ROLE: _("Choose a role of this process. Where the log names nobody, there is none."),
    KIND: _("Choose a kind of case. Where the calibration tells none apart, there is none."),
}


def of_people(scenario: Scenario, step: str, name: str = "step") -> Iterator[tuple[str, Any]]:
    """A fault where a step is no work of people."""
    if step_of(scenario, step).kind != "task":
        yield name, _("Nobody is waited for at this step. Choose one that people do.")


def goes_on(scenario: Scenario, key: str) -> Iterator[tuple[str, Any]]:
    """A fault where nothing follows a step."""
    if not behind(scenario, key):
        yield "step", _("Nothing follows this step. Choose one behind which cases go on.")
