"""The real web server over the database of the test: pages and live streams, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

START_SECONDS = 60  # until a server that does not answer counts as failed
LOOK_SECONDS = 0.1


@contextmanager
def served() -> Iterator[str]:
    """The address of the server; it ends with the block."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    command = [sys.executable, "-P", "-m", "config.commands.child", "web"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=_environment(port))
    try:
        _wait_for_answer(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        assert process.stdin
        process.stdin.close()  # the server ends when the pipe from us breaks
        process.wait(START_SECONDS)


def _environment(port: int) -> dict[str, str]:
    here = urlsplit(os.environ["DATABASE_URL"])
    return os.environ | {
        "DATABASE_URL": here._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "KINFLOW_SECRET_KEY": settings.SECRET_KEY,
        "KINFLOW_HOST": "127.0.0.1",
        "KINFLOW_PORT": str(port),
        "KINFLOW_WEB_PROCESSES": "1",
    }


def _wait_for_answer(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=START_SECONDS).close()  # noqa: S310 (our own)
        except OSError:
            time.sleep(LOOK_SECONDS)
        else:
            return
    raise TimeoutError("The web server does not answer")
