"""The worker as a process: it reads what others commit, and ends when it is told to."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.follow import listen
from kinflow.eventlog.models import Cursor, Entry

from .small_world import try_skill

pytestmark = pytest.mark.django_db(transaction=True)

SRC = Path(__file__).resolve().parents[2] / "src"
LOOKS = 1_200
"""How often a test looks whether the worker got there, each time waiting up to a tenth of a second for news."""


def address() -> str:
    """The DATABASE_URL of the running test's own database."""
    given = settings.DATABASES["default"]
    server = f"{given['USER']}:{given['PASSWORD']}@/" if given["PASSWORD"] else f"{given['USER']}@/"
    name = connection.settings_dict["NAME"]
    return f"postgresql://{server}{quote(str(name))}?host={quote(given['HOST'])}"


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[str]]:
    """A worker that has begun, on the database of the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "work"],
        env=os.environ | {"DATABASE_URL": address(), "PYTHONPATH": str(SRC)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "follows the log" in process.stdout.readline()
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def comes_to_read(entry: Entry, wire: psycopg.Connection) -> bool:
    """Whether the worker's search reader gets beyond the entry while we look."""
    for _look in range(LOOKS):
        if Cursor.objects.filter(reader="search", tx__gt=entry.tx).exists():
            return True
        for _notice in wire.notifies(timeout=0.1, stop_after=1):
            pass
    return False


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_reads_what_others_commit_and_ends_when_told(worker, sign):
    with listen() as wire:
        try_skill(code="sealing", by=SYSTEM)
        assert comes_to_read(Entry.objects.get(), wire)
    worker.send_signal(sign)
    assert worker.wait(timeout=30) == 0
