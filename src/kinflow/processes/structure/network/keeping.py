"""The analysis kept for a while: the more work it was, the longer, since a log that is written all the time is always
new.
"""

import time
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from threading import Lock

from ..logs import Log
from ..paper import Paper
from .analysis import Network, network_of

TIMES, MOST_SECONDS, MOST = 100, 600.0, 16
_kept: OrderedDict[Hashable, tuple[float, Network]] = OrderedDict()
_turn = Lock()


def network_for(logs: Sequence[Log], paper: Paper) -> Network:
    """The analysis of logs of ours; of the same processes and the same chart it may be a hundred times as old as it
    took to make, ten minutes at most.
    """
    key = (tuple((log.process.pk, log.process.version) for log in logs), paper.state)
    with _turn:
        until, found = _kept.get(key, (0.0, None))
    begun = time.monotonic()
    if found is not None and begun < until:
        return found
    found = network_of([log.columns for log in logs], paper)
    now = time.monotonic()
    with _turn:
        _kept[key] = (now + min(MOST_SECONDS, TIMES * (now - begun)), found)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Keep nothing any more."""
    with _turn:
        _kept.clear()
