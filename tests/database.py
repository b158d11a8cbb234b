"""A pytest plugin: one forgetful embedded PostgreSQL for the run, unless DATABASE_URL names a server."""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from django.db.models.signals import post_migrate

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src")]

from config import embedded  # noqa: E402
from kinflow.web.translations import upkeep  # noqa: E402

KEPT = {"django_content_type", "auth_permission"}
"""What setting up the database writes, and nothing else does."""
LARGE = 1 << 20
"""Bytes of a table from which on a new file is cheaper than removing its rows."""

running: list[embedded.Server] = []

if "DATABASE_URL" not in os.environ:  # the first process of the run; its workers inherit the address
    folder = Path(tempfile.mkdtemp(prefix="kinflow-test-"))
    running.append(embedded.start(folder, throw_away=True, **embedded.FORGETFUL))
    os.environ["DATABASE_URL"] = embedded.url_of(running[0])
    list(upkeep.run("compile"))


def _lay_jobs(using: str = "default", **_ignored: object) -> None:
    """Create the tables of background jobs, which only migrations would, and tests run without."""
    from django.db import connections
    from procrastinate.schema import SchemaManager

    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('procrastinate_jobs')")
        if cursor.fetchone()[0] is None:
            cursor.execute(SchemaManager.get_schema().replace("%", "%%"), [])


def _let_tables_be_emptied(using: str = "default", **_ignored: object) -> None:
    """Allow, between tests, what is refused everywhere else."""
    from django.db import connections

    with connections[using].cursor() as cursor:
        name = connections[using].ops.quote_name(connections[using].settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET kinflow.emptying = 'on'")
        cursor.execute("SET kinflow.emptying = 'on'")


post_migrate.connect(_lay_jobs, dispatch_uid="tests.jobs")
post_migrate.connect(_let_tables_be_emptied, dispatch_uid="tests.emptying")


def _empty(_case: object) -> None:
    """Remove what a test committed, from the tables that hold something; truncating all takes thirty times as long.

    Waits, as truncating does, for who still writes.
    """
    from django.db import connection, transaction

    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    tables = ", ".join(map(connection.ops.quote_name, sorted(names)))
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('kinflow.command', 'emptying', true), set_config('kinflow.erasing', 'on', true)"
        )
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            "SELECT oid::regclass::text, size FROM pg_class, pg_relation_size(oid) AS size"
            " WHERE size > 0 AND relkind = 'r' AND oid = ANY(%s::regclass[])",
            [[connection.ops.quote_name(name) for name in names]],
        )
        held = dict(cursor.fetchall())
        if large := [table for table, size in held.items() if size > LARGE]:
            cursor.execute(f"TRUNCATE {', '.join(large)} CASCADE")
        for table in held.keys() - set(large):
            cursor.execute(f"DELETE FROM {table}")


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Empty the database after a test in our way, and not in Django's."""
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = _empty  # type: ignore[attr-defined]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server this run started, which removes its files; a killed run's warden does the same."""
    while running:
        embedded.stop(running.pop())
