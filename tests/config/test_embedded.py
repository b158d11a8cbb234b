"""The embedded PostgreSQL is shared, left in order, and survives the death of anybody."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config import embedded
from config.embedded import cluster as clusters

PATIENCE = 30  # seconds until a process that should end counts as one that does not
SOURCES = Path(embedded.__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
import psycopg
from config import embedded

server = embedded.start(Path(sys.argv[1]), throw_away=sys.argv[2] == "throw away")
with psycopg.connect(embedded.url_of(server), autocommit=True) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS facts (number serial)")
    while True:
        [number] = connection.execute("INSERT INTO facts DEFAULT VALUES RETURNING number").fetchone()
        print(number, flush=True)
"""
Start = Callable[[], embedded.Server]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "postgres"


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Starts or joins the server of `home`, and leaves it in the end."""
    started: list[embedded.Server] = []

    def start() -> embedded.Server:
        started.append(embedded.start(home))
        return started[-1]

    yield start
    while started:
        embedded.stop(started.pop())


@pytest.fixture
def program(home: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Another program that writes facts into the server of `home` until it is killed, saying each number."""
    running: list[subprocess.Popen[str]] = []

    def program(then: str = "keep") -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, str(home), then]
        environment = os.environ | {"PYTHONPATH": str(SOURCES)}
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment))
        return running[-1]

    yield program
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def ask(server: embedded.Server, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(embedded.url_of(server)) as connection:
        answer = connection.execute(question)
        return answer.fetchall() if answer.description else []


def postmaster_of(home: Path) -> psutil.Process:
    process = clusters.postmaster(home / "cluster")
    assert process is not None
    return process


def test_what_was_committed_is_there_after_an_orderly_stop(home: Path, start: Start) -> None:
    first = embedded.start(home)
    ask(first, "CREATE TABLE facts AS SELECT 7 AS number")
    embedded.stop(first)
    assert clusters.postmaster(home / "cluster") is None
    assert ask(start(), "SELECT number FROM facts") == [(7,)]


@pytest.mark.slow
def test_nothing_committed_is_lost_when_program_and_server_are_killed(
    home: Path, start: Start, program: Callable[..., subprocess.Popen[str]]
) -> None:
    last = 0
    for facts in (1, 40, 200):
        writer = program()
        assert writer.stdout
        for _ in range(facts):
            last = int(writer.stdout.readline())
        victims = [postmaster_of(home), psutil.Process(writer.pid)]
        for victim in victims:
            victim.send_signal(signal.SIGKILL)
        last = max([last, *map(int, writer.communicate()[0].split())])
    [(kept,)] = ask(start(), f"SELECT count(DISTINCT number) FROM facts WHERE number <= {last}")
    missing = ask(start(), f"SELECT n FROM generate_series(1, {last}) n EXCEPT SELECT number FROM facts")
    # A killed server may skip numbers it had reserved, never a number it had confirmed.
    assert int(str(kept)) + len(missing) == last
    assert int(str(kept)) >= 241


@pytest.mark.slow
def test_the_server_ends_after_its_only_user_was_killed(
    home: Path, program: Callable[..., subprocess.Popen[str]]
) -> None:
    writer = program()
    assert writer.stdout
    writer.stdout.readline()
    server = postmaster_of(home)
    writer.kill()
    server.wait(PATIENCE)
    assert (home / "cluster" / "PG_VERSION").exists()


@pytest.mark.slow
def test_a_throw_away_server_leaves_no_file_after_its_user_was_killed(
    home: Path, program: Callable[..., subprocess.Popen[str]]
) -> None:
    writer = program("throw away")
    assert writer.stdout
    writer.stdout.readline()
    wardens = psutil.Process(writer.pid).children()
    writer.kill()
    psutil.wait_procs(wardens, PATIENCE)
    assert not home.exists()


def test_the_server_stays_until_its_last_user_leaves(home: Path, start: Start) -> None:
    first, second = start(), embedded.start(home)
    embedded.stop(second)
    assert ask(first, "SELECT 1") == [(1,)]


def test_a_server_that_dies_in_use_is_started_again(home: Path, start: Start) -> None:
    server = start()
    ask(server, "CREATE TABLE facts AS SELECT 7 AS number")
    assert not embedded.restart_if_dead(server)
    victim = postmaster_of(home)
    victim.kill()
    victim.wait(PATIENCE)
    assert embedded.restart_if_dead(server)
    assert ask(server, "SELECT number FROM facts") == [(7,)]


@pytest.mark.parametrize(
    "left_behind",
    [f"{os.getpid()}\n", "4194305\n", "half a li", ""],
    ids=["a stranger", "nobody", "half a line", "nothing"],
)
def test_a_file_of_a_dead_server_does_not_keep_the_next_from_starting(
    home: Path, start: Start, left_behind: str
) -> None:
    embedded.stop(embedded.start(home))
    (home / "cluster" / "postmaster.pid").write_text(left_behind)
    assert ask(start(), "SELECT 1") == [(1,)]


def test_a_cluster_that_was_half_made_is_made_anew(home: Path, start: Start) -> None:
    (home / "unfinished-x").mkdir(parents=True)
    assert ask(start(), "SELECT 1") == [(1,)]
    assert not (home / "unfinished-x").exists()


def test_a_path_too_long_for_a_socket_is_no_obstacle(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / ("数据 " * 20) / "postgres")
    socket = clusters.socket_folder(server.cluster)
    assert ask(server, "SELECT 1") == [(1,)]
    embedded.stop(server)
    assert not socket.exists()


def test_only_its_owner_can_reach_the_server(home: Path, start: Start) -> None:
    server = start()
    assert home.stat().st_mode & 0o077 == 0
    assert ask(server, "SHOW listen_addresses") == [("",)]


def test_a_server_that_cannot_start_says_why(home: Path, start: Start) -> None:
    embedded.stop(embedded.start(home))
    with (home / "cluster" / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 'a lot'\n")
    with pytest.raises(embedded.CannotStart, match="shared_buffers"):
        start()
