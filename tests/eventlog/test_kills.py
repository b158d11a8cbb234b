"""A worker that is killed at any point, again and again, loses nothing and does nothing twice."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import Reader, catch_up

from .small_world import try_skill
from .test_work import SRC, address

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS, WRITERS, EACH = 12, 8, 6


@pytest.fixture
def effects() -> Iterator[None]:
    """A table that notes each time an entry had its effect, twice if it had it twice."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effect (entry_id bigint)")
        yield
        cursor.execute("DROP TABLE effect")


@pytest.fixture
def births() -> Iterator[subprocess.Popen[bytes]]:
    """What gives birth to mortal workers."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("mortal_worker.py"))],
        env=os.environ | {"DATABASE_URL": address(), "PYTHONPATH": str(SRC)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    yield process
    process.communicate()


def write_beside(turn: int) -> list[threading.Thread]:
    """Eight writers at once, each with a few actions."""

    def write(number: int) -> None:
        try:
            for step in range(EACH):
                try_skill(code=f"{turn}-{number}-{step}", by=SYSTEM)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    return threads


def one_life(births: subprocess.Popen[bytes], dots: int) -> None:
    """Let a worker live for so many dots, then kill it."""
    assert births.stdin is not None
    assert births.stdout is not None
    births.stdin.write(b"live\n")
    heard = b""
    while b"\n" not in heard or heard.count(b".") < dots:
        news = births.stdout.read(1)
        assert news, "the worker ended by itself"
        heard += news
    pid = int(b"".join(heard.split(b"\n")[0].split(b".")))
    os.kill(pid, signal.SIGKILL)
    while not heard.endswith(b"dead\n"):
        heard += births.stdout.read(1)


def read_the_rest() -> None:
    """Read on in this process once the last victim's transaction is gone."""
    reader = Reader("mortal", from_start=True)

    @reader.on("organisation.skill_tried")
    def take(entry: Entry) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO effect VALUES (%s)", [entry.pk])

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('eventlog.reader'), hashtext(%s))", [reader.name]
        )
    while catch_up(reader, timezone.now()):
        pass


def test_killed_workers_leave_each_effect_exactly_once(effects, births):
    chance = random.Random(20261124)
    for turn in range(ROUNDS):
        writers = write_beside(turn)
        one_life(births, dots=chance.randint(0, 2 * WRITERS * EACH - 1))
        for writer in writers:
            writer.join()
    read_the_rest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id FROM effect")
        done = Counter(row[0] for row in cursor.fetchall())
    assert Entry.objects.count() == ROUNDS * WRITERS * EACH
    assert done == Counter(Entry.objects.values_list("pk", flat=True))
