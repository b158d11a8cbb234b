"""The processor's time that each process of a worker spends, and the database's for it."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


class Stopwatch:
    """Seconds by the clock, and those of the processor in this process and in the database's for it, while it runs."""

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """A part that counts."""
        pids = [os.getpid(), *_backends()]
        spent, begun = _seconds(pids), time.perf_counter()
        yield
        self.seconds += time.perf_counter() - begun
        self.processor += _seconds(pids) - spent


class Spent:
    """From now on, what workers, their twins, this process and the database's processes spend."""

    def __init__(self, workers: "Sequence[subprocess.Popen[bytes]]") -> None:
        self.parts: dict[str, list[int]] = {
            "urgent": [pid for worker in workers for pid in _children(worker.pid)],
            "others": [worker.pid for worker in workers],
            "sending": [os.getpid()],
            "database": list(_backends()),
        }
        self.begun = {name: _seconds(pids) for name, pids in self.parts.items()}

    def seconds(self) -> float:
        """What all of them spent together."""
        return sum(_seconds(pids) - self.begun[name] for name, pids in self.parts.items())

    def told(self, lasted: float, events: int) -> dict[str, dict[str, float]]:
        """By part the share of one core, and milliseconds for each event."""
        found = {name: _seconds(pids) - self.begun[name] for name, pids in self.parts.items()}
        return {
            name: {"cores": round(spent / lasted, 3), "ms_an_event": round(1000 * spent / events, 3)}
            for name, spent in found.items()
        }


def _seconds(pids: Sequence[int]) -> float:
    return sum(_of(pid) for pid in pids)


def _of(pid: int) -> float:
    """Seconds of the processor that a process spent by itself; 0 where it is gone."""
    try:
        fields = _stat(pid)
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _children(pid: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if int(_stat(int(path.name))[1]) == pid:
                yield int(path.name)
        except FileNotFoundError:
            continue


def _backends() -> list[Any]:
    """The server's processes for this database, where it runs on this machine; later ones are not counted."""
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in sql.fetchall()]
