"""`work`: the worker. It lets the readers follow the log, and runs what else was registered, until it is told to stop."""

import os
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinflow.eventlog.follow import follow, wake
from kinflow.eventlog.twin import CAN_FORK, fork_twin
from kinflow.eventlog.working import Loop, loops, urgent_loops

STOPS = (signal.SIGINT, signal.SIGTERM)


class Command(BaseCommand):
    """Follow the log in the foreground."""

    help = "Follow the log and do what waits, until told to stop (SIGINT, SIGTERM)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """No options: what there is to do is known."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every loop in a thread of its own, the urgent ones in a second process where the system can fork."""
        urgent, others = (_follow_urgently, *urgent_loops), (_follow, *loops)
        if CAN_FORK:
            twin = fork_twin(lambda stop: _run(urgent, stop))
            others = (*others, twin.watch)
        else:
            others = (*others, *urgent)
        told = threading.Event()
        if not _run(others, told, lambda: self.stdout.write("The worker follows the log.")):
            raise CommandError("The worker ended because a part of it broke.")


def _run(parts: Sequence[Loop], stop: threading.Event, begun: Callable[[], Any] = lambda: None) -> bool:
    """Run the loops until told to stop; each ends after the transaction it is in. False where one of them broke."""
    for number in STOPS:
        signal.signal(number, lambda *_told: stop.set())
    broken: list[Loop] = []
    threads = [_start(loop, stop, broken) for loop in parts]
    begun()
    stop.wait()
    wake()  # who listens for news looks up at once
    for thread in threads:
        thread.join()
    return not broken


def _start(loop: Loop, stop: threading.Event, broken: list[Loop]) -> threading.Thread:
    def run() -> None:
        try:
            loop(stop)
        except BaseException:
            broken.append(loop)  # half a worker is none: whoever watches starts it anew
            os.kill(os.getpid(), signal.SIGTERM)
            raise

    thread = threading.Thread(target=run, name=getattr(loop, "__name__", "loop"))
    thread.start()
    return thread


def _follow(stop: threading.Event) -> None:
    follow(stop, timezone.now, urgent=False)


def _follow_urgently(stop: threading.Event) -> None:
    follow(stop, timezone.now, urgent=True)
