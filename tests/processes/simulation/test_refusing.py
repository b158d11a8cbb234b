"""Scenarios that cannot be played are refused, each thing by its place."""

from dataclasses import replace
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from kinflow.kit.problem import Invalid
from kinflow.processes.simulation.plays import play_once
from kinflow.processes.simulation.reaching import reach
from kinflow.processes.simulation.refusing import check_scenario
from kinflow.processes.simulation.replications import figures_of
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
from kinflow.processes.simulation.simulating import simulate

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
        ({"calendars": {"c": Calendar(((0, HOUR),), opened=frozenset({(3, 7)}))}}, "/calendars/c"),
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
        ({"staff": (Staff("p", {"r": 1.0}, capacity=10**9),)}, "/staff/0/capacity"),
        ({"staff": (Staff("p", {"r": 1.0}, capacity=nan),)}, "/staff/0/capacity"),  # type: ignore[arg-type]
        ({"staff": (Staff("p", {"r": 1.0}, cost=inf),)}, "/staff/0/cost"),
        ({"staff": (Staff("p", {"r": 1.0}, absences=((0, 10**30),)),)}, "/staff/0/absences"),
        ({"staff": ()}, "/steps/1/role"),
        ({"calendars": {"c": Calendar(((0, DAY),), frozenset({10**12}))}}, "/calendars/c"),
        ({"kinds": (Kind("a", 1.0, 10**30),)}, "/kinds"),
        (task(cost=nan), "/steps/1/cost"),
        (task(times=Times("weibull", HOUR, 1e-300)), "/steps/1/times"),
        ({"arrivals": Arrivals(moments=(10**30,))}, "/arrivals/moments"),
        ({"arrivals": Arrivals(moments=(nan,))}, "/arrivals/moments"),  # type: ignore[arg-type]
        ({"arrivals": Arrivals(Times("fixed", 1))}, "/arrivals"),
        ({"arrivals": Arrivals(hourly=(1e6,) * 168), "lasts": 100 * DAY}, "/arrivals"),
        ({"arrivals": Arrivals(hourly=(1.0,) * 168, seasonal=(1e6,)), "lasts": 100 * DAY}, "/arrivals"),
        ({"lasts": nan}, "/lasts"),
        ({"lasts": 10**40}, "/lasts"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_scenario(replace(GOOD, **change))
    assert pointer in [error.pointer for error in refused.value.errors]


@pytest.mark.parametrize(
    "staff",
    [
        Staff("p", {"r": 1.0}, absences=((0, 300 * DAY),)),
        Staff("p", {"r": 1.0}, calendar="shut"),
        Staff("p", {"r": 10.0}),
    ],
)
def test_where_nobody_or_nobody_fast_enough_is_there_the_queue_is_told_to_grow_for_ever(staff: Staff) -> None:
    shut = {"shut": Calendar(((0, DAY),), frozenset(range(1_000)))}
    scenario = replace(GOOD, staff=(staff,), calendars=shut, lasts=100 * DAY)
    figures = figures_of([play_once(scenario, number)[0] for number in range(3)])
    assert figures.is_unstable
    assert figures.overloaded == ("r",)


def test_a_flood_of_cases_is_broken_off_and_told() -> None:
    flood = replace(GOOD, arrivals=Arrivals(Times("fixed", HOUR / 1_000)), lasts=100 * DAY)
    played = simulate(flood, 1, most_open=1_000)
    assert played.stopped == "open_cases"


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
