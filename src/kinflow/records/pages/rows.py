"""The rows of one page of a list: one query with exactly the columns that are shown, from a key onwards."""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from kinflow.conditions import Kind, to_q
from kinflow.eventlog import Actor

from ..access import visible
from ..changing import plain
from ..faces import Field, RecordType, registry
from ..reads import reads, relations_of
from ..search.finding import matching_ids
from .wanted import Wanted, context_of, readable_fields

PAGE = 50
CAP = 1000


@dataclass(frozen=True)
class Page:
    """The rows of a page, and the cursors of the pages around it ("" where there are none)."""

    rows: Sequence[Any]
    before: str = ""
    after: str = ""


def columns_of(wanted: Wanted, by: Actor) -> list[Field]:
    """The fields shown as columns."""
    readable = readable_fields(wanted.face, by)
    return [readable[name] for name in (wanted.columns or wanted.face.columns) if name in readable]


def matching(wanted: Wanted, by: Actor) -> QuerySet[Any]:
    """All records that the address asks for and the actor may see, in no order."""
    rows = visible(by, wanted.face.model._default_manager.all())
    if wanted.text:
        ids = matching_ids(by, wanted.face.name, wanted.text)
        if ids is None:
            return rows.none()
        rows = rows.filter(pk__in=ids)
    asked = to_q(wanted.condition, context_of(by))
    return rows.filter(asked) if asked else rows


def page_of(wanted: Wanted, by: Actor, fields: Sequence[Field], *, size: int = PAGE) -> Page:
    """One page; deep pages cost what the first one costs, because each starts at a key."""
    order = Order(wanted)
    rows = loading(matching(wanted, by), wanted.face, fields, extra=(order.column,))
    if key := order.key(wanted.before):
        found = list(order.arranged(order.beyond(rows, key, back=True), back=True)[: size + 1])
        more = len(found) > size
        found = found[:size][::-1]
        return Page(found, order.cursor(found[0]) if more else "", order.cursor(found[-1]) if found else "")
    key = order.key(wanted.after)
    found = list(order.arranged(order.beyond(rows, key) if key else rows)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(
        found,
        order.cursor(found[0]) if key and found else "",
        order.cursor(found[-1]) if more else "",
    )


class Order:
    """The order of a list: one column, then the primary key; NULL stands where PostgreSQL puts it by itself."""

    def __init__(self, wanted: Wanted) -> None:
        told = wanted.sort or wanted.face.order or "-id"
        self.descending = told.startswith("-")
        name = told.removeprefix("-")
        field = wanted.face.by_name.get(name)
        self.name = name
        self.column = field.column if field is not None else name
        self.model_field = _model_field(wanted.face.model, self.column)
        self.by_key_alone = self.column in ("id", "pk")

    def arranged(self, rows: QuerySet[Any], *, back: bool = False) -> QuerySet[Any]:
        """The rows in this order, or backwards."""
        sign = "-" if self.descending is not back else ""
        return (
            rows.order_by(f"{sign}id")
            if self.by_key_alone
            else rows.order_by(f"{sign}{self.column}", f"{sign}id")
        )

    def beyond(self, rows: QuerySet[Any], key: tuple[Any, int], *, back: bool = False) -> QuerySet[Any]:
        """The rows behind the key (or before it)."""
        value, pk = key
        down = self.descending is not back
        if self.by_key_alone:
            return rows.filter(pk__lt=pk) if down else rows.filter(pk__gt=pk)
        null = Q((f"{self.column}__isnull", True))
        if value is None:
            same = null & (Q(pk__lt=pk) if down else Q(pk__gt=pk))
            return rows.filter(same | ~null if down else same)
        compare = TupleLessThan if down else TupleGreaterThan
        further = Q(compare(Tuple(F(self.column), F("pk")), (value, pk)))
        may_be_null = self.model_field is None or self.model_field.null or "__" in self.column
        return rows.filter(further | null if may_be_null and not down else further)

    def key_of(self, row: Any) -> tuple[Any, int]:
        """Where a record stands in this order."""
        value: Any = row
        for part in self.column.split("__"):
            value = getattr(value, part, None)
        return value, row.pk

    def cursor(self, row: Any) -> str:
        """The row's key as text for an address."""
        value, pk = self.key_of(row)
        text = json.dumps([plain(value), pk], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def key(self, cursor: str) -> tuple[Any, int] | None:
        """The key that a cursor means; None for no cursor and for one that means nothing."""
        if not cursor:
            return None
        try:
            value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if type(pk) is not int or not 0 <= pk < 2**63:
                return None
            if value is not None and self.model_field is not None:
                value = self.model_field.to_python(value)
            return value, pk
        except (ValueError, TypeError, ValidationError, RecursionError):
            return None


def _model_field(model: type[models.Model], column: str) -> "models.Field[Any, Any] | None":
    here: Any = model
    field = None
    for part in column.split("__"):
        try:
            field = here._meta.pk if part == "pk" else here._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        here = field.related_model
    return field if isinstance(field, models.Field) else None


def loading(
    rows: QuerySet[Any],
    face: RecordType,
    fields: Sequence[Field],
    *,
    extra: Iterable[str] = (),
    subtitled: bool = False,
) -> QuerySet[Any]:
    """The rows with just the columns that these fields and the title (and the subtitle) show, relations joined."""
    paths, joined, many = _plan(face.name, tuple(f.name for f in fields), tuple(extra), subtitled)
    rows = rows.select_related(*joined) if joined else rows
    rows = rows.only(*paths)
    return rows.prefetch_related(*many) if many else rows


@lru_cache(maxsize=512)
def _plan(
    kind: str, names: tuple[str, ...], extra: tuple[str, ...], subtitled: bool
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Which columns to load, which relations to join, and which to fetch behind."""
    face = registry[kind]
    own = {f.attname: f for f in face.model._meta.concrete_fields}
    paths = {"pk", *extra} | {name for name in ("owner", "unit") if f"{name}_id" in own}
    many: list[str] = []
    for field in (face.by_name[name] for name in names):
        if field.many:
            many.append(field.column)
            continue
        paths.add(field.column)
        if field.currency:
            paths.add(field.currency)
        if field.kind is Kind.RELATION:
            target = registry.get(field.target)
            model = target.model if target is not None else _related(face.model, field.column)
            title: Any = target.title if target is not None else str
            paths |= {f"{field.column}__{path}" for path in reads(title, model)} | {
                f"{field.column}__{model._meta.pk.name}"
            }
    paths |= reads(face.title, face.model)
    if subtitled and face.subtitle is not None:
        paths |= reads(face.subtitle, face.model)
    joined = relations_of(paths)
    paths |= joined
    return tuple(sorted(p for p in paths if p not in many)), tuple(sorted(joined)), tuple(many)


def _related(model: type[models.Model], path: str) -> type[models.Model]:
    here: Any = model
    for part in path.split("__"):
        here = here._meta.get_field(part).related_model
    found: type[models.Model] = here
    return found


def count_of(wanted: Wanted, by: Actor, *, cap: int | None = CAP) -> int:
    """How many records there are; at most `cap` + 1 are counted, all for None."""
    rows = matching(wanted, by).order_by()
    return rows.count() if cap is None else rows.values("pk")[: cap + 1].count()
