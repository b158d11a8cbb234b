"""OCEL 2.0 in SQLite: a file of strangers, opened for reading only, its tables and nothing else."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .limits import LogLimits, broken
from .objects import ObjectLog

MAGIC = b"SQLite format 3\x00"
_STEPS = 1_000_000  # of SQLite's machine between two looks whether a query goes on for ever
_LOOKS = 100_000
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
_NEEDED = ("event", "object", "event_object", "event_map_type", "object_map_type")


def read_sqlite(path: Path, log: ObjectLog, limits: LogLimits) -> ObjectLog:
    """Read the log in a SQLite file. Raises UnreadableFile, FileTooLarge."""
    try:
        with _opened(path, limits) as connection:
            _Reading(connection, log).read()
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise broken(_("This SQLite file is damaged, or no OCEL 2.0 log: %(why)s") % {"why": error}) from None
    return log


@contextmanager
def _opened(path: Path, limits: LogLimits) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    looks = 0

    def look() -> int:
        nonlocal looks
        looks += 1
        return int(looks > _LOOKS)

    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.token)
        connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, 1_000)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA query_only = ON")
        connection.set_authorizer(
            lambda what, *_more: sqlite3.SQLITE_OK if what in _READING else sqlite3.SQLITE_DENY
        )
        connection.set_progress_handler(look, _STEPS)
        yield connection
    finally:
        connection.close()


class _Reading:
    """The tables of one file: only real ones, no view and no virtual table."""

    def __init__(self, connection: sqlite3.Connection, log: ObjectLog) -> None:
        self.connection, self.log = connection, log
        self.tables = {
            name
            for name, made in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if isinstance(name, str) and str(made).lstrip().upper().startswith("CREATE TABLE")
        }
        lacking = [name for name in _NEEDED if name not in self.tables]
        if lacking:
            raise broken(
                _("This SQLite file is no OCEL 2.0 log: it has no table “%(name)s”.") % {"name": lacking[0]}
            )

    def read(self) -> None:
        """All objects, then all events."""
        for kind, table in self._types("object"):
            columns = self._columns(table)
            self.log.declare(kind, ((name, columns[name]) for name in _own(columns)))
        attributes = self._attributes()
        for name, kind in self.connection.execute("SELECT ocel_id, ocel_type FROM object ORDER BY rowid"):
            self.log.add_object(name, kind, attributes.pop(name, ()))
        self._add_events()

    def _types(self, what: str) -> list[tuple[str, str]]:
        """The types of events or objects, each with its table."""
        rows = self.connection.execute(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type ORDER BY rowid")  # noqa: S608
        return [(kind, f"{what}_{name}") for kind, name in rows if f"{what}_{name}" in self.tables]

    def _columns(self, table: str) -> dict[str, str]:
        """The kinds of a table's columns by their names."""
        rows = self.connection.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0")  # noqa: S608
        names = [column[0] for column in rows.description]
        [[made]] = self.connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", [table]
        )
        return {name: _kind_in(str(made), name) for name in names}

    def _attributes(self) -> dict[Any, list[tuple[str, Any]]]:
        """The values of objects, the earliest first."""
        found: dict[Any, list[tuple[str, Any]]] = {}
        for _kind, table in self._types("object"):
            columns = self._columns(table)
            own = _own(columns)
            if not own or "ocel_id" not in columns:
                continue
            listed = ", ".join(_quoted(name) for name in own)
            order = "ocel_time, rowid" if "ocel_time" in columns else "rowid"
            for name, *values in self.connection.execute(
                f"SELECT ocel_id, {listed} FROM {_quoted(table)} ORDER BY {order}"  # noqa: S608
            ):
                told = [(key, value) for key, value in zip(own, values, strict=True) if value is not None]
                found.setdefault(name, []).extend(told)
        return found

    def _add_events(self) -> None:
        told = self._told()
        rows = self.connection.execute(
            "SELECT e.ocel_id, e.ocel_type, m.ocel_object_id FROM event e"
            " LEFT JOIN event_object m ON m.ocel_event_id = e.ocel_id ORDER BY e.rowid, m.rowid"
        )
        name: Any = None
        kind: Any = None
        objects: list[Any] = []
        for event, its_kind, thing in rows:
            if event != name:
                self._add(name, kind, objects, told)
                name, kind, objects = event, its_kind, []
                if self.log.is_enough:
                    return
            objects.append(thing)
        self._add(name, kind, objects, told)

    def _add(
        self, name: Any, kind: Any, objects: list[Any], told: dict[Any, tuple[Any, list[tuple[str, Any]]]]
    ) -> None:
        if name is not None:
            time, attributes = told.pop(name, (None, []))
            self.log.add_event(kind, time, attributes, objects)

    def _told(self) -> dict[Any, tuple[Any, list[tuple[str, Any]]]]:
        """The time and the attributes of each event."""
        found: dict[Any, tuple[Any, list[tuple[str, Any]]]] = {}
        for _kind, table in self._types("event"):
            columns = self._columns(table)
            if "ocel_id" not in columns or "ocel_time" not in columns:
                continue
            own = _own(columns)
            listed = "".join(f", {_quoted(name)}" for name in own)
            for name, time, *values in self.connection.execute(
                f"SELECT ocel_id, ocel_time{listed} FROM {_quoted(table)}"  # noqa: S608
            ):
                known = [(key, value) for key, value in zip(own, values, strict=True) if value is not None]
                found[name] = (time, known)
        return found


def _own(columns: dict[str, str]) -> list[str]:
    return [name for name in columns if not name.startswith("ocel_")]


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _kind_in(made: str, column: str) -> str:
    """The declared kind of a column, as far as a look at the statement that made the table tells it."""
    for line in made.replace("(", "\n").replace(",", "\n").splitlines():
        words = line.strip()
        for sign in ('"', "`"):
            if words.startswith(f"{sign}{column}{sign}"):
                return words[len(column) + 2 :].split()[0] if words[len(column) + 2 :].split() else ""
    return ""
