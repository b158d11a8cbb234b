"""Which element of a design a step of the process is: the one that is called the same, unless somebody says so."""

from collections.abc import Callable, Mapping, Sequence

from ..bpmn.model import ACTIVITIES, Model
from ..definitions.shipped_steps import PLANNED
from ..definitions.steps import step_named, steps_of
from ..simulation.scenario import Scenario
from ..simulation.whatif.kinds import STEP, Move, asked_of
from ..simulation.whatif.models import WhatIf
from ..simulation.whatif.people_moves import CaseManager
from .moves import changes_model
from .places import Places

Names = Callable[[str], Sequence[str]]
"""What a step of the scenario is called, in all languages."""


def steps_in(moves: Sequence[Move], scenario: Scenario) -> list[str]:
    """The steps of the calibrated scenario that moves of the model speak of, in order."""
    known = {each.id: each for each in scenario.steps}
    found: dict[str, None] = {}
    for move in moves:
        if not changes_model(move):
            continue
        if isinstance(move, CaseManager):
            found.update({key: None for key, each in known.items() if each.role in move.roles})
        for name, asked in asked_of(type(move)).items():
            if asked.kind == STEP:
                parts = getattr(move, name).removesuffix(" early").removesuffix(" beside").split("+")
                found.update({key: None for key in parts if key in known})
    return list(found)


def asking(what_if: WhatIf, elements: Mapping[str, str], model: Model, scenario: Scenario) -> dict[str, str]:
    """By the element of each step the one in which it is asked for, where one is called so."""
    steps, found = steps_of(what_if.process.steps), {}
    names = {each.id: each.name for each in scenario.steps}
    for key, element in elements.items():
        own = step_named(steps, names[key])
        asks = [each for each in steps if own and each.event == PLANNED and each.where == own.where != {}]
        called = {name.casefold() for each in asks for name in (each.name, each.name_zh)}
        twins = [each.id for each in model.elements if each.name.casefold() in called and each.id != element]
        if len(twins) == 1:
            found[element] = twins[0]
    return found


def placed(
    steps: Sequence[str], names: Names, model: Model, given: Mapping[str, str], scenario: Scenario
) -> Places:
    """The element of each step: as given, else the only one that is called so."""
    acts = [each for each in model.elements if each.kind in ACTIVITIES]
    known = {each.id for each in acts}
    elements: dict[str, str] = {}
    for step in steps:
        called = {name.casefold().strip() for name in names(step)}
        twins = [each.id for each in acts if each.name.casefold().strip() in called]
        if given.get(step) in known:
            elements[step] = given[step]
        elif len(twins) == 1 and step not in given:
            elements[step] = twins[0]
    return Places(elements, {each.id: each.role for each in scenario.steps if each.role}, {})
