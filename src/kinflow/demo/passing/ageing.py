"""Everything recorded made older, so that the present comes later; only for a demo, whose database is its own."""

from collections.abc import Iterable

from django.db import connection
from psycopg import sql

from kinflow.organisation.calendars.models import CalendarDay

STAY = ("django_migrations", "django_session", CalendarDay._meta.db_table)
"""What is no part of the story, and holidays, which are on their day whatever the year brings."""
CENTURY = 36_525

_DATED = """
SELECT c.relname, a.attname, EXISTS (
    SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY(i.indkey))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)
    AND NOT c.relname = ANY(%s)
ORDER BY c.relname, a.attnum
"""


def age(weeks: int) -> None:
    """Make all moments and days of the database so many weeks older, in the running transaction.

    The laws of the house do not see it: nothing happens, only the present is another. The database's user has to be
    its superuser, as it is in the demo.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, (columns, is_unique) in _tables().items():
            # Where moments are unique, a detour through another century: rows are never moved onto each other.
            for days in (7 * weeks + CENTURY, -CENTURY) if is_unique else (7 * weeks,):
                cursor.execute(_older(table, columns), [days] * len(columns))
        cursor.execute("SET LOCAL session_replication_role = origin")


def _tables() -> dict[str, tuple[list[str], bool]]:
    """The tables with their columns that hold moments and days, and whether one of these is part of a unique key."""
    found: dict[str, tuple[list[str], bool]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_DATED, [list(STAY)])
        for table, column, is_unique in cursor.fetchall():
            columns, was_unique = found.get(table, ([], False))
            found[table] = ([*columns, column], was_unique or is_unique)
    return found


def _older(table: str, columns: Iterable[str]) -> sql.Composed:
    one = sql.SQL("{0} = {0} - make_interval(days => %s)")
    changes = sql.SQL(", ").join(one.format(sql.Identifier(column)) for column in columns)
    return sql.SQL("UPDATE {} SET {}").format(sql.Identifier(table), changes)
