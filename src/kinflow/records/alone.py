"""Long work that one process at a time does, or some share: an import, a replay, a calibration, a search.

Held by an advisory lock of the session, so that the database lets go of it when the process dies.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

IMPORTS = 0x6B69
"""The space of the locks of imports; each sort of work has one, so that equal numbers of different sorts do not meet."""
_NUMBERS = 2**31
_ALONE = "SELECT pg_try_advisory_lock(%s, %s)", "SELECT pg_advisory_unlock(%s, %s)"
_SHARED = "SELECT pg_try_advisory_lock_shared(%s, %s)", "SELECT pg_advisory_unlock_shared(%s, %s)"


@contextmanager
def alone_at(space: int, pk: int, *, is_shared: bool = False) -> Iterator[bool]:
    """Whether this process has the work for itself; `is_shared`: with others who share it."""
    take, leave = _SHARED if is_shared else _ALONE
    with connection.cursor() as sql:
        sql.execute(take, [space, pk % _NUMBERS])
        is_ours = bool(sql.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as sql:
                sql.execute(leave, [space, pk % _NUMBERS])


def nobody_at(space: int, pk: int) -> bool:
    """Whether no process does the work."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [space, pk % _NUMBERS],
        )
        return bool(sql.fetchone()[0])
