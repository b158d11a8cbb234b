"""Setting and dropping moments, and who handles them."""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from kinflow.eventlog.recording import Encoder

from .models import Moment

Handler = Callable[[Mapping[str, Any], datetime], None]
handlers: dict[str, Handler] = {}
first_held: dict[str, str] = {}
"""By handler the name of the lock that is taken before its moments."""
CHANNEL = "kinflow_clock"
QUIET_SECONDS = 30.0
"""How long a worker sleeps at most; whoever sets a moment before that wakes it."""

_SET = """
INSERT INTO automation_moment (handler, key, at, payload) VALUES (%s, %s, %s, %s::jsonb)
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
    if at.tzinfo is None:
        raise ValueError("the time must be aware")
    given = json.dumps(dict(payload or {}), cls=Encoder)
    with connection.cursor() as sql:
        sql.execute(_SET, [handler, key, at, given])
        if (at - timezone.now()).total_seconds() <= QUIET_SECONDS:
            sql.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def drop_moment(handler: str, *keys: str) -> int:
    """Take moments away; how many there were."""
    return drop_moments(handler, keys)


def drop_moments(handler: str, keys: Collection[str]) -> int:
    """Take many moments of a handler away; how many there were."""
    return Moment.objects.filter(handler=handler, key__in=list(keys)).delete()[0] if keys else 0
