"""The engine against what theory knows of networks of queues and of priorities."""

from dataclasses import replace

import numpy as np

from kinflow.processes.simulation.results import Played
from kinflow.processes.simulation.scenario import (
    SECOND,
    Arrivals,
    Flow,
    Kind,
    Scenario,
    Staff,
    Step,
    Times,
)
from kinflow.processes.simulation.simulating import simulate

WORK = Times("exponential", 48 * SECOND)
IN, OUT = Step("in", "in", "start"), Step("out", "out", "end")


def chain(*loads: float, cases: int = 60_000) -> Scenario:
    """Cases that come at random pass one person after the other, who are busy for such shares of their time."""
    between = 60 * SECOND
    works = [Times("exponential", load * between) for load in loads]
    steps = (
        IN,
        *(Step(f"s{at}", "", "task", role=f"r{at}", times=work) for at, work in enumerate(works)),
        OUT,
    )
    ways = [step.id for step in steps]
    flows = tuple(Flow(*pair) for pair in zip(ways[:-1], ways[1:], strict=True))
    staff = tuple(Staff(f"p{at}", {f"r{at}": 1.0}) for at in range(len(works)))
    return Scenario(steps, flows, staff, Arrivals(Times("exponential", between)), cases * between)


def stays(played: Played, step: int) -> float:
    """How long cases stay at a step on average, in seconds."""
    here = (played.step == step) & (played.case > 5_000)
    return float((played.end - played.came)[here].mean()) / SECOND


def test_each_queue_of_a_chain_is_as_if_it_were_alone() -> None:
    played = simulate(chain(0.5, 0.7, 0.3), 5)
    for step, load in enumerate((0.5, 0.7, 0.3), start=1):
        assert abs(stays(played, step) / (60 * load / (1 - load)) - 1) < 0.06


def test_a_network_with_feedback_is_that_of_jackson() -> None:
    one = chain(0.3, 0.4)
    back = Step("or", "or", "choose")
    flows = (*one.flows[:2], Flow("s1", "or"), Flow("or", "s0", ((0.4,),)), Flow("or", "out", ((0.6,),)))
    played = simulate(replace(one, steps=(*one.steps[:3], back, OUT), flows=flows), 5)
    # Each case comes 1 / 0.6 times on average; loads are 0.5 and 2/3.
    assert abs((played.visit == 0).sum() / len(played.visit) - 0.6) < 0.01
    for step, work, load in ((1, 18, 0.5), (2, 24, 2 / 3)):
        assert abs(stays(played, step) / (work / (1 - load)) - 1) < 0.06


def test_waits_of_two_classes_are_those_of_cobham() -> None:
    kinds = (Kind("urgent", 0.3, priority=1), Kind("usual", 0.7, priority=2))
    played = simulate(replace(chain(0.8, cases=100_000), kinds=kinds), 2)
    left = 0.8 * 48  # of the work under way, when somebody comes
    wait = (played.start - played.ready) / SECOND
    kind = played.kind[played.case]
    counted = played.case > 5_000
    assert abs(wait[counted & (kind == 0)].mean() / (left / (1 - 0.24)) - 1) < 0.06
    assert abs(wait[counted & (kind == 1)].mean() / (left / (1 - 0.24) / (1 - 0.8)) - 1) < 0.1


def test_urgent_cases_go_first_and_disciplines_order_the_rest() -> None:
    moments = tuple(at * SECOND for at in range(6))
    one = replace(chain(0.8), arrivals=Arrivals(moments=moments))
    order = {
        discipline: simulate(replace(one, discipline=discipline), 3).case.tolist()
        for discipline in ("fifo", "lifo", "shortest", "due")
    }
    assert order["fifo"] == order["due"] == [0, 1, 2, 3, 4, 5]
    assert order["lifo"] == [0, 5, 4, 3, 2, 1]
    work = simulate(one, 3).work
    assert order["shortest"] == [0, *sorted(range(1, 6), key=lambda case: work[case])]
    kinds = (Kind("urgent", 0.5, priority=1), Kind("usual", 0.5, priority=2))
    played = simulate(replace(one, kinds=kinds), 3)
    assert np.all(np.diff(played.kind[played.case[1:]]) >= 0)
