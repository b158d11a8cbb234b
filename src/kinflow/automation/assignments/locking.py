"""One at a time: whoever assigns work of a kind waits for whoever does so already.

Capacities are counted and used up under this lock. It is one lock a kind of work, held until the transaction ends, and
not one a person: a worker assigns many items in one transaction, and locks on people taken item by item in different
orders would stop each other. Scoring an item takes milliseconds, so waiting for it does, too.
"""

from django.db import connection


def lock_kind(kind: str) -> None:
    """Wait for the lock on assigning work of the kind, and hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kinflow.assign.{kind}"])
