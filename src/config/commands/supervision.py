"""Keeping a few processes alive together: started, started again when they die, ended together."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import psutil

from config.commands.place import say

STOP_SECONDS = 10  # until a process that does not end is killed
LONGEST_PAUSE = 30  # seconds before a process that keeps dying is started once more
STEADY_SECONDS = 60  # alive for so long, its earlier deaths are forgotten


class ChildFailed(Exception):
    """A process that had to succeed did not; says which."""


@dataclass
class Child:
    """One process: how it is started, and how it fared."""

    name: str
    arguments: list[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0

    def start(self, now: float) -> None:
        """Start the process; it ends when the pipe from us breaks."""
        command = [sys.executable, "-P", "-m", "config.commands.child", *self.arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, env=dict(self.environment))
        self.started_at = now

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def pause(self) -> int:
        """How many seconds to wait after the last start before the next."""
        return min(1 << self.deaths, LONGEST_PAUSE)


@dataclass
class Family:
    """The processes that live and end together."""

    environment: dict[str, str]
    children: list[Child] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic

    def run(self, name: str, *arguments: str) -> None:
        """Run a process to its end. Raises ChildFailed."""
        child = self.add(name, *arguments)
        assert child.process
        child.process.wait()
        self.children.remove(child)
        if child.process.returncode:
            raise ChildFailed(f"{name} failed (exit code {child.process.returncode}).")

    def add(self, name: str, *arguments: str) -> Child:
        """Start a process that shall stay."""
        child = Child(name, list(arguments), self.environment)
        self.children.append(child)
        child.start(self.clock())
        return child

    def revive(self) -> None:
        """Start again whoever has died, sooner the first time than later."""
        now = self.clock()
        for child in self.children:
            if child.is_alive():
                child.deaths = 0 if now - child.started_at > STEADY_SECONDS else child.deaths
            elif now - child.started_at >= child.pause():
                say(f"{child.name} ended unasked; starting it again.")
                child.deaths += 1
                child.start(now)

    def end(self) -> None:
        """End everybody, with force where asking does not help."""
        processes = [p for child in self.children if (p := child.process) and child.is_alive()]
        everybody = [psutil.Process(p.pid) for p in processes]
        everybody += [each for process in list(everybody) for each in process.children(recursive=True)]
        for process in processes:
            process.terminate()
        _gone, alive = psutil.wait_procs(everybody, STOP_SECONDS)
        for stubborn in alive:
            stubborn.kill()
        psutil.wait_procs(alive, STOP_SECONDS)
        self.children.clear()
