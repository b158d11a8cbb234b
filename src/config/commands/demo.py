"""`./kinflow demo`: the demo company with its own database, web server and worker, in one go."""

import http.client
import os
import shutil
import signal
import socket
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from config import embedded
from config.commands import database
from config.commands.place import data_folder, say, secret_of
from config.commands.sign_ins import sign_ins
from config.commands.supervision import ChildFailed, Family

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
HOST = "127.0.0.1"
UNFINISHED = f"{database.NAME}_unfinished"
START_SECONDS = 60  # until a web server that does not answer counts as failed
PORT_SECONDS = 3  # that the processes of a killed demo may take to end
LOOK_SECONDS = 1  # between two looks whether everybody lives


class PortTaken(Exception):
    """Somebody else serves the port."""


def demo(arguments: list[str]) -> int:
    """Run the demo until it is told to stop."""
    parser = ArgumentParser(prog="./kinflow demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=data_folder(), metavar="DIR", help="where data are kept")
    parser.add_argument("--fresh", action="store_true", help="forget what was entered, start anew")
    parser.add_argument("--pass-weeks", type=int, default=0, metavar="N", help="let so many weeks pass first")
    options = parser.parse_args(arguments)
    begun_at = time.monotonic()
    try:
        stop_on_signals()
        refuse_taken(options.port)
        run(options.data.absolute(), options.port, options.fresh, begun_at, options.pass_weeks)
    except KeyboardInterrupt:
        say("Stopped.")
    except (ChildFailed, PortTaken) as error:
        say(str(error))
        return 1
    return 0


def run(folder: Path, port: int, fresh: bool, begun_at: float, weeks: int = 0) -> None:
    """Start everything in order, keep it running, and end it in the opposite order."""
    folder.mkdir(parents=True, exist_ok=True)
    with running_server(folder) as server:
        family = Family(environment_of(folder, port))
        try:
            if fresh:
                forget(server, folder)
            stock(family, server)
            family.environment["DATABASE_URL"] = embedded.url_of(server, database.NAME)
            if weeks:
                family.run(f"Letting {weeks} weeks pass", "manage", "pass_weeks", str(weeks))
            family.add("The web server", "web")
            family.add("The worker", "manage", "work")
            wait_for_answer(family, port)
            announce(port, time.monotonic() - begun_at)
            while True:
                time.sleep(LOOK_SECONDS)
                if embedded.restart_if_dead(server):
                    say("The database ended unasked; it was started again.")
                family.revive()
        finally:
            stop_no_more()
            family.end()


@contextmanager
def running_server(folder: Path) -> Iterator[embedded.Server]:
    """The embedded server of a data folder."""
    server = embedded.start(database.server_folder(folder))
    try:
        yield server
    finally:
        stop_no_more()
        embedded.stop(server)


def environment_of(folder: Path, port: int) -> dict[str, str]:
    """What the processes of the demo are told."""
    return os.environ | {
        "KINFLOW_DATA": str(folder),
        "KINFLOW_SECRET_KEY": os.environ.get("KINFLOW_SECRET_KEY") or secret_of(folder),
        "KINFLOW_DEMO": "1",
        "KINFLOW_HOST": os.environ.get("KINFLOW_HOST", HOST),
        "KINFLOW_PORT": str(port),
    }


def stock(family: Family, server: embedded.Server) -> None:
    """Bring the demo's database up to date; a new one is only there when it is complete."""
    if database.exists(server, database.NAME):
        family.environment["DATABASE_URL"] = embedded.url_of(server, database.NAME)
        family.run("Bringing the database up to date", "stock")
        return
    say("Founding the demo company")
    database.drop(server, UNFINISHED)
    database.create(server, UNFINISHED)
    family.environment["DATABASE_URL"] = embedded.url_of(server, UNFINISHED)
    # Nothing of an unfinished database is kept, so nothing needs to be safe on disk before it is complete.
    hasty = family.environment | {"PGOPTIONS": "-c synchronous_commit=off"}
    Family(hasty, family.children).run("Founding the demo company", "stock")
    database.rename(server, UNFINISHED, database.NAME)


def forget(server: embedded.Server, folder: Path) -> None:
    """Remove what was entered, and the files that came with it."""
    database.drop(server, database.NAME)
    shutil.rmtree(folder / "files", ignore_errors=True)


def refuse_taken(port: int) -> None:
    """See that nobody listens on the port, granting a killed demo a moment to end. Raises PortTaken."""
    patience_ends = time.monotonic() + PORT_SECONDS
    while not is_free(port):
        if time.monotonic() > patience_ends:
            raise PortTaken(f"Port {port} is taken. Try: ./kinflow demo --port {port + 1}")
        time.sleep(0.1)


def is_free(port: int) -> bool:
    """Whether we could listen on the port, and alone."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True


def wait_for_answer(family: Family, port: int) -> None:
    """Wait until the web server answers. Raises ChildFailed."""
    patience_ends = time.monotonic() + START_SECONDS
    while time.monotonic() < patience_ends:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(HOST, port, timeout=START_SECONDS)
            connection.request("GET", "/")
            connection.getresponse()
            return
        time.sleep(0.1)
        family.revive()
    raise ChildFailed(f"The web server did not answer within {START_SECONDS} seconds.")


def announce(port: int, seconds: float) -> None:
    """Tell where the demo is, and who can sign in."""
    say(f"\nKinflow is at http://localhost:{port}/  (ready after {seconds:.0f} s; Ctrl-C ends it)\n")
    for line in sign_ins():
        say(f"  {line}")


def stop_on_signals() -> None:
    """From now on, being told to stop, in whichever way, ends the demo in order."""

    def stop(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    for number in STOPS:
        signal.signal(number, stop)


def stop_no_more() -> None:
    """From now on the demo is ending, and being told so once more changes nothing."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
