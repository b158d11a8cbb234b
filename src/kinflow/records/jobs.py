"""Work in the background: jobs lie in the database, deferred inside the action's own transaction, run by the worker."""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import close_old_connections
from procrastinate.contrib.django import app

from kinflow.eventlog.working import work_on

log = logging.getLogger(__name__)
AT_ONCE = 2
POLLS = 5.0  # seconds; news of jobs come by LISTEN
PAUSE = 2.0  # seconds before the worker tries again after the database was away
LOOK = 15.0  # seconds between two looks for work that a dead worker left

Job = Callable[..., None]
Look = Callable[[], None]
_stopping = threading.Event()
_looks: list[Look] = []


def job(name: str) -> Callable[[Job], Job]:
    """Make a function a job; it is given what `defer` was given, and ends early where `is_stopping`."""

    def register(function: Job) -> Job:
        def run(**given: Any) -> None:
            close_old_connections()
            try:
                function(**given)
            finally:
                close_old_connections()

        app.task(name=name)(run)
        return function

    return register


def defer(name: str, *, priority: int = 0, **given: Any) -> None:
    """Have a worker run the job as soon as this transaction is done; of those that wait the one of highest priority."""
    app.configure_task(name, priority=priority).defer(**given)


def look_after(look: Look) -> Look:
    """Have the worker call this when it starts and every now and then: to take up what a dead one left."""
    _looks.append(look)
    return look


def is_stopping() -> bool:
    """Whether the worker was told to end: jobs that last stop at the next safe place."""
    return _stopping.is_set()


@work_on
def jobs(stop: threading.Event) -> None:
    """Run jobs until told to stop."""
    _stopping.clear()
    looking = threading.Thread(target=_look, args=(stop,), name="left over")
    looking.start()
    while not stop.is_set():
        with suppress(asyncio.CancelledError):
            try:
                asyncio.run(_run(stop))
            except Exception:
                log.warning("jobs cannot be run; trying again", exc_info=True)
                stop.wait(PAUSE)
    looking.join()


async def _run(stop: threading.Event) -> None:
    connector: Any = app.connector
    working = app.with_connector(connector.get_worker_connector())
    async with working.open_async():
        worker = asyncio.create_task(
            working.run_worker_async(
                concurrency=AT_ONCE,
                fetch_job_polling_interval=POLLS,
                install_signal_handlers=False,
                delete_jobs="successful",
            )
        )
        while not stop.is_set() and not worker.done():
            await asyncio.sleep(0.2)
        if stop.is_set():
            _stopping.set()
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


def _look(stop: threading.Event) -> None:
    while True:
        for look in _looks:
            try:
                look()
            except Exception:
                log.warning("what was left over could not be looked for", exc_info=True)
        close_old_connections()
        if stop.wait(LOOK):
            return
