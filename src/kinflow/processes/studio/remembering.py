"""What was counted over a log is kept while the log is: the next page asks for the same."""

import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from ..columns import EventColumns
from ..columns.events import Codes

Value = TypeVar("Value")
MOST = 48
_kept: OrderedDict[tuple[int, Hashable], tuple[weakref.ref[Codes], object]] = OrderedDict()
_lock = Lock()


def remembered(columns: EventColumns, key: Hashable, make: Callable[[], Value]) -> Value:
    """What `make` gives for this log, made once for a key; the longest unasked is forgotten first.

    Logs with the same array of activities are the same log here: whose names stand in it belongs into the key.
    """
    place = (id(columns.activity), key)
    with _lock:
        log, value = _kept.get(place, (None, None))
        if log is not None and log() is columns.activity:
            _kept.move_to_end(place)
            return cast(Value, value)
    made = make()
    with _lock:
        _kept[place] = (weakref.ref(columns.activity), made)
        for gone in [at for at, (log, _value) in _kept.items() if log() is None]:
            del _kept[gone]
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
