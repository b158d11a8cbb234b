"""A kept connection is asked by its socket, not by a query, whether the server is still there.

Django sends `SELECT 1` before the first query of each request. A server that ended has closed the socket, which can be
seen without a word on the wire; only after a rest, or where the socket says something, the server is asked.
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base

REST = 30.0  # seconds after which the server is asked: a broken network closes no socket


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL as Django knows it, but for that look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_at = 0.0

    def get_new_connection(self, conn_params: Any) -> Any:
        """A fresh connection needs no question."""
        self.asked_at = time.monotonic()
        return super().get_new_connection(conn_params)

    def close_if_health_check_failed(self) -> None:
        """Close the connection where the server does not answer on it any more."""
        now = time.monotonic()
        if self.connection is not None and now - self.asked_at < REST and is_silent(self.connection):
            self.health_check_done = True
            return
        self.asked_at = now
        super().close_if_health_check_failed()


def is_silent(connection: Any) -> bool:
    """Whether the connection is open and nothing waits on its socket: neither its end nor a word of the server."""
    if connection.closed:
        return False
    ready = select.poll()
    ready.register(connection.fileno(), select.POLLIN | select.POLLPRI)
    return not ready.poll(0)
