"""Stocking a database: its tables brought up to date, and the demo company put into an empty one."""

import django
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

SEED, PASS = "seed_demo", "pass_weeks"


def stock() -> int:
    """Make the database ready for the demo."""
    django.setup()
    make_ready_for_work()
    migrate()
    if is_empty() and SEED in get_commands():
        call_command(SEED)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    elif PASS in get_commands():
        call_command(PASS, 0)  # where letting weeks pass was broken off
    return 0


def make_ready_for_work() -> None:
    """Make machine code of assignment, measures, reading here: a worker that had to would keep the compiler's memory."""
    from kinflow.organisation import matching
    from kinflow.processes import measuring
    from kinflow.processes.logs import xes

    matching.compile_ahead()
    measuring.compile_ahead()
    xes.compile_ahead()


def migrate() -> None:
    """Bring the tables up to date where they are not, which is quick to see."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def is_empty() -> bool:
    """Whether nothing ever happened in this database."""
    with connection.cursor() as cursor:
        if "eventlog_entry" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute("SELECT NOT EXISTS (SELECT 1 FROM eventlog_entry)")
        [[empty]] = cursor.fetchall()
    return bool(empty)
