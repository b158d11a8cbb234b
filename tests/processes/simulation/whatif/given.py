"""A small office whose figures are known: requests are looked at, approved, answered; one in ten is refused."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kinflow.processes.simulation.scenario import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    Arrivals,
    Calendar,
    Flow,
    Kind,
    Scenario,
    Staff,
    Step,
    Times,
)
from kinflow.processes.simulation.whatif.comparing import Pair
from kinflow.processes.simulation.whatif.kinds import Move

CALENDARS = {"usual": Calendar(tuple((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in range(5)))}
STEPS = (
    Step("start", "start", "start"),
    Step("first", "first", "choose"),
    Step("step 0", "look", "task", "look", Times("exponential", 20 * MINUTE)),
    Step("after 0", "after 0", "choose"),
    Step("wait 0 1", "wait", "wait", times=Times("fixed", 3 * HOUR)),
    Step("step 1", "approve", "task", "approve", Times("gamma", 15 * MINUTE, 5 * MINUTE)),
    Step("after 1", "after 1", "choose"),
    Step("wait 1 2", "wait", "wait", times=Times("fixed", HOUR)),
    Step("step 2", "answer", "task", "look", Times("fixed", 10 * MINUTE)),
    Step("after 2", "after 2", "choose"),
    Step("end", "end", "end"),
)
FLOWS = (
    Flow("start", "first"),
    Flow("first", "step 0"),
    Flow("step 0", "after 0"),
    Flow("after 0", "step 0", ((0.1,), (0.2, 0.0))),
    Flow("after 0", "wait 0 1", ((0.7,), (0.6, 0.8))),
    Flow("after 0", "step 2", ((0.2,),)),
    Flow("wait 0 1", "step 1"),
    Flow("step 1", "after 1"),
    Flow("after 1", "wait 1 2", ((0.9,),)),
    Flow("after 1", "end", ((0.1,),)),
    Flow("wait 1 2", "step 2"),
    Flow("step 2", "after 2"),
    Flow("after 2", "end", ((0.95, 1.0),)),
    Flow("after 2", "step 0", ((0.05, 0.0),)),
)
STAFF = (
    Staff("Ann", {"look": 1.0}, "usual", cost=30.0),
    Staff("Bo", {"look": 1.2}, "usual", cost=30.0),
    Staff("Cid", {"approve": 1.0}, "usual", cost=60.0),
)


def office(*, weeks: int = 4, an_hour: float = 1.0) -> Scenario:
    """The office, played for so many weeks."""
    hourly = tuple(an_hour if 9 <= hour % 24 < 17 and hour < 120 else 0.0 for hour in range(168))
    return Scenario(
        STEPS,
        FLOWS,
        STAFF,
        Arrivals(hourly=hourly),
        lasts=weeks * WEEK,
        kinds=(Kind("big", 0.4), Kind("small", 0.6)),
        calendars=CALENDARS,
    )


def alike() -> Scenario:
    """The office without kinds of cases."""
    flows = tuple(replace(flow, chances=flow.chances[:1]) for flow in FLOWS)
    return replace(office(), flows=flows, kinds=(Kind("all"),))


def compared(before: Scenario, after: Scenario, times: int, moves: Sequence[Move] = ()) -> dict[str, Any]:
    """What both sides come to, each played so many times."""
    pair = Pair(before, after, moves)
    return pair.figures([pair.play(number) for number in range(2 * times)])
