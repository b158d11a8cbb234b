"""Setting and dropping moments, and who handles them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from kinflow.eventlog.recording import encode

from .models import Moment

Handler = Callable[[Mapping[str, Any], datetime], None]
handlers: dict[str, Handler] = {}
Together = Callable[[Sequence[Mapping[str, Any]], datetime], None]
together: dict[str, Together] = {}
"""By handler what handles many of its moments at once."""
first_held: dict[str, str] = {}
"""By handler the name of the lock that is taken before its moments."""
CHANNEL = "kinflow_clock"
QUIET_SECONDS = 30.0
"""How long a worker sleeps at most; whoever sets a moment before that wakes it."""

_SET = """
INSERT INTO automation_moment (handler, key, at, payload)
SELECT %s, key, at, payload FROM jsonb_to_recordset(%s::jsonb) AS given(key text, at timestamptz, payload jsonb)
ON CONFLICT (handler, key) DO UPDATE SET at = EXCLUDED.at, payload = EXCLUDED.payload, attempts = 0, error = ''
"""


def at_moment(name: str, *, holding: str = "") -> Callable[[Handler], Handler]:
    """Register the handler of a kind of moment: called with its payload and the time.

    `holding` names a lock: who holds it may set such moments, and so the clock takes it before it takes one of them.

    It runs in the transaction that takes the moment away, so its effects happen once or not at all. Where it raises,
    nothing of it is kept, and it is tried again after growing pauses.
    """

    def register(handler: Handler) -> Handler:
        if handlers.setdefault(name, handler) is not handler:
            raise ValueError(f"two handlers are called {name}")
        if holding:
            first_held[name] = holding
        return handler

    return register


def at_moments(name: str) -> Callable[[Together], Together]:
    """Register what handles many moments of a kind at once, as `at_moment` does for each.

    Where it raises, each of them is handled by itself, and only what fails then is tried again.
    """

    def register(handle_all: Together) -> Together:
        @at_moment(name)
        def handle_one(payload: Mapping[str, Any], now: datetime) -> None:
            handle_all([payload], now)

        together[name] = handle_all
        return handle_all

    return register


def take_lock(name: str) -> None:
    """Hold a lock by its name until the transaction ends, once nobody else does."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


def try_lock(name: str) -> bool:
    """Hold a lock by its name until the transaction ends, if nobody else does."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [name])
        return bool(sql.fetchone()[0])


def set_moment(handler: str, key: str, at: datetime, payload: Mapping[str, Any] | None = None) -> None:
    """Have the handler called at the time; a moment of the same handler and key is moved.

    `at` is aware; one that has passed is due at once. Counts only if the caller's transaction does.
    """
    set_moments(handler, [(key, at, payload or {})])


def set_moments(handler: str, moments: Collection[tuple[str, datetime, Mapping[str, Any]]]) -> None:
    """Set many moments of a handler as `set_moment` does: each with its key, its time and its payload."""
    given = [{"key": key, "at": at, "payload": dict(payload)} for key, at, payload in moments]
    if any(at.tzinfo is None for _key, at, _payload in moments):
        raise ValueError("the time must be aware")
    if not given:
        return
    with connection.cursor() as sql:
        sql.execute(_SET, [handler, encode(given)])
        soonest = min(at for _key, at, _payload in moments)
        if (soonest - timezone.now()).total_seconds() <= QUIET_SECONDS:
            sql.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def drop_moment(handler: str, *keys: str) -> int:
    """Take moments away; how many there were."""
    return Moment.objects.filter(handler=handler, key__in=keys).delete()[0] if keys else 0


def drop_free_moments(handler: str, keys: Collection[str]) -> None:
    """Take moments away that the clock is not handling right now, without waiting for it.

    For handlers that look whether what they are for is still there: one that is handled comes after the caller, and finds
    it gone. To wait for it could be for ever, since it may wait for the caller.
    """
    free = Moment.objects.select_for_update(skip_locked=True).filter(handler=handler, key__in=keys)
    Moment.objects.filter(pk__in=free.values("pk")).delete()


def free_moments(handler: str, keys: Collection[str]) -> list[Moment]:
    """The moments that the clock is not handling right now, locked until the transaction ends, soonest first."""
    free = Moment.objects.select_for_update(skip_locked=True).filter(handler=handler, key__in=keys)
    return list(free.order_by("at", "pk"))
