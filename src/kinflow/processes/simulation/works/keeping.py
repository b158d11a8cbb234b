"""What a worker sets up to play a run is kept for its next block, as long as few others are played meanwhile."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from .models import PlayedWork

T = TypeVar("T")
KEPT = 6
"""So many runs, those played last."""
_lately: OrderedDict[Hashable, object] = OrderedDict()
_turn = Lock()


def kept_for(row: PlayedWork, make: Callable[[], T], *more: Hashable) -> T:
    """What `make` makes of a row, or made of it lately in this process.

    It must follow from what the row had when it began, and from `more`.
    """
    key = (type(row), row.pk, row.made_at, *more)
    with _turn:
        if key in _lately:
            _lately.move_to_end(key)
            return _lately[key]  # type: ignore[return-value]
    made = make()
    with _turn:
        _lately[key] = made
        while len(_lately) > KEPT:
            _lately.popitem(last=False)
    return made
