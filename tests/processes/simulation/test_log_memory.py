"""The memory of a large play's log is used again, and never while somebody looks at that log."""

import numpy as np

from kinflow.processes.simulation.results import Played
from kinflow.processes.simulation.simulating import simulate

from .test_engine_networks import chain


def test_a_log_that_is_looked_at_stays_as_it_is_while_others_are_played() -> None:
    scenario = chain(0.5, 0.7, cases=40_000)
    first = simulate(scenario, 1)
    kept = [column.copy() for column in columns(first)]
    second = simulate(scenario, 2)
    assert not np.shares_memory(first.end, second.end)
    for column, before in zip(columns(first), kept, strict=True):
        assert np.array_equal(column, before)


def test_a_single_column_keeps_its_memory() -> None:
    scenario = chain(0.5, 0.7, cases=40_000)
    ends = simulate(scenario, 1).end
    before = ends.copy()
    simulate(scenario, 2)
    assert np.array_equal(ends, before)


def test_memory_that_nobody_looks_at_is_used_again_with_the_same_result() -> None:
    scenario = chain(0.5, 0.7, cases=40_000)
    played = simulate(scenario, 1)
    place, before = address(played), [column.copy() for column in columns(played)]
    del played
    again = simulate(scenario, 1)
    assert address(again) == place
    for column, was in zip(columns(again), before, strict=True):
        assert np.array_equal(column, was)


def columns(played: Played) -> list[np.ndarray]:
    return [played.case, played.step, played.staff, played.start, played.end, played.work, played.visit]


def address(played: Played) -> int:
    return int(played.case.__array_interface__["data"][0])
