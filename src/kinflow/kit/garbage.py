"""No looking for garbage while much is made that lives until a piece of work is done, and goes by itself then.

The interpreter looks for garbage each time that so many objects were made, through ever older ones: in a piece of work
that makes thousands and lets none go it finds nothing, and takes a quarter of the time.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 100
"""After so many pieces that overlapped, so that looking was never on again, what went is looked for all the same."""
_lock = threading.Lock()
_pieces, _was_on, _ended = 0, True, 0


@contextmanager
def keeping_all() -> Iterator[None]:
    """A short piece of work, of a second at most; several threads may be at one, and one within another."""
    global _pieces, _was_on, _ended
    with _lock:
        if not _pieces:
            _was_on = gc.isenabled()
        _pieces += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _pieces -= 1
            _ended += 1
            is_due = _was_on and _ended >= MOST
            if not _pieces and _was_on:
                gc.enable()
            if is_due or not _pieces:
                _ended = 0
        if is_due:
            gc.collect()
