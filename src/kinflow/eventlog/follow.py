"""The worker's loop: wakes when something was committed to the log, and lets each reader catch up."""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import psycopg
from django.db import close_old_connections, connection
from django.db.utils import InterfaceError, OperationalError

from .readers import Reader, catch_up, is_behind, readers, retry_failures
from .recording import CHANNEL

log = logging.getLogger(__name__)
QUIET_SECONDS = 5.0
BUSY_SECONDS = 0.1


def listen(channel: str = CHANNEL) -> psycopg.Connection:
    """A connection of its own that is told of every commit to the log, or of what else is told on a channel."""
    parameters = connection.get_connection_params()
    keys = ("dbname", "user", "password", "host", "port")
    own = psycopg.connect(autocommit=True, **{k: v for k, v in parameters.items() if k in keys and v})
    own.execute(f"LISTEN {channel}")
    return own


def wake() -> None:
    """Let everybody who listens look at once, without anything to read."""
    with suppress(OperationalError, InterfaceError), connection.cursor() as sql:
        sql.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def _round(known: Mapping[str, Reader], clock: Callable[[], datetime]) -> int:
    """One turn for every reader; how many entries were handled."""
    return sum(catch_up(which, clock()) for which in list(known.values()))


def follow(stop: threading.Event, clock: Callable[[], datetime], *, urgent: bool | None = None) -> None:
    """Follow the log until `stop` is set; a lost database connection is taken up again.

    `urgent` says whether only the urgent readers read, or only the others; None lets all of them.
    """
    while not stop.is_set():
        try:
            with listen() as wire:
                _follow_on(wire, stop, clock, urgent)
        except (OperationalError, InterfaceError, psycopg.Error):
            if not stop.is_set():
                log.warning("the database does not answer; trying again", exc_info=True)
                connection.close()
                stop.wait(1.0)
        finally:
            close_old_connections()


def _follow_on(
    wire: psycopg.Connection, stop: threading.Event, clock: Callable[[], datetime], urgent: bool | None
) -> None:
    next_retry = clock()
    while not stop.is_set():
        known = {n: which for n, which in readers.items() if urgent is None or which.is_urgent is urgent}
        while _round(known, clock) and not stop.is_set():
            pass
        if clock() >= next_retry:
            retry_failures(clock(), known)
            next_retry = clock() + timedelta(seconds=QUIET_SECONDS)
        pause = BUSY_SECONDS if is_behind(known) else QUIET_SECONDS
        for _notice in wire.notifies(timeout=pause, stop_after=1):
            pass
