"""The worker's twin: a second process that lives as long as the worker, and not a moment longer."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from .test_work import SRC, worker

__all__ = ["worker"]
TWINS = Path(__file__).with_name("twins.py")
PATIENCE = 60
"""Seconds after which a process that should have ended counts as one that does not."""


@pytest.fixture
def pair(request: pytest.FixtureRequest) -> Iterator[tuple[subprocess.Popen[str], psutil.Process]]:
    """A process with a twin that does what the test says, and the twin; both have begun."""
    process = subprocess.Popen(
        [sys.executable, str(TWINS), request.param],
        env=os.environ | {"PYTHONPATH": str(SRC)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    twin = psutil.Process(int(process.stdout.readline()))
    process.stdin.write("go\n")
    process.stdin.flush()
    yield process, twin
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.parametrize("pair", ["waits"], indirect=True)
def test_the_twin_ends_when_the_worker_is_killed(pair):
    process, twin = pair
    process.kill()
    process.wait()
    twin.wait(timeout=PATIENCE)


@pytest.mark.parametrize("pair", ["waits"], indirect=True)
def test_a_worker_ends_when_its_twin_is_killed(pair):
    process, twin = pair
    twin.kill()
    assert process.wait(timeout=PATIENCE) == 3


@pytest.mark.parametrize("pair", ["breaks"], indirect=True)
def test_a_worker_ends_when_its_twin_breaks(pair):
    assert pair[0].wait(timeout=PATIENCE) == 3


@pytest.mark.parametrize("pair", ["waits"], indirect=True)
def test_twins_that_are_told_both_at_once_end_in_peace(pair):
    process, twin = pair
    twin.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=PATIENCE) == 0


@pytest.mark.django_db(transaction=True)
def test_one_interrupt_for_all_ends_the_worker_and_leaves_nobody_behind(worker):
    twins = psutil.Process(worker.pid).children()
    assert len(twins) == 1
    for pid in (worker.pid, *(twin.pid for twin in twins)):  # as a terminal does
        os.kill(pid, signal.SIGINT)
    assert worker.wait(timeout=PATIENCE) == 0
    assert not twins[0].is_running()
