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
CHANNEL = "kinflow_clock"
QUIET_SECONDS = 30.0
"""How long a worker sleeps at most; whoever sets a moment before that wakes it."""

_SET = """
INSERT INTO automation_moment (handler, key, at, payload) VALUES (%s, %s, %s, %s::jsonb)
ON CONFLICT (handler, key) DO UPDATE SET at = EXCLUDED.at, payload = EXCLUDED.payload, attempts = 0, error = ''
"""


def at_moment(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of moment: called with its payload and the time.

    It runs in the transaction that takes the moment away, so its effects happen once or not at all. Where it raises,
    nothing of it is kept, and it is tried again after growing pauses.
    """

    def register(handler: Handler) -> Handler:
        if handlers.setdefault(name, handler) is not handler:
            raise ValueError(f"two handlers are called {name}")
        return handler

    return register


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
