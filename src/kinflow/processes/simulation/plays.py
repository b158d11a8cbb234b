"""The play by which what-ifs, searches and sensitivities are told: the same chances for all, the empty begin left out."""

from collections import OrderedDict
from dataclasses import replace
from hashlib import sha256
from threading import Lock

from .measures import Measures, measured
from .preparing import KEPT
from .results import Played
from .scenario import Scenario
from .simulating import simulate

SEED = 20_261_127
WARM_UP = 10
"""The first tenth is played, but not counted: the process begins empty."""


def warmed(scenario: Scenario) -> Scenario:
    """The scenario with its first tenth left out; the very one that this process had lately, where it had such a one, so
    that what it is played by is not made again for each block of plays."""
    made = replace(scenario, warm_up=scenario.lasts // WARM_UP)
    key = sha256(repr(made).encode()).digest()
    with _turn:
        found = _lately.setdefault(key, made)
        _lately.move_to_end(key)
        if len(_lately) > KEPT:
            _lately.popitem(last=False)
    return found


_lately: OrderedDict[bytes, Scenario] = OrderedDict()
_turn = Lock()


def play_once(scenario: Scenario, replication: int, seed: int = SEED) -> tuple[Measures, Played]:
    """Play a `warmed` scenario once: what it comes to, and the play. Raises Invalid as `simulate` does."""
    played = simulate(scenario, seed, replication)
    return measured(scenario, played), played
