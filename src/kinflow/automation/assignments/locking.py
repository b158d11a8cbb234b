"""One at a time: whoever counts and uses up capacity waits for whoever does so already.

It is one lock for all assignment, held until the transaction ends, and not one a person or a kind of work: a worker
assigns many items of many kinds in one transaction, and locks taken item by item in different orders would stop each
other. Scoring an item takes milliseconds, so waiting for it does, too. Whoever overrides a scoring needs no lock: they
may go beyond a capacity.
"""

from django.db import connection


def lock_assignment() -> None:
    """Wait for the lock on assigning work, and hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('kinflow.assign', 0))")
