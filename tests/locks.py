"""Locks of who died: the server lets them go a little later."""

from django.db import connection


def wait_until_let_go(space: int, number: int) -> None:
    """Wait until nobody holds this advisory lock any more."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_lock(%s, %s)", [space, number])
        sql.execute("SELECT pg_advisory_unlock(%s, %s)", [space, number])
