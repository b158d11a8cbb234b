"""Pages of a query by key: as fast on the thousandth page as on the first, and steady while rows come and go."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, F, Field, Func, Model, Q, QuerySet, Value

from kinflow.kit.cursors import bad_cursor, decode, encode

M = TypeVar("M", bound=Model)
AFTER, BEFORE = "after", "before"
MOST = 1000  # rows of a page


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows in order, and the cursors of the pages behind and before them, where there are any."""

    rows: list[M]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Column:
    """What a query is ordered by: a path of fields or an annotation; empty values (NULL) come last both ways."""

    path: str
    is_descending: bool
    is_nullable: bool
    field: "Field[Any, Any] | None"

    @property
    def attribute(self) -> str:
        """Where a row keeps the value."""
        if self.field is not None and "__" not in self.path:
            return self.field.attname
        return f"key_{self.path}" if "__" in self.path else self.path


def page(queryset: QuerySet[M], order: Sequence[str], limit: int, cursor: str | None = None) -> Page[M]:
    """The rows after or before a cursor, or the first ones; one query for `limit` + 1 rows.

    `order` are fields, paths ("account__name") or annotations, with "-" in front for the largest first; the primary key
    settles ties. An index over the columns in this order serves every page alike where all have one direction and none
    may be empty; else rows before the page are passed over from where its first column begins. Raises BadCursor.
    """
    columns, limit = columns_of(queryset, order), min(max(limit, 1), MOST)
    kind, values = _opened(cursor, columns)
    is_back = kind == BEFORE
    ordered = _annotated(queryset, columns).order_by(*(_ordering(column, is_back) for column in columns))
    if values is not None:
        ordered = ordered.filter(_beyond(columns, values, is_back))
    found = list(ordered[: limit + 1])
    rows, has_more = found[:limit], len(found) > limit
    if is_back:
        rows.reverse()
    has_next, has_previous = (True, has_more) if is_back else (has_more, cursor is not None)
    return Page(
        rows,
        next=_cursor(AFTER, columns, rows[-1]) if rows and has_next else None,
        previous=_cursor(BEFORE, columns, rows[0]) if rows and has_previous else None,
    )


def columns_of(queryset: QuerySet[Any], order: Sequence[str]) -> list[Column]:
    """The columns named by `order`, ended by the primary key."""
    key = queryset.model._meta.pk
    columns = []
    for name in order:
        path = name.removeprefix("-")
        field, is_nullable = _field_of(queryset, path)
        columns.append(Column(path, name.startswith("-"), is_nullable, field))
        if field is key and "__" not in path:
            return columns
    return [*columns, Column(key.name, bool(columns) and columns[-1].is_descending, False, key)]


def _field_of(queryset: QuerySet[Any], path: str) -> "tuple[Field[Any, Any] | None, bool]":
    """The field at the end of a path, None for annotations; and whether the value may be NULL."""
    if path in queryset.query.annotations:
        return None, True
    model, field, is_nullable = queryset.model, None, False
    for part in path.split("__"):
        if model is None:
            raise FieldDoesNotExist(path)
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        is_nullable = is_nullable or field.null
        model = field.related_model
    return field, is_nullable


def _annotated(queryset: QuerySet[M], columns: Sequence[Column]) -> QuerySet[M]:
    """With the values of paths on the rows, so that cursors need no further query."""
    paths = {column.attribute: F(column.path) for column in columns if "__" in column.path}
    annotated: QuerySet[M] = queryset.annotate(**paths)
    return annotated


def _ordering(column: Column, is_back: bool) -> Any:
    nulls: dict[str, Any] = {}
    if column.is_nullable:
        nulls = {"nulls_first": True} if is_back else {"nulls_last": True}
    expression = F(column.path)
    return expression.desc(**nulls) if column.is_descending != is_back else expression.asc(**nulls)


def _cursor(kind: str, columns: Sequence[Column], row: Model) -> str:
    return encode([kind, _named(columns), *(getattr(row, column.attribute) for column in columns)])


def _opened(cursor: str | None, columns: Sequence[Column]) -> tuple[str, list[Any] | None]:
    if cursor is None:
        return AFTER, None
    kind, named, *values = [*decode(cursor), None, None][: len(columns) + 2]
    if kind not in (AFTER, BEFORE) or named != _named(columns):
        raise bad_cursor()
    return kind, values


def _named(columns: Sequence[Column]) -> str:
    return " ".join(f"{'-' if column.is_descending else ''}{column.path}" for column in columns)


class _Row(Func):
    """ROW(a, b, …)"""

    function = "ROW"
    output_field = BooleanField()


class _Compared(Func):
    """One row against another, by the first column in which they differ."""

    template = "%(expressions)s"
    output_field = BooleanField()


def _beyond(columns: Sequence[Column], values: Sequence[Any], is_back: bool) -> Any:
    """The condition for the rows behind these values, in the order walked."""
    directions = {column.is_descending != is_back for column in columns}
    if len(directions) == 1 and not any(column.is_nullable for column in columns):
        sign = " < " if directions.pop() else " > "
        mine = _Row(*(F(column.path) for column in columns))
        given = _Row(*(Value(v, output_field=c.field) for c, v in zip(columns, values, strict=True)))
        return _Compared(mine, given, arg_joiner=sign)
    steps, same = [], Q()
    for column, value in zip(columns, values, strict=True):
        steps.append(same & _strictly(column, value, is_back))
        same &= Q(**{f"{column.path}__isnull": True}) if value is None else Q(**{column.path: value})
    expanded = reduce(or_, steps)
    first = columns[0]
    if first.is_nullable:
        return expanded
    side = "lte" if first.is_descending != is_back else "gte"  # where an index can begin
    return Q(**{f"{first.path}__{side}": values[0]}) & expanded


def _strictly(column: Column, value: Any, is_back: bool) -> Q:
    """Behind the value in one column; NULL is the last when walked forwards, the first when walked back."""
    if value is None:
        return Q(**{f"{column.path}__isnull": False}) if is_back else Q(pk__in=[])
    side = "lt" if column.is_descending != is_back else "gt"
    beyond = Q(**{f"{column.path}__{side}": value})
    return beyond | Q(**{f"{column.path}__isnull": True}) if column.is_nullable and not is_back else beyond
