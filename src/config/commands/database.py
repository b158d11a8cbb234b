"""The database a command works on: DATABASE_URL's, else the embedded one of the data folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from config import embedded
from config.commands.place import data_folder, secret_of

NAME = "kinflow"


@contextmanager
def database() -> Iterator[None]:
    """Set the environment so that Django finds database, data folder and secret; end what was started."""
    folder = data_folder()
    os.environ["KINFLOW_DATA"] = str(folder)
    if not os.environ.get("KINFLOW_SECRET_KEY"):
        os.environ["KINFLOW_SECRET_KEY"] = secret_of(folder)
    if os.environ.get("DATABASE_URL"):
        yield
        return
    server = embedded.start(server_folder(folder))
    try:
        create(server, NAME)
        os.environ["DATABASE_URL"] = embedded.url_of(server, NAME)
        yield
    finally:
        embedded.stop(server)


def server_folder(folder: Path) -> Path:
    """Where in a data folder the embedded server lives."""
    return folder / "postgres"


def has_server(folder: Path) -> bool:
    """Whether an embedded server was made in a data folder before."""
    return (server_folder(folder) / "cluster" / "PG_VERSION").exists()


def run_sql(server: embedded.Server, statement: str, *names: str) -> None:
    """Run a statement about whole databases, with their names filled in."""
    with psycopg.connect(embedded.url_of(server), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def exists(server: embedded.Server, name: str) -> bool:
    """Whether the server has the database."""
    with psycopg.connect(embedded.url_of(server)) as connection:
        return (
            connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
        )


def create(server: embedded.Server, name: str) -> None:
    """Make an empty database unless it is there."""
    if not exists(server, name):
        run_sql(server, "CREATE DATABASE {}", name)


def drop(server: embedded.Server, name: str) -> None:
    """Remove a database if it is there."""
    run_sql(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def rename(server: embedded.Server, old: str, new: str) -> None:
    """Give a database another name."""
    run_sql(server, "ALTER DATABASE {} RENAME TO {}", old, new)
