"""Up to where the log is complete: below the oldest transaction of this database that may still commit."""

from collections.abc import Callable

from kinflow.kit.standing import asked, executed, in_one_go

# Transaction ids are shared by all databases of a server. One that is known to belong to another database cannot write
# here; one that is not known (prepared, hidden from us) counts as ours. One that ended since the snapshot was taken is
# seen by the statements that follow. `backend_xid` has 32 bits. A snapshot does not list the transaction that takes it,
# which may still write entries of its own: they would lie below a reader that went on to younger ones.
_LOOK_AFRESH = "SELECT pg_stat_clear_snapshot()"
_HORIZON = """
WITH here AS MATERIALIZED (SELECT pg_current_snapshot() AS seen)
SELECT least(pg_current_xact_id_if_assigned()::text::bigint, coalesce(
    (SELECT min(running.id) FROM (SELECT pg_snapshot_xip(seen) AS id FROM here) AS running
     WHERE pg_xact_status(running.id) = 'in progress' AND NOT EXISTS (
        SELECT FROM pg_stat_activity AS other
        WHERE other.datname <> current_database()
          AND other.backend_xid::text::bigint = running.id::text::bigint % 4294967296)),
    (SELECT pg_snapshot_xmax(seen) FROM here)
)::text::bigint)
"""


def horizon() -> int:
    """The transaction id below which no entry of this database's log can appear any more.

    All entries below it are seen by the next statement (not by one that runs in the same snapshot).
    """
    with in_one_go():
        found = horizon_asked()
    return found()


def horizon_asked() -> Callable[[], int]:
    """The horizon as `kit.standing.asked` gives answers: known when what is returned is called."""
    executed(_LOOK_AFRESH, [])
    found = asked(_HORIZON, [])
    return lambda: int(found()[0][0])
