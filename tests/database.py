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


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server this run started, which removes its files; a killed run's warden does the same."""
    while running:
        embedded.stop(running.pop())
