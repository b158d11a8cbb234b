"""What holds in every play: nothing is lost, nobody does too much or at a wrong time, ways are gone as they are drawn."""

from collections import Counter
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest

from kinflow.kit.problem import Invalid
from kinflow.processes.simulation.hours import spans_of
from kinflow.processes.simulation.results import Played
from kinflow.processes.simulation.scenario import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    Arrivals,
    Batch,
    Calendar,
    Flow,
    Kind,
    Scenario,
    Staff,
    Step,
    Times,
)
from kinflow.processes.simulation.simulating import simulate

OFFICE = Calendar(tuple((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in range(5)), frozenset({8}))
IN, OUT = Step("in", "in", "start"), Step("out", "out", "end")


COLUMNS = ("case", "step", "staff", "came", "ready", "start", "end", "work", "visit", "arrival", "finish")


def task(name: str, minutes: float = 10, **more: object) -> Step:
    return Step(name, name, "task", **{"role": "r", "times": Times("fixed", minutes * MINUTE)} | more)  # type: ignore[arg-type]


def played(steps: tuple[Step, ...], ways: str, moments: tuple[int, ...] = (0,), people: int = 9) -> Played:
    """Play cases along ways such as "a>b a>c:0.2" by people without a pause."""
    flows = []
    for way in ways.split():
        ends, _, chance = way.partition(":")
        source, target = ends.split(">")
        flows.append(Flow(source, target, ((float(chance or 1),),)))
    staff = tuple(Staff(f"p{number}", {"r": 1.0}) for number in range(people))
    return simulate(Scenario((IN, *steps, OUT), tuple(flows), staff, Arrivals(moments=moments), 60 * DAY), 1)


OFFICE_DAYS = Scenario(
    (
        IN,
        task("one", times=Times("gamma", HOUR, HOUR / 2), delay=Times("exponential", HOUR)),
        task("two", role="s", times=Times("lognormal", HOUR, HOUR)),
        Step("or", "or", "choose"),
        OUT,
    ),
    (
        Flow("in", "one"),
        Flow("one", "two"),
        Flow("two", "or"),
        Flow("or", "one", ((0.3, 0.0),)),
        Flow("or", "out"),
    ),
    (
        Staff("p", {"r": 1.0, "s": 1.5}, "office", absences=((2 * DAY, 3 * DAY),)),
        Staff("q", {"r": 0.8}, "office", capacity=2),
        Staff("z", {"s": 1.0}),
    ),
    Arrivals(times=Times("exponential", HOUR)),
    28 * DAY,
    calendars={"office": OFFICE},
)


def test_every_case_that_came_ends_or_is_open_and_passes_each_step_it_should() -> None:
    found = simulate(OFFICE_DAYS, 4)
    assert np.all(np.diff(found.arrival) >= 0)
    assert np.all(found.finish > found.arrival)
    one, two = (np.bincount(found.case[found.step == step], minlength=len(found.arrival)) for step in (1, 2))
    assert np.array_equal(one, two)
    assert set(np.unique(one)) == {1, 2}
    assert np.all(found.came <= found.ready)
    assert np.all(found.ready <= found.start)
    assert np.all(found.start <= found.end)
    last = np.zeros(len(found.arrival), np.int64)
    np.maximum.at(last, found.case, found.end)
    assert np.array_equal(last, found.finish)


def test_a_scenario_that_is_played_again_plays_as_one_that_never_was() -> None:
    again = [simulate(OFFICE_DAYS, 1, number) for number in (1, 2, 1)]
    fresh = simulate(replace(OFFICE_DAYS), 1, 1)
    for found in (again[0], again[2]):
        assert all(np.array_equal(getattr(found, name), getattr(fresh, name)) for name in COLUMNS)
    assert len(again[1].arrival) != len(fresh.arrival)


def test_nobody_does_more_at_a_time_than_they_can_nor_works_outside_their_hours() -> None:
    found = simulate(OFFICE_DAYS, 4)
    for place, staff in enumerate(OFFICE_DAYS.staff):
        items = found.staff == place
        begun, done = np.sort(found.start[items]), np.sort(found.end[items])
        at_once = np.arange(1, len(begun) + 1) - np.searchsorted(done, begun, "right")
        assert at_once.max() == staff.capacity
        calendar = OFFICE if staff.calendar else None
        begins, ends = spans_of(calendar, staff.absences, found.until)
        for moment, side in ((found.start[items], "right"), (found.end[items], "left")):
            at = np.searchsorted(begins, moment, side) - 1
            assert np.all((begins[at] <= moment) & (moment <= ends[at]))
        there = np.append(0, np.cumsum(ends - begins))
        hours = [
            there[at := np.searchsorted(begins, moment, "right") - 1]
            + np.minimum(moment, ends[at])
            - begins[at]
            for moment in (found.start[items], found.end[items])
        ]
        assert np.array_equal(hours[1] - hours[0], found.work[items])


def test_a_fork_is_joined_when_the_last_branch_comes() -> None:
    fork, join = Step("f", "f", "fork"), Step("j", "j", "fork")
    found = played(
        (task("a"), task("b", 30), task("c"), fork, join), "in>f f>a f>b a>j b>j j>c c>out", (0, MINUTE)
    )
    assert Counter(found.step.tolist()) == {1: 2, 2: 2, 3: 2}
    assert found.finish.tolist() == [40 * MINUTE, 41 * MINUTE]


def test_a_join_that_waits_for_a_way_not_taken_leaves_the_case_stuck() -> None:
    choice, join = Step("f", "f", "choose"), Step("j", "j", "fork")
    assert played((task("a"), task("b"), choice, join), "in>f f>a f>b a>j b>j j>out").finish.tolist() == [-2]


def test_an_inclusive_join_waits_for_the_branches_that_were_taken() -> None:
    split, join = Step("f", "f", "include"), Step("j", "j", "include")
    ways = "in>f f>a:1 f>b:0.5 a>j b>j j>c c>out"
    found = played((task("a"), task("b", 30), task("c"), split, join), ways, tuple(range(200)), people=600)
    taken = np.bincount(found.case[found.step == 2], minlength=200)
    assert 70 < taken.sum() < 130
    assert Counter(found.step.tolist())[3] == 200
    assert np.array_equal(found.finish - found.arrival, np.where(taken == 1, 40, 20) * MINUTE)


def test_a_batch_begins_when_it_is_full_or_its_first_has_waited_long_enough() -> None:
    step = task("a", 8, batch=Batch(3, HOUR))
    found = played((step,), "in>a a>out", (0, MINUTE, 2 * MINUTE, 3 * MINUTE))
    assert found.start.tolist() == [2 * MINUTE, 2 * MINUTE, 2 * MINUTE, 63 * MINUTE]
    assert found.finish.tolist() == [10 * MINUTE] * 3 + [71 * MINUTE]
    assert len(set(found.staff[:3].tolist())) == 1
    assert found.work.tolist() == [160_000_000] * 3 + [8 * MINUTE]


def test_a_defect_is_found_at_the_next_check_and_sends_the_case_back() -> None:
    bad, check = task("a", fails=0.5), task("check", is_check=True, rework="a")
    found = played((bad, check), "in>a a>check check>out", tuple(range(500)), people=900)
    times = np.bincount(found.case[found.step == 1], minlength=500)
    assert abs(times.mean() - 2) < 0.25
    assert not found.is_defective.any()
    assert np.array_equal(times, np.bincount(found.case[found.step == 2]))
    unchecked = played((bad,), "in>a a>out", tuple(range(500)))
    assert abs(unchecked.is_defective.mean() - 0.5) < 0.1


def test_tokens_that_become_ever_more_end_the_play() -> None:
    fork = Step("f", "f", "fork")
    steps = (task("a", 0.001), fork)
    scenario = Scenario(
        (IN, *steps, OUT),
        (Flow("in", "a"), Flow("a", "f"), Flow("f", "a"), Flow("f", "out"), Flow("f", "a")),
        (Staff("p", {"r": 1.0}, capacity=9),),
        Arrivals(moments=(0,)),
        DAY,
    )
    assert simulate(scenario, 1, most_events=5_000).stopped == "events"
    gates = tuple(Step(f"g{at}", "", "fork" if at % 2 else "choose") for at in range(30))
    names = ["in", *(gate.id for gate in gates), "a", "out"]
    flows = [Flow(*pair) for pair in zip(names[:-1], names[1:], strict=True)]
    flows += [Flow(gate.id, target) for gate, target in zip(gates[1::2], names[3::2], strict=True)]
    doubled = replace(scenario, steps=(IN, *gates, steps[0], OUT), flows=tuple(flows))
    assert simulate(doubled, 1).stopped == "tokens"


@pytest.mark.parametrize("processes", [1, 2])
def test_results_do_not_depend_on_how_many_processes_play_nor_on_the_order(processes: int) -> None:
    alone = [simulate(OFFICE_DAYS, 9, number).end.tolist() for number in range(3)]
    if processes == 1:
        assert [simulate(OFFICE_DAYS, 9, number).end.tolist() for number in (2, 1, 0)] == alone[::-1]
        return
    with get_context("fork").Pool(processes) as pool:
        assert pool.starmap(ends, [(number,) for number in range(3)], chunksize=1) == alone


def ends(number: int) -> list[int]:
    """When items of a play end."""
    return simulate(OFFICE_DAYS, 9, number).end.tolist()


def test_kinds_with_an_hour_come_at_about_that_hour_of_the_week_each_as_often_as_the_others() -> None:
    hours = np.arange(0.5, 168, 2)
    kinds = tuple(Kind(f"at {hour}", hour=float(hour)) for hour in hours)
    steps, flows = (Step("s", "", "start"), Step("e", "", "end")), (Flow("s", "e"),)
    moments = tuple(number * HOUR // 4 for number in range(10 * 168 * 4))
    scenario = Scenario(steps, flows, (), Arrivals(moments=moments), 10 * WEEK, kinds)
    found = simulate(scenario, 1)
    apart = np.abs(hours[found.kind] - found.arrival % WEEK / HOUR)
    assert np.minimum(apart, 168 - apart).max() < 8
    assert np.bincount(found.kind, minlength=len(kinds)).min() > 40
    with pytest.raises(Invalid):
        simulate(replace(scenario, kinds=(Kind("early", hour=169.0),)), 1)


def test_given_times_hang_on_the_kind_of_case_and_on_how_often_it_was_there() -> None:
    step = Step(
        "do", "do", "auto", times=Times("given", values=(1 * MINUTE, 2 * MINUTE, 5 * MINUTE, 7 * MINUTE))
    )
    steps = (IN, step, Step("or", "or", "choose"), OUT)
    flows = (
        Flow("in", "do"),
        Flow("do", "or"),
        Flow("or", "do", ((1.0, 1.0, 0.0),)),
        Flow("or", "out", ((0.0, 0.0, 1.0),)),
    )
    kinds = (Kind("quick"), Kind("slow"))
    found = simulate(Scenario(steps, flows, (), Arrivals(moments=tuple(range(20))), DAY, kinds), 1)
    of_kind = {0: (1 + 2 + 2) * MINUTE, 1: (5 + 7 + 7) * MINUTE}
    assert {0, 1} == set(found.kind.tolist())
    assert found.cycle.tolist() == [of_kind[kind] for kind in found.kind.tolist()]


@pytest.mark.parametrize(
    ("minutes", "overtime", "took"),
    [(60, 30, 60), (60, 29, 16 * 60 + 60), (150, 30, 16 * 60 + 150), (20, 0, 20)],
)
def test_what_is_done_soon_after_hours_is_finished_and_other_work_stops(
    minutes: int, overtime: int, took: int
) -> None:
    came = 16 * HOUR + 30 * MINUTE
    scenario = Scenario(
        (IN, task("one", minutes), OUT),
        (Flow("in", "one"), Flow("one", "out")),
        (Staff("p", {"r": 1.0}, "office", overtime=overtime * MINUTE),),
        Arrivals(moments=(came,)),
        28 * DAY,
        calendars={"office": OFFICE},
    )
    assert simulate(scenario, 1).end.tolist() == [came + took * MINUTE]
