"""Working off what is due: a transaction for each moment, or for many of a kind, by as many workers as there are."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

import psycopg
from django.db import close_old_connections, connection, transaction
from django.db.models import Min
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from kinflow.eventlog.follow import listen
from kinflow.eventlog.readers import PAUSES
from kinflow.eventlog.working import work_on_urgently

from .models import Moment
from .moments import CHANNEL, QUIET_SECONDS, first_held, handlers, take_lock, together, try_lock

log = logging.getLogger(__name__)
AT_ONCE = 200
"""So many moments are handled together."""
SLICE_SECONDS, BUSY_SECONDS = 0.5, 0.1
"""How long a sleeping worker overlooks that it is to stop, and its pause while others hold what is due."""


def work_off(now: datetime) -> int:
    """Handle the moment that is due longest and that no other worker holds, with others that are handled together.

    How many were handled; 0 where none is due.
    """
    due = Moment.objects.select_for_update(skip_locked=True).filter(at__lte=now, handler__in=list(handlers))
    with transaction.atomic():
        moment = due.order_by("at").first()
        if moment is None:
            return 0
        if moment.handler in together:
            many = list(due.filter(handler=moment.handler).order_by("at")[:AT_ONCE])
            _handle_all(many, now)
            return len(many)
        lock = first_held.get(moment.handler, "")
        if not lock or try_lock(lock):
            _handle(moment, now)
            return 1
    # Who holds the lock may want this moment: so it is let go until the lock is ours.
    with transaction.atomic():
        take_lock(lock)
        moment = due.filter(pk=moment.pk).first()
        if moment is not None:
            _handle(moment, now)
    return 1


def _handle_all(moments: Sequence[Moment], now: datetime) -> None:
    """Handle moments of one kind at once; each by itself where that fails."""
    handler = moments[0].handler
    if len(moments) > 1:
        try:
            with transaction.atomic():
                Moment.objects.filter(pk__in=[moment.pk for moment in moments]).delete()
                together[handler]([moment.payload for moment in moments], now)
        except Exception:
            log.warning("%s takes these moments one by one", handler, exc_info=True)
        else:
            return
    for moment in moments:
        _handle(moment, now)


def _handle(moment: Moment, now: datetime) -> None:
    try:
        with transaction.atomic():
            Moment.objects.filter(pk=moment.pk).delete()
            handlers[moment.handler](moment.payload, now)
    except Exception as error:
        log.exception("%s failed at %s", moment.handler, moment.key)
        _put_off(moment, error, now)


def _put_off(moment: Moment, error: Exception, now: datetime) -> None:
    pause = PAUSES[moment.attempts] if moment.attempts < len(PAUSES) else None
    moment.attempts += 1
    moment.at = now + pause if pause else None
    moment.error = f"{type(error).__name__}: {error}"[:2000].replace("\0", "")
    moment.save(update_fields=["attempts", "at", "error"])


def run_due(now: datetime, *, most: int = 10_000) -> int:
    """Handle all that is due by then, what that makes due included; how many. For tests and quiet moments."""
    done = 0
    while done < most and (handled := work_off(now)):
        done += handled
    return done


def next_due() -> datetime | None:
    """When the next moment is due."""
    found = Moment.objects.filter(at__isnull=False, handler__in=list(handlers)).aggregate(at=Min("at"))
    at: datetime | None = found["at"]
    return at


def follow_clock(stop: threading.Event, clock: Callable[[], datetime]) -> None:
    """Work off what is due until `stop` is set, asleep in between; a lost connection is taken up again."""
    while not stop.is_set():
        try:
            with listen(CHANNEL) as wire:
                _follow_on(wire, stop, clock)
        except (OperationalError, InterfaceError, psycopg.Error):
            if not stop.is_set():
                log.warning("the database does not answer; trying again", exc_info=True)
                connection.close()
                stop.wait(1.0)
        finally:
            close_old_connections()


def _follow_on(wire: psycopg.Connection, stop: threading.Event, clock: Callable[[], datetime]) -> None:
    while not stop.is_set():
        while not stop.is_set() and work_off(clock()):
            pass
        at = next_due()
        left = QUIET_SECONDS if at is None else (at - clock()).total_seconds()
        _sleep(wire, stop, min(max(left, BUSY_SECONDS), QUIET_SECONDS))


def _sleep(wire: psycopg.Connection, stop: threading.Event, seconds: float) -> None:
    """Wait, but no longer than until a moment is set, or the worker is to stop."""
    while seconds > 0 and not stop.is_set():
        if any(True for _news in wire.notifies(timeout=min(seconds, SLICE_SECONDS), stop_after=1)):
            return
        seconds -= SLICE_SECONDS


@work_on_urgently
def clock(stop: threading.Event) -> None:
    """Run the clock until told to stop."""
    follow_clock(stop, timezone.now)
