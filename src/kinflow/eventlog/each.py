"""Many rows of one table in one statement, each with values of its own; for tables that nothing guards, and by `bulk`."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from .recording import encode

Model = type[models.Model]


def insert_each(model: Model, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write new rows; other columns must have defaults in the database. One that is there already stays as it is."""
    names, target = ", ".join(map(_quoted, columns)), _quoted(model._meta.db_table)
    given = _given(model, tuple(columns))
    statement = f"INSERT INTO {target} ({names}) SELECT {names} FROM {given} ON CONFLICT DO NOTHING"  # noqa: S608
    _run(statement, columns, rows)


def update_each(
    model: Model, keys: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Set columns of the rows found by their keys; each row gives its keys, then its values."""
    settings = ", ".join(f"{_quoted(name)} = given.{_quoted(name)}" for name in columns)
    target = _quoted(model._meta.db_table)
    given = _given(model, (*keys, *columns))
    statement = f"UPDATE {target} AS t SET {settings} FROM {given} WHERE {_same(keys)}"  # noqa: S608
    _run(statement, (*keys, *columns), rows)


def delete_each(model: Model, keys: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Take away the rows found by their keys."""
    target = _quoted(model._meta.db_table)
    statement = f"DELETE FROM {target} AS t USING {_given(model, tuple(keys))} WHERE {_same(keys)}"  # noqa: S608
    _run(statement, keys, rows)


def _run(statement: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    if told:
        with connection.cursor() as sql:
            sql.execute(statement, [encode(told)])


@cache
def _given(model: Model, columns: tuple[str, ...]) -> str:
    """The rows given as JSON, with the types that the table's columns have."""
    types = {str(f.column): f.rel_db_type(connection) if f.primary_key else f.db_type(connection)
             for f in model._meta.concrete_fields}  # fmt: skip
    typed = ", ".join(f"{_quoted(name)} {types[name]}" for name in columns)
    return f"jsonb_to_recordset(%s::jsonb) AS given({typed})"


def _same(keys: Sequence[str]) -> str:
    return " AND ".join(f"t.{_quoted(key)} = given.{_quoted(key)}" for key in keys)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
