"""The engine against what queueing theory knows exactly."""

from math import sqrt

import numpy as np
import pytest

from kinflow.processes.simulation.scenario import SECOND, Arrivals, Flow, Scenario, Staff, Step, Times
from kinflow.processes.simulation.simulating import simulate

SERVICE = 48 * SECOND


def one_queue(servers: int, load: float, work: Times, cases: int = 40_000) -> Scenario:
    """Cases come at random to one step that some people do."""
    between = SERVICE / servers / load
    steps = (
        Step("in", "in", "start"),
        Step("do", "do", "task", role="r", times=work),
        Step("out", "out", "end"),
    )
    staff = tuple(Staff(f"p{number}", {"r": 1.0}) for number in range(servers))
    arrivals = Arrivals(times=Times("exponential", between))
    return Scenario(steps, (Flow("in", "do"), Flow("do", "out")), staff, arrivals, round(cases * between))


def waiting(scenario: Scenario, times: int = 5) -> tuple[float, float]:
    """The mean wait in seconds over some replications, and how far it may be off (five standard errors)."""
    means = []
    for replication in range(times):
        played = simulate(scenario, 1, replication)
        means.append(float((played.start - played.ready)[played.case > 2_000].mean()) / SECOND)
    return float(np.mean(means)), 5 * float(np.std(means, ddof=1)) / sqrt(times)


def erlang_c(servers: int, offered: float) -> float:
    """The probability of having to wait in an M/M/c queue."""
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = offered * blocked / (number + offered * blocked)
    return blocked / (1 - offered / servers * (1 - blocked))


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (3, 0.8)])
def test_waits_of_exponential_work_are_those_of_erlang(servers: int, load: float) -> None:
    found, off = waiting(one_queue(servers, load, Times("exponential", SERVICE)))
    exact = erlang_c(servers, servers * load) * 48 / servers / (1 - load)
    assert off < exact / 5
    assert abs(found - exact) < off


@pytest.mark.parametrize(
    ("work", "variation"),
    [
        (Times("fixed", SERVICE), 0.0),
        (Times("gamma", SERVICE, SERVICE / 2), 0.25),
        (Times("lognormal", SERVICE, SERVICE / 2), 0.25),
        (Times("weibull", SERVICE, SERVICE / 2), 0.25),
        (Times("uniform", SERVICE, SERVICE / 2), 0.25),
        (Times("empirical", values=(0, 2 * SERVICE)), 1 / 3),
    ],
)
def test_waits_of_any_work_are_those_of_pollaczek_and_khinchine(work: Times, variation: float) -> None:
    found, off = waiting(one_queue(1, 0.7, work))
    exact = 0.7 / 0.3 * (1 + variation) / 2 * 48
    assert off < exact / 5
    assert abs(found - exact) < off


def test_the_same_seed_plays_the_same_and_another_does_not() -> None:
    scenario = one_queue(2, 0.8, Times("exponential", SERVICE), cases=500)
    one, again, other = simulate(scenario, 7, 3), simulate(scenario, 7, 3), simulate(scenario, 7, 4)
    assert np.array_equal(one.end, again.end)
    assert np.array_equal(one.case, again.case)
    assert not np.array_equal(one.end[:100], other.end[:100])


def test_a_case_draws_the_same_for_a_step_whatever_else_changes() -> None:
    few, many = (one_queue(servers, 0.8, Times("exponential", SERVICE), cases=300) for servers in (1, 3))
    few, many = simulate(few, 7), simulate(many, 7)
    shared = min(len(few.arrival), len(many.arrival)) - 1
    assert np.array_equal(few.work[np.argsort(few.case)][:shared], many.work[np.argsort(many.case)][:shared])
