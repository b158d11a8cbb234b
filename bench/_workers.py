"""Workers of the product that measurements start, kill and wait for."""

import os
import signal
import subprocess
import sys
import time
from typing import Any


def start_worker() -> "subprocess.Popen[bytes]":
    """A worker with its twin, in a group of their own; it ends with this process, however this one ends."""
    return subprocess.Popen(
        [sys.executable, "-m", "config.commands.child", "manage", "work"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        stdin=subprocess.PIPE,  # breaks when this process is gone
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_worker(worker: "subprocess.Popen[bytes]") -> None:
    """Kill a worker with its twin, both in the middle of what they do."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def until_listening(workers: list[Any]) -> None:
    """Wait until all readers have read what there is, so that neither starting nor founding is measured."""
    from kinflow.eventlog.models import Cursor
    from kinflow.eventlog.readers import is_behind, readers

    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and (Cursor.objects.count() < len(readers) or is_behind()):
        time.sleep(0.5)
    assert all(worker.poll() is None for worker in workers)
