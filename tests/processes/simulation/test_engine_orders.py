"""In which order things happen and work is taken: held against what comes first by definition, whatever is kept how."""

import numpy as np
import pytest

from kinflow.processes.simulation.results import Played
from kinflow.processes.simulation.scenario import (
    DAY,
    HOUR,
    MINUTE,
    Arrivals,
    Flow,
    Kind,
    Scenario,
    Staff,
    Step,
    Times,
)
from kinflow.processes.simulation.simulating import simulate

ALWAYS = ((1.0,),)


def played(step: Step, discipline: str, arrivals: Arrivals, lasts: int, *kinds: Kind) -> Played:
    """Play one step of one person."""
    steps = (Step("in", "", "start"), step, Step("out", "", "end"))
    flows = (Flow("in", step.id, ALWAYS), Flow(step.id, "out", ALWAYS))
    staff = (Staff("p", {"r": 1.0}),)
    return simulate(
        Scenario(
            steps, flows, staff, arrivals, lasts, discipline=discipline, kinds=kinds or (Kind("", 1.0),)
        ),
        1,
    )


@pytest.mark.parametrize("priorities", [(0,), (2, 0, 1)])
@pytest.mark.parametrize("discipline", ["fifo", "lifo", "shortest", "due"])
def test_who_becomes_free_takes_what_goes_before_all_that_waits(
    discipline: str, priorities: tuple[int, ...]
) -> None:
    kinds = [Kind(f"k{of}", 1 / len(priorities), priority=of) for of in priorities]
    step = Step(
        "s",
        "",
        "task",
        role="r",
        times=Times("exponential", 9 * MINUTE),
        delay=Times("exponential", 2 * HOUR),
    )
    arrivals = Arrivals(times=Times("exponential", 10 * MINUTE))
    found = played(step, discipline, arrivals, 20 * DAY, *kinds)
    rank = np.array([kind.priority for kind in kinds])[found.kind[found.case]]
    keys = {"fifo": found.ready, "lifo": -found.ready, "shortest": found.work, "due": found.case}
    longest = 0
    for item in np.flatnonzero(found.is_done & (found.start > found.ready)):
        begun = found.start[item]
        rest = np.flatnonzero((found.ready < begun) & ((found.start > begun) | (found.start < 0)))
        mine = (rank[item], keys[discipline][item])
        assert all(mine < (rank[other], keys[discipline][other]) for other in rest)
        longest = max(longest, len(rest))
    assert longest > 10


def test_what_happens_is_in_order_while_little_and_much_is_to_come() -> None:
    step = Step("s", "", "auto", times=Times("exponential", HOUR), delay=Times("exponential", HOUR))
    bursts = [burst * 9 * HOUR + place for burst in range(6) for place in range(10 * 4**burst % 1000)]
    found = played(step, "fifo", Arrivals(moments=tuple(bursts)), 9 * DAY)
    assert len(found.case) == len(bursts)
    assert (found.end[1:] >= found.end[:-1]).all()
    assert (found.end == found.start + found.work).all()
    open_at_once = [int(((found.came <= at) & (found.end > at)).sum()) for at in found.came]
    assert max(open_at_once) > 500
    assert min(open_at_once[200:]) < 5


@pytest.mark.parametrize("cases", [20, 100, 300])
def test_what_happens_at_one_moment_happens_as_it_was_noted(cases: int) -> None:
    step = Step("s", "", "auto", times=Times("fixed", HOUR), delay=Times("fixed", HOUR))
    moments = np.repeat(np.arange(cases // 10) * MINUTE, 10)
    found = played(step, "fifo", Arrivals(moments=tuple(int(at) for at in moments)), DAY)
    assert list(found.case) == list(range(cases))
