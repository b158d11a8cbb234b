"""Values as a file holds them: words for choices, titles for relations, everything else as it is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from kinflow.conditions import Kind

from ..faces import Field, RecordType, registry
from .shown import value_reader


def plain_text(face: RecordType, field: Field) -> Callable[[Any], Any]:
    """From a record to the field's value for a file: words for choices, titles for relations, values as they are."""
    read = value_reader(field)
    if field.shape == "number":
        return lambda row: face.number(row)
    if field.kind is Kind.CHOICE or field.labels:
        return lambda row: str(field.word(read(row)) or "")
    if field.many:
        return lambda row: ", ".join(str(v) for v in read(row).all())
    if field.kind is Kind.RELATION:
        target = registry.get(field.target)
        title: Callable[[Any], Any] = target.title if target is not None else str
        return lambda row: "" if read(row) is None else str(title(read(row)))
    if field.kind is Kind.MOMENT:
        return lambda row: _local(read(row))
    return lambda row: _listed(read(row))


def _local(value: datetime | None) -> Any:
    return "" if value is None else timezone.localtime(value).replace(tzinfo=None, microsecond=0)


def _listed(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
