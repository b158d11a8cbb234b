"""The worker's twin: a process forked from it, so that what is urgent shares no interpreter with what is heavy.

Threads of one interpreter run one at a time: a thread that asks the database a question waits, for each answer, until the
others let go, up to five milliseconds. A run of a rule asks forty.
"""

import gc
import logging
import os
import select
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

log = logging.getLogger(__name__)
CAN_FORK = hasattr(os, "fork")
LOOK_SECONDS = 1.0


class TwinEnded(RuntimeError):
    """The twin ended without being told to."""


@dataclass
class Twin:
    """The forked process, and the end of a pipe that only this process holds open: it closes however this one ends."""

    pid: int
    lifeline: int

    def watch(self, stop: threading.Event) -> None:
        """Let the twin live until `stop` is set, and wait for it. Raises TwinEnded where it ends by itself, or broke."""
        while not stop.wait(LOOK_SECONDS):
            ended, code = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                os.close(self.lifeline)
                if stop.wait(LOOK_SECONDS) and code == 0:
                    return  # both were told, and it was quicker
                raise TwinEnded(f"with {os.waitstatus_to_exitcode(code)}")
        os.close(self.lifeline)
        _ended, code = os.waitpid(self.pid, 0)
        if code:
            raise TwinEnded(f"with {os.waitstatus_to_exitcode(code)}")


def fork_twin(work: Callable[[threading.Event], bool]) -> Twin:
    """Fork a process that works until the given event is set, which this process's end does; True: nothing broke.

    To be called while this process has one thread.
    """
    connections.close_all()  # a connection cannot be shared
    reading, lifeline = os.pipe()
    gc.collect()
    gc.freeze()  # looking for garbage would write to each page, and so end the sharing of memory
    pid = os.fork()
    if pid:
        os.close(reading)
        return Twin(pid, lifeline)
    code = 1
    try:
        os.close(lifeline)
        code = 0 if work(_when_closed(reading)) else 1
    except BaseException:
        log.exception("the worker's twin broke")
    finally:
        os._exit(code)


def _when_closed(pipe: int) -> threading.Event:
    """An event that is set when nobody holds the other end of the pipe any more."""
    closed = threading.Event()

    def look() -> None:
        select.select([pipe], [], [])
        closed.set()

    threading.Thread(target=look, name="lifeline", daemon=True).start()
    return closed
