"""Rows of one table written in one statement, each with its own values: plain tables, for code that answers for them.

Values go to the server as an array for each column, which it takes apart several times as fast as JSON. The laws of the
log do not hold here; whoever writes rows of domain models uses `kinflow.eventlog.bulk`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

from kinflow.kit.standing import executed

from .command import running
from .recorded import Recorded
from .recording import encode

Model = type[models.Model]


class Columns(list[Sequence[Any]]):
    """Rows given column by column, each with the values of all rows in their order."""


Rows = Iterable[Sequence[Any]] | Columns


def insert_each(model: Model, columns: Sequence[str], rows: Rows) -> None:
    """Write new rows; other columns must have defaults in the database. One that is there already stays as it is."""
    names, target = ", ".join(map(_quoted, columns)), _quoted(model._meta.db_table)
    given = _given(model, tuple(columns))
    statement = f"INSERT INTO {target} ({names}) SELECT {names} FROM {given} ON CONFLICT DO NOTHING"  # noqa: S608
    _run(statement, model, columns, rows)


def update_each(model: Model, keys: Sequence[str], columns: Sequence[str], rows: Rows) -> None:
    """Set columns of the rows found by their keys; each row gives its keys, then its values."""
    settings = ", ".join(f"{_quoted(name)} = given.{_quoted(name)}" for name in columns)
    target = _quoted(model._meta.db_table)
    given = _given(model, (*keys, *columns))
    statement = f"UPDATE {target} AS t SET {settings} FROM {given} WHERE {_same(keys)}"  # noqa: S608
    _run(statement, model, (*keys, *columns), rows)


def replace_each(model: Model, keys: Sequence[str], columns: Sequence[str], rows: Rows) -> None:
    """Put new rows, with ids of their own, in the place of those found by their keys; what is not given is taken over.

    Each row gives the keys of the one it replaces, then its values. Less work than to take away and write.
    """
    settings = ", ".join(f"{_quoted(name)} = given.new_{name}" for name in columns)
    target = _quoted(model._meta.db_table)
    given = _given(model, tuple(keys), tuple(columns))
    statement = f"UPDATE {target} AS t SET id = DEFAULT, {settings} FROM {given} WHERE {_same(keys)}"  # noqa: S608
    _run(statement, model, (*keys, *columns), rows)


def delete_each(model: Model, keys: Sequence[str], rows: Rows) -> None:
    """Take away the rows found by their keys."""
    target = _quoted(model._meta.db_table)
    statement = f"DELETE FROM {target} AS t USING {_given(model, tuple(keys))} WHERE {_same(keys)}"  # noqa: S608
    _run(statement, model, keys, rows)


def _run(statement: str, model: Model, columns: Sequence[str], rows: Rows) -> None:
    by_column = rows if isinstance(rows, Columns) else list(zip(*rows, strict=True))
    if by_column and by_column[0]:
        types = _types(model)
        given = [_array(values, types[name]) for name, values in zip(columns, by_column, strict=True)]
        if _is_open(model):
            executed(statement, given)
            return
        with connection.cursor() as sql:
            sql.execute(statement, given)


def _is_open(model: Model) -> bool:
    """Whether nobody has to watch who writes the table now: no record's, or the caller may."""
    command = running()
    return not issubclass(model, Recorded) or (command is not None and command.writing > 0)


def _array(values: Sequence[Any], of: str) -> str:
    """The values as PostgreSQL writes an array, without the characters that it refuses."""
    if of == "jsonb":
        text = "{" + ",".join(map(_json, values)) + "}"
    else:
        told = {value: _element(value) for value in set(values)}  # most columns have few that differ
        text = "{" + ",".join(map(told.__getitem__, values)) + "}"
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode(errors="replace").decode()
    return text


def _json(value: Any) -> str:
    return "NULL" if value is None else _element(encode(value))


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        plain = value.replace("\0", "").replace("\\", "\\\\").replace('"', '\\"')
        return f'"{plain}"'
    return value.isoformat() if isinstance(value, datetime) else str(value)


@cache
def _given(model: Model, columns: tuple[str, ...], new: tuple[str, ...] = ()) -> str:
    """The rows given as arrays, with the types that the table's columns have; what is new is called so."""
    types = _types(model)
    arrays = ", ".join(f"%s::{types[name]}[]" for name in (*columns, *new))
    names = ", ".join((*map(_quoted, columns), *(f"new_{name}" for name in new)))
    return f"unnest({arrays}) AS given({names})"


@cache
def _types(model: Model) -> dict[str, str]:
    """The type of each column, without its length: what is too long is refused, not cut."""
    fields = model._meta.concrete_fields
    return {str(f.column): str(f.rel_db_type(connection) if f.primary_key else f.db_type(connection)).split("(")[0]
            for f in fields}  # fmt: skip


def _same(keys: Sequence[str]) -> str:
    return " AND ".join(f"t.{_quoted(key)} = given.{_quoted(key)}" for key in keys)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
