"""How often somebody may ask in a minute, counted over all web processes in one small table.

A process takes places for many requests at once while many are left, and for few near the limit: the limit holds
exactly, most requests need no question to the database, and no row is changed by all requests. Who was refused
is refused until the minute is over, without a question.
"""

import math
from datetime import datetime
from threading import Lock

from django.db import connection

PERIOD_SECONDS = 60
PART = 16
"""A process takes this part of the places that are left."""
MOST_KNOWN = 50_000
"""Callers that a process remembers; more can only be an attack from many addresses."""
TAKE = """
    INSERT INTO web_takenplaces AS taken (period, who, count) VALUES (%s, %s, %s)
    ON CONFLICT (period, who) DO UPDATE SET count = taken.count + excluded.count RETURNING count"""


class _Places:
    """What this process holds for the present minute: places taken and not used yet, and how many are left."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.period = 0
        self.held: dict[str, int] = {}
        self.left: dict[str, int] = {}

    def begin(self, period: int) -> bool:
        """Forget what was held when another minute begins; whether one did."""
        is_new = period > self.period
        if is_new or len(self.left) > MOST_KNOWN:
            self.period = max(period, self.period)
            self.held.clear()
            self.left.clear()
        return is_new


_places = _Places()


def seconds_to_wait(who: str, most: int, now: datetime) -> int:
    """Count one request of `who`, of whom `most` are let in each minute; 0 lets it in, else how long to wait."""
    moment = now.timestamp()
    period = int(moment // PERIOD_SECONDS)
    with _places.lock:
        is_new = _places.begin(period)
        if _places.held.get(who, 0) > 0:
            _places.held[who] -= 1
            return 0
        left = _places.left.get(who, most)
    if is_new:
        _forget_before(period)
    if left > 0 and _taken(who, most, period, max(1, left // PART)):
        return 0
    return max(1, math.ceil((period + 1) * PERIOD_SECONDS - moment))


def forget() -> None:
    """Forget what this process holds; for tests, whose rows are rolled back."""
    with _places.lock:
        _places.period = 0
        _places.begin(1)


def _taken(who: str, most: int, period: int, wanted: int) -> bool:
    """Take up to this many places, use one and keep the others; whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [period, who, wanted])
        count: int = cursor.fetchone()[0]
    got = min(count, most) - min(count - wanted, most)
    with _places.lock:
        if _places.period == period:
            _places.left[who] = max(0, most - count)
            _places.held[who] = _places.held.get(who, 0) + max(0, got - 1)
    return got > 0


def _forget_before(period: int) -> None:
    """Remove what was counted in minutes that are over."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM web_takenplaces WHERE period < %s", [period - 1])
