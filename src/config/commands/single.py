"""The commands that are one process: serve, work, manage, and management commands by other names."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from config.commands.database import database

WITHOUT_DATABASE = {"translations", "help", "--help", "version", "--version"}


def manage(arguments: list[str]) -> int:
    """Run a management command."""
    if arguments and arguments[0] in WITHOUT_DATABASE:
        return run_manage(arguments)
    with database():
        return run_manage(arguments)


def run_manage(arguments: list[str]) -> int:
    """Run a management command on the database that the environment names."""
    # Slow to load, and not every command needs it.
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./kinflow manage", *arguments])
    return 0


@contextmanager
def migrated_database() -> Iterator[None]:
    """The database, brought up to date when it is our own embedded one."""
    is_ours = not os.environ.get("DATABASE_URL")
    with database():
        if is_ours:
            run_manage(["migrate", "--verbosity", "0"])
        yield


def named(command: str) -> Callable[[list[str]], int]:
    """A launcher command that is a management command under another name."""

    def run(arguments: list[str]) -> int:
        with migrated_database():
            return run_manage([command, *arguments])

    return run


work = named("work")
import_file = named("import_file")
token = named("token")


def serve(_arguments: list[str]) -> int:
    """Run the web server until it is told to stop."""
    # The web server, and nobody else, needs it.
    from config.commands.web import run

    with migrated_database():
        return run()
