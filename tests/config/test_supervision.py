"""The demo's processes are started, missed, started again, and ended together."""

import os
from collections.abc import Iterator

import psutil
import pytest

from config.commands.supervision import ChildFailed, Family

PATIENCE = 30  # seconds


class Clock:
    """A clock that stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def family(clock: Clock) -> Iterator[Family]:
    family = Family(dict(os.environ), clock=clock)
    yield family
    family.end()


def lasting(family: Family) -> psutil.Process:
    """A process that lasts until it is ended."""
    child = family.add(
        "The sleeper", "manage", "shell", "--no-startup", "-v0", "-c", "import signal; signal.pause()"
    )
    assert child.process
    return psutil.Process(child.process.pid)


def test_a_step_that_fails_is_named(family: Family) -> None:
    with pytest.raises(ChildFailed, match=r"Counting failed \(exit code 1\)"):
        family.run("Counting", "manage", "no_such_command")
    assert family.children == []


def test_whoever_dies_is_started_again_but_each_time_later(family: Family, clock: Clock) -> None:
    first = lasting(family)
    [child] = family.children
    first.kill()
    assert child.process
    child.process.wait(PATIENCE)
    family.revive()
    assert not child.is_alive(), "it was started only just now"
    clock.now += 1
    family.revive()
    assert child.is_alive()
    assert child.process.pid != first.pid
    assert child.pause() == 2


def test_everybody_ends_together(family: Family) -> None:
    processes = [lasting(family), lasting(family)]
    family.end()
    _gone, alive = psutil.wait_procs(processes, PATIENCE)
    assert not alive


def test_a_process_ends_when_the_demo_is_gone(family: Family) -> None:
    process = lasting(family)
    child = family.children[0].process
    assert child
    assert child.stdin
    child.stdin.close()
    process.wait(PATIENCE)
    assert not process.is_running()
