"""A process with a twin, without the rest of a worker: the twin says its number, and goes on once it is told.

It ends with 3 where its twin ended unasked. The first argument says whether the twin `waits` or `breaks`.
"""

import os
import signal
import sys
import threading

import django
from django.conf import settings


def work(stop: threading.Event) -> bool:
    """What the twin does."""
    signal.signal(signal.SIGINT, lambda *_told: stop.set())
    print(os.getpid(), flush=True)
    sys.stdin.readline()
    if sys.argv[1] == "breaks":
        raise RuntimeError("broken for a test")
    return stop.wait()


def main() -> int:
    """Fork, and watch."""
    from kinflow.eventlog.twin import TwinEnded, fork_twin

    told = threading.Event()
    signal.signal(signal.SIGINT, lambda *_told: told.set())
    try:
        fork_twin(work).watch(told)
    except TwinEnded:
        return 3
    return 0


if __name__ == "__main__":
    settings.configure()  # none of the product's packages: this starts in no time
    django.setup()
    sys.exit(main())
