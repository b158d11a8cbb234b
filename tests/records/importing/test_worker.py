"""The worker runs imports, and one that is told to end leaves what the next one finishes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinflow.eventlog.follow import listen
from kinflow.records.importing.models import ImportRun
from kinflow.sales.models import Lead

from ...eventlog.test_work import LOOKS, SRC, address
from .runs import started

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 5_000
LEADS = "Name,Email\n" + "".join(f"Person {n},p{n}@x.example\n" for n in range(ROWS))


@pytest.fixture(autouse=True)
def files(settings, tmp_path: Path) -> Path:
    """Files lie where the worker looks for them."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def worker(files: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DATABASE_URL": address(), "PYTHONPATH": str(SRC), "KINFLOW_DATA": str(files)}
    return subprocess.Popen([sys.executable, "-m", "django", "work"], env=environment)


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers that are gone when the test is."""
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()


def comes(run: ImportRun, *, rows: int) -> bool:
    """Whether the worker takes so many rows while we look."""
    with listen() as wire:
        for _look in range(LOOKS):
            run.refresh_from_db()
            if run.read >= rows and (rows < ROWS or run.state == "done"):
                return True
            for _notice in wire.notifies(timeout=0.1, stop_after=1):
                pass
    return False


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_an_import_outlives_its_worker(files, workers, sign):
    run = started(LEADS)
    workers.append(worker(files))
    assert comes(run, rows=1)
    workers[0].send_signal(sign)
    workers[0].wait(timeout=30)
    workers.append(worker(files))
    assert comes(run, rows=ROWS)
    assert (run.created, run.rejected, Lead.objects.count()) == (ROWS, 0, ROWS)
    workers[1].send_signal(signal.SIGTERM)
    assert workers[1].wait(timeout=30) == 0
