"""What a scenario is played and measured by, made once for all plays of it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .lowering import lowered
from .refusing import check_scenario
from .scenario import Scenario
from .staging import Room, room_of
from .world import World

KEPT = 16
"""So many scenarios, those asked for last, are kept with their arrays."""


@dataclass(frozen=True)
class Prepared:
    """A checked scenario as arrays; nothing that is played writes into them.

    `delays` are the steps that are but waiting.
    `urgency` is the priority of each kind of case; `before` is the working time of all spans before each; `hourly` what
    an hour of each of the staff costs, the last that of nobody; `of_steps` what steps cost; `usual` the mean factor on
    work times of who fills each role.
    """

    world: World
    room: Room
    delays: NDArray[np.bool_]
    urgency: NDArray[np.int64]
    before: NDArray[np.int64]
    hourly: NDArray[np.float64]
    of_steps: NDArray[np.float64]
    usual: NDArray[np.float64]


def prepared(scenario: Scenario) -> Prepared:
    """The arrays of a scenario. Raises Invalid, naming what is wrong with it."""
    return _prepared(_Same(scenario))


class _Same:
    """A scenario that equals only itself: comparing two of them in all their parts would take longer than a play."""

    __slots__ = ("scenario",)

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.scenario is self.scenario

    def __hash__(self) -> int:
        return id(self.scenario)


@lru_cache(maxsize=KEPT)
def _prepared(same: _Same) -> Prepared:
    scenario = same.scenario
    check_scenario(scenario)
    until = 2 * scenario.lasts
    world = lowered(scenario, until)
    lasts = np.minimum(world.spans[:, 1], until) - np.minimum(world.spans[:, 0], until)
    fill = world.skills > 0
    return Prepared(
        world,
        room_of(world),
        np.array([step.kind == "wait" for step in scenario.steps]),
        np.array([kind.priority for kind in scenario.kinds], np.int64),
        np.append(0, np.cumsum(lasts)[:-1]),
        np.array([*(staff.cost for staff in scenario.staff), 0.0]),
        np.array([step.cost for step in scenario.steps]),
        world.skills.sum(axis=0) / np.maximum(fill.sum(axis=0), 1),
    )
