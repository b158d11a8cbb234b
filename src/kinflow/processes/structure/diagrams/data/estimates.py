"""How many rows tables have and how far their columns are filled, from what the database itself has estimated.

PostgreSQL keeps both for its planner (`pg_class.reltuples`, `pg_stats`): reading them costs nothing, however large the
tables are. Only tables that it takes for small are counted.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from psycopg import sql

from .entities import Rows

SMALL = 1_000
EMPTY = ("", "{}", "[]")
"""What is kept where nothing was entered, besides null."""
_ROWS = """
SELECT relname, reltuples::bigint FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND relname = ANY(%s)
"""
_FILLED = """
SELECT tablename, attname, 1 - null_frac - coalesce((
    SELECT sum(most_common_freqs[at]) FROM generate_subscripts(most_common_freqs, 1) AS at
    WHERE (most_common_vals::text::text[])[at] = ANY(%s)
), 0)
FROM pg_stats WHERE schemaname = current_schema() AND tablename = ANY(%s)
"""
_VALUES = """
SELECT most_common_vals::text::text[] FROM pg_stats
WHERE schemaname = current_schema() AND tablename = %s AND attname = %s
"""


@dataclass(frozen=True)
class Estimates:
    """Rows by table, and the share of filled rows by table and column."""

    rows: Mapping[str, Rows] = field(default_factory=dict)
    filled: Mapping[tuple[str, str], float] = field(default_factory=dict)


def estimates_of(tables: Collection[str]) -> Estimates:
    """What the database knows of these tables."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [list(tables)])
        estimated: dict[str, int] = dict(cursor.fetchall())
        cursor.execute(_FILLED, [list(EMPTY), list(tables)])
        filled = {(table, column): min(1.0, max(0.0, part)) for table, column, part in cursor.fetchall()}
    few = [table for table, number in estimated.items() if number < SMALL]
    counted = {table: Rows(number, is_estimate=number >= SMALL) for table, number in _counted(few).items()}
    return Estimates({table: Rows(number, True) for table, number in estimated.items()} | counted, filled)


def values_of(table: str, column: str) -> list[str]:
    """The most frequent values of a column, as far as the database knows them."""
    with connection.cursor() as cursor:
        cursor.execute(_VALUES, [table, column])
        row = cursor.fetchone()
    return list(row[0] or ()) if row else []


def _counted(tables: Sequence[str]) -> dict[str, int]:
    """How many rows there are, counted up to `SMALL`."""
    if not tables:
        return {}
    counts = [
        sql.SQL("SELECT {}::text, count(*) FROM (SELECT 1 FROM {} LIMIT {}) AS rows_of_it").format(
            sql.Literal(table), sql.Identifier(table), sql.Literal(SMALL)
        )
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(counts).as_string(cursor.connection))
        return dict(cursor.fetchall())
