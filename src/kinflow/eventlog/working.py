"""What a worker does beside following the log: loops that packages above register when they are ready."""

import threading
from collections.abc import Callable

Loop = Callable[[threading.Event], None]
"""Works until the event is set, and leaves nothing half done."""

loops: list[Loop] = []
urgent_loops: list[Loop] = []


def work_on(loop: Loop) -> Loop:
    """Have every worker run this loop in a thread of its own."""
    loops.append(loop)
    return loop


def work_on_urgently(loop: Loop) -> Loop:
    """Have every worker run this loop beside its urgent readers, where nothing heavy shares the interpreter with it."""
    urgent_loops.append(loop)
    return loop
