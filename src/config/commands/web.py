"""The web server, as the environment says: KINFLOW_HOST, _PORT, _WEB_PROCESSES, _THREADS, _LOG_REQUESTS."""

import os

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

STOP_SECONDS = 5  # until a web process that does not stop is killed


def run() -> int:
    """Serve until told to stop."""
    server = Server(
        "config.commands.web_process:application",
        address=os.environ.get("KINFLOW_HOST", "127.0.0.1"),
        port=int(os.environ.get("KINFLOW_PORT", "8000")),
        interface=Interfaces.ASGINL,
        websockets=False,
        workers=web_processes(),
        workers_kill_timeout=STOP_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_access=os.environ.get("KINFLOW_LOG_REQUESTS") == "1",
    )
    server.serve()
    return 0


def web_processes() -> int:
    """How many processes answer requests: one for each core, at most four unless told otherwise."""
    return int(os.environ.get("KINFLOW_WEB_PROCESSES") or min(4, os.cpu_count() or 1))
