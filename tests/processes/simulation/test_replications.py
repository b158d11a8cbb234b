"""Figures over several plays: against queueing theory, with honest intervals, and growing queues told."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from kinflow.processes.simulation.hours import spans_of
from kinflow.processes.simulation.measures import measured
from kinflow.processes.simulation.replications import Figures, figure, figures_of
from kinflow.processes.simulation.scenario import (
    DAY,
    HOUR,
    MINUTE,
    Arrivals,
    Batch,
    Calendar,
    Flow,
    Scenario,
    Staff,
    Step,
    Times,
)
from kinflow.processes.simulation.simulating import simulate
from tests.processes.simulation.whatif.given import office as whatif_office

OFFICE = Calendar(tuple((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in range(5)))


def desk(load: float, servers: int = 1, cases: int = 4_000) -> Scenario:
    """Cases that come at random to people who take an hour for each on average."""
    steps = (
        Step("in", "in", "start"),
        Step("do", "do", "task", role="r", times=Times("exponential", HOUR), cost=2.0),
        Step("out", "out", "end"),
    )
    staff = tuple(Staff(f"p{number}", {"r": 1.0}, cost=30.0) for number in range(servers))
    between = HOUR / servers / load
    arrivals = Arrivals(times=Times("exponential", between))
    lasts = round(cases * between)
    return Scenario(steps, (Flow("in", "do"), Flow("do", "out")), staff, arrivals, lasts, warm_up=lasts // 10)


def replicated(scenario: Scenario, seed: int, times: int) -> Figures:
    """The figures of some plays."""
    return figures_of([measured(scenario, simulate(scenario, seed, number)) for number in range(times)])


def test_all_time_of_a_case_is_work_or_waiting_and_waiting_again_is_no_rework() -> None:
    """Everybody is always there, so that no work stops; delays are steps of their own, as calibrated ones are."""
    staff = tuple(replace(each, calendar="", capacity=1) for each in whatif_office().staff)
    scenario = replace(whatif_office(), staff=staff)
    played = simulate(scenario, 1, 0)
    found = measured(scenario, played)
    assert found.cycle_mean == pytest.approx(found.waiting + found.work, rel=1e-6)
    assert found.waiting > 3 * HOUR * 0.6
    tasks = np.array([step.kind == "task" for step in scenario.steps])
    again = (played.finish[played.case] >= 0) & (played.arrival[played.case] >= scenario.warm_up)
    again &= (played.visit > 0) & tasks[played.step]
    ended = (played.finish >= 0) & (played.arrival >= scenario.warm_up)
    assert found.rework == pytest.approx(again.sum() / ended.sum())


def test_intervals_hold_what_theory_says_of_a_queue() -> None:
    found = replicated(desk(0.6), seed=3, times=10)
    assert found.cycle_mean.low < HOUR / 0.4 < found.cycle_mean.high
    assert found.waiting.low < 1.5 * HOUR < found.waiting.high
    assert found.work.low < HOUR < found.work.high
    assert found.cost.low < 32 < found.cost.high
    assert found.utilisation["p0"].low < 0.6 < found.utilisation["p0"].high
    assert found.load["r"].low < 0.6 < found.load["r"].high
    assert found.throughput.low < 0.6 * 24 < found.throughput.high
    assert found.cycle_p90.low < HOUR / 0.4 * np.log(10) < found.cycle_p90.high
    assert (found.handovers.mean, found.rework.mean, found.defective.mean, found.stuck.mean) == (0, 0, 0, 0)
    assert not found.is_unstable
    assert found.overloaded == ()


def test_an_interval_is_that_of_student() -> None:
    found = figure([1.0, 2.0, 3.0])
    assert (found.mean, found.low, found.high) == pytest.approx((2.0, 0.0, 4.4841), abs=1e-4)
    assert figure([10.0, 11.0, 12.0]).low == pytest.approx(8.5159, abs=1e-4)
    assert isnan(figure([float("nan"), 1.0]).low)


def test_a_queue_that_grows_for_ever_is_told_with_the_role_that_makes_it() -> None:
    found = replicated(desk(1.3, servers=2, cases=1_000), seed=3, times=3)
    assert found.is_unstable
    assert found.overloaded == ("r",)


def test_a_queue_grows_where_people_are_shared_and_no_role_alone_is_too_much() -> None:
    one = desk(0.7, cases=1_000)
    steps = (*one.steps[:2], Step("more", "more", "task", role="s", times=Times("fixed", HOUR)), one.steps[2])
    flows = (Flow("in", "do"), Flow("do", "more"), Flow("more", "out"))
    found = replicated(replace(one, steps=steps, flows=flows, staff=(Staff("p", {"r": 1, "s": 1}),)), 3, 3)
    assert found.is_unstable
    assert found.overloaded == ()


def test_cases_of_the_warm_up_do_not_count() -> None:
    scenario = desk(0.5, cases=100)
    late = replace(scenario, warm_up=scenario.lasts - 1)
    found = measured(late, simulate(late, 1))
    assert isnan(found.cycle_mean)
    assert isnan(measured(late, simulate(late, 1)).cost)


def test_hours_worked_are_shares_of_the_hours_that_people_have() -> None:
    steps = (
        Step("in", "in", "start"),
        Step("do", "do", "task", role="r", times=Times("fixed", 5 * HOUR)),
        Step("out", "out", "end"),
    )
    staff = (Staff("p", {"r": 1.0}, "office", absences=((4 * DAY, 5 * DAY),)),)
    # Monday at 16:00: an hour on Monday, four on Tuesday, of 32 hours of the week.
    arrivals = Arrivals(moments=(16 * HOUR,))
    flows = (Flow("in", "do"), Flow("do", "out"))
    scenario = Scenario(steps, flows, staff, arrivals, 7 * DAY, calendars={"office": OFFICE})
    found = measured(scenario, simulate(scenario, 1))
    assert found.utilisation == {"p": pytest.approx(5 / 32)}
    assert found.load == {"r": pytest.approx(5 / 32)}
    assert found.cycle_mean == 21 * HOUR
    second = replace(scenario, warm_up=DAY)
    assert measured(second, simulate(second, 1)).utilisation == {"p": pytest.approx(4 / 24)}


def test_people_who_do_a_batch_are_busy_once() -> None:
    steps = (
        Step("in", "in", "start"),
        Step("do", "do", "task", role="r", times=Times("fixed", 8 * HOUR), batch=Batch(4, DAY)),
        Step("out", "out", "end"),
    )
    arrivals = Arrivals(moments=(0, MINUTE, 2 * MINUTE, 3 * MINUTE))
    flows = (Flow("in", "do"), Flow("do", "out"))
    scenario = Scenario(steps, flows, (Staff("p", {"r": 1.0}),), arrivals, DAY)
    found = measured(scenario, simulate(scenario, 1))
    assert found.utilisation == {"p": pytest.approx(1 / 3)}
    assert found.work == 2 * HOUR


def test_plays_can_be_put_together_from_anywhere() -> None:
    scenario = desk(0.5, cases=50)
    apart = [measured(scenario, simulate(scenario, 1, number)) for number in (1, 0, 2)]
    assert figures_of([apart[1], apart[0], apart[2]]) == replicated(scenario, 1, 3)
    with pytest.raises(ValueError, match="two plays"):
        figures_of(apart[:1])


@pytest.mark.parametrize("seed", [1, 2])
def test_what_people_are_busy_with_adds_up_to_the_work_that_was_done(seed: int) -> None:
    one = replace(desk(0.8, servers=3, cases=300), calendars={"office": OFFICE}, warm_up=0)
    staff = tuple(
        replace(each, calendar="office", capacity=1 + place, absences=((place * DAY, 3 * place * DAY),))
        for place, each in enumerate(one.staff)
    )
    scenario = replace(one, staff=staff, lasts=one.lasts * 5)
    played = simulate(scenario, seed)
    figures = measured(scenario, played)
    within = played.end <= scenario.lasts
    for place, each in enumerate(staff):
        own = (played.staff == place) & (played.start >= 0)
        begins, ends = spans_of(OFFICE, each.absences, scenario.lasts)
        there = (np.minimum(ends, scenario.lasts) - np.minimum(begins, scenario.lasts)).sum() * each.capacity
        done, begun = (played.work[own & chosen].sum() / there for chosen in (within, np.ones_like(within)))
        assert done - 1e-9 <= figures.utilisation[each.name] <= begun + 1e-9
    assert figures.work == pytest.approx(
        played.work[played.finish[played.case] >= 0].sum() / len(played.cycle)
    )
