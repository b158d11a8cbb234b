"""Analyses kept for a while: the more work one was, the longer, since a log that is written all the time is always new.

Of the same processes and the same chart an analysis may be a hundred times as old as it took to make, ten minutes at
most.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import TypeVar, cast

from ..logs import Log
from ..paper import Paper
from .analysis import Network, Tie, network_of, people_ties

Value = TypeVar("Value")
TIMES, MOST_SECONDS, MOST = 100, 600.0, 32
MOST_PEOPLE = 400
_kept: OrderedDict[Hashable, tuple[float, object]] = OrderedDict()
_turn = Lock()


def network_for(logs: Sequence[Log], paper: Paper) -> Network:
    """The analysis of logs of ours."""
    return _kept_or(
        ("network", *_state(logs, paper)), lambda: network_of([log.columns for log in logs], paper)
    )


def people_ties_for(logs: Sequence[Log], network: Network, paper: Paper) -> list[Tie]:
    """Hand-overs between single people, of the 400 who hand over most; only for who may see them."""
    columns = [log.columns for log in logs]
    return _kept_or(
        ("people", *_state(logs, paper)), lambda: people_ties(columns, network, paper, MOST_PEOPLE)
    )


def _state(logs: Sequence[Log], paper: Paper) -> tuple[Hashable, ...]:
    return (paper.state, *((log.process.pk, log.process.version) for log in logs))


def _kept_or(key: Hashable, make: Callable[[], Value]) -> Value:
    with _turn:
        until, found = _kept.get(key, (0.0, None))
    begun = time.monotonic()
    if begun < until:
        return cast(Value, found)
    made = make()
    now = time.monotonic()
    with _turn:
        _kept[key] = (now + min(MOST_SECONDS, TIMES * (now - begun)), made)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Keep nothing any more."""
    with _turn:
        _kept.clear()
