"""The play by which what-ifs, searches and sensitivities are told: the same chances for all, the empty begin left out."""

from dataclasses import replace

from .measures import Measures, measured
from .results import Played
from .scenario import Scenario
from .simulating import simulate

SEED = 20_261_127
WARM_UP = 10
"""The first tenth is played, but not counted: the process begins empty."""


def warmed(scenario: Scenario) -> Scenario:
    """The scenario with its first tenth left out."""
    return replace(scenario, warm_up=scenario.lasts // WARM_UP)


def play_once(scenario: Scenario, replication: int, seed: int = SEED) -> tuple[Measures, Played]:
    """Play a `warmed` scenario once: what it comes to, and the play. Raises Invalid as `simulate` does."""
    played = simulate(scenario, seed, replication)
    return measured(scenario, played), played
