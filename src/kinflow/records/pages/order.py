"""The order of a list, and what stands behind or before a key in it."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from kinflow.kit import cursors

from ..faces import RecordType


class Order:
    """The order of a list: one column, then the primary key; NULL stands where PostgreSQL puts it by itself."""

    def __init__(self, face: RecordType, sort: str = "") -> None:
        """Take the record type and the field it is sorted by, "-" in front for the largest first; "" as it comes."""
        self.told = sort or face.order or "-id"
        self.descending = self.told.startswith("-")
        name = self.told.removeprefix("-")
        field = face.by_name.get(name)
        self.name = name
        self.column = field.column if field is not None else name
        self.model_field = _model_field(face.model, self.column)
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
        return cursors.encode([self.told, *self.key_of(row)])

    def key(self, cursor: str) -> tuple[Any, int] | None:
        """The key that a cursor means; None for no cursor, a damaged one, and one of another order."""
        if not cursor:
            return None
        try:
            told, value, pk = cursors.decode(cursor)
        except (cursors.BadCursor, ValueError):
            return None
        return (value, pk) if told == self.told else None


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
