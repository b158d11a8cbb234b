"""Scenarios that cannot be played are refused, each thing by its place."""

from dataclasses import replace
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from kinflow.kit.problem import Invalid
from kinflow.processes.simulation.reaching import reach
from kinflow.processes.simulation.refusing import check_scenario
from kinflow.processes.simulation.scenario import (
    DAY,
    HOUR,
    Arrivals,
    Calendar,
    Flow,
    Kind,
    Scenario,
    Staff,
    Step,
    Times,
)

STEPS = (
    Step("in", "in", "start"),
    Step("do", "do", "task", role="r", times=Times("fixed", HOUR)),
    Step("or", "or", "choose"),
    Step("out", "out", "end"),
)
FLOWS = (Flow("in", "do"), Flow("do", "or"), Flow("or", "do", ((0.5,),)), Flow("or", "out", ((0.5,),)))
GOOD = Scenario(STEPS, FLOWS, (Staff("p", {"r": 1.0}),), Arrivals(Times("fixed", HOUR)), DAY)


def task(**more: Any) -> dict[str, Any]:
    return {"steps": (STEPS[0], replace(STEPS[1], **more), *STEPS[2:])}


def back(*chances: float) -> dict[str, Any]:
    return {"flows": (*FLOWS[:2], Flow("or", "do", ((chances[0],),)), Flow("or", "out", ((chances[1],),)))}


def test_a_sound_scenario_is_let_through() -> None:
    check_scenario(GOOD)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (task(times=Times("fixed", nan)), "/steps/1/times"),
        (task(times=Times("exponential", inf)), "/steps/1/times"),
        (task(times=Times("fixed", -1.0)), "/steps/1/times"),
        (task(times=Times("gamma", HOUR, -1.0)), "/steps/1/times"),
        (task(times=Times("empirical")), "/steps/1/times"),
        (task(times=Times("given")), "/steps/1/times"),
        ({**task(times=Times("given", values=(1, 2, 3))), "kinds": (Kind("a"), Kind("b"))}, "/steps/1/times"),
        ({"arrivals": Arrivals(Times("given", values=(HOUR,)))}, "/arrivals/times"),
        (task(times=Times("fixed")), "/steps/1"),
        (task(role="nobody"), "/steps/1/role"),
        (task(rework="gone"), "/steps/1/rework"),
        (back(0.0, 0.0), "/steps/2"),
        (back(1.0, 0.0), "/steps/0"),
        (back(-1.0, 1.0), "/flows/2/chances"),
        ({"flows": (*FLOWS, Flow("do", "gone"))}, "/flows/4"),
        ({"calendars": {"never": Calendar(())}}, "/calendars/never"),
        ({"arrivals": Arrivals()}, "/arrivals"),
        ({"arrivals": Arrivals(Times("fixed"))}, "/arrivals/times"),
        ({"lasts": 0}, "/lasts"),
        ({"staff": (Staff("p", {"r": 0.0}),)}, "/staff/0/skills"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_scenario(replace(GOOD, **change))
    assert pointer in [error.pointer for error in refused.value.errors]


@pytest.mark.parametrize("steps", [2, 9, 17])
def test_a_step_leads_to_all_that_a_walk_along_the_ways_comes_to(steps: int) -> None:
    draw = np.random.default_rng(steps)
    chain = np.arange(steps - 1)
    for sources, targets in ((chain, chain + 1), draw.integers(0, steps, (2, steps))):
        found = reach(steps, sources, targets)
        for start in range(steps):
            seen: set[int] = set()
            todo = [start]
            while todo:
                fresh = set(targets[sources == todo.pop()].tolist()) - seen
                seen |= fresh
                todo += fresh
            assert set(np.flatnonzero(found[start]).tolist()) == seen
