"""What is known of a process's cases: fields of their records that they can be told apart by, as the records are now.

Taken from the record type's face: choices, yes and no, places and languages, the unit and the product become attributes,
numbers become amounts. People and everything personal stay out. Some fields of related records come along.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kinflow.conditions import Kind
from kinflow.records.faces import Field, RecordType, registry

from ..columns import EventColumns, Labels

NAMED = {"unit": "name", "product": "code", "pipeline": "name"}
"""Related records that are attributes themselves, and the field that says which."""
BORROWED = {"account": ("grade",), "product": ("family",)}
"""Fields of related records that say something of the case."""
NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY)
AT_ONCE = 5000


@dataclass(frozen=True)
class Attribute:
    """An attribute or amount of cases: the ORM path to it, and the related record (kind and column) it comes by."""

    name: str
    path: str
    is_number: bool = False
    via: str = ""
    column: str = ""


def attributes_of(face: RecordType) -> list[Attribute]:
    """The attributes of the records of a kind."""
    return [attribute for field in face.fields for attribute in _of_field(field)]


def _of_field(field: Field) -> Iterator[Attribute]:
    if field.sensitivity == "personal" or field.many or field.name == "id":
        return
    if field.kind == Kind.RELATION:
        yield from _of_relation(field)
    elif field.kind in NUMBERS:
        yield Attribute(field.name, field.column, is_number=True)
    elif field.kind in (Kind.CHOICE, Kind.BOOLEAN) or field.shape in ("place", "language"):
        yield Attribute(field.name, field.column)


def _of_relation(field: Field) -> Iterator[Attribute]:
    related = registry.get(field.target)
    if field.target in NAMED:
        yield Attribute(
            field.name,
            f"{field.column}__{NAMED[field.target]}",
            via=field.target,
            column=field.column,
        )
    for name in BORROWED.get(field.target, ()):
        if related is not None and name in related.by_name:
            path = f"{field.column}__{related.by_name[name].column}"
            yield Attribute(name, path, via=field.target, column=field.column)


def with_attributes(columns: EventColumns, kind: str) -> EventColumns:
    """The columns with attributes and amounts of their cases, without the cases whose record is gone.

    One query for all cases, however many; `columns` must call its cases by the ids of their records, in ascending order.
    """
    wanted = attributes_of(registry[kind])
    ids, table = _read(kind, [int(each) for each in columns.case_ids], [each.path for each in wanted])
    known = np.array([int(each) for each in columns.case_ids], np.int64)
    place = np.searchsorted(known, ids)
    attributes, amounts = {}, {}
    for attribute, values in zip(wanted, table, strict=True):
        if attribute.is_number:
            amounts[attribute.name] = _numbers(values, place, len(known))
        else:
            attributes[attribute.name] = _labels(values, place, len(known))
    return replace(columns, attributes=attributes, amounts=amounts)


def rows_there(kind: str, case_ids: Sequence[str]) -> list[bool]:
    """Whether the record of each case is there."""
    ids, _none = _read(kind, [int(each) for each in case_ids], [])
    there = set(ids)
    return [int(each) in there for each in case_ids]


def _read(kind: str, ids: Sequence[int], paths: Sequence[str]) -> tuple[list[int], list[list[Any]]]:
    """The ids of the records that are there, and for each path their values."""
    found: list[int] = []
    table: list[list[Any]] = [[] for _path in paths]
    model = registry[kind].model
    for start in range(0, len(ids), AT_ONCE):
        part = list(ids[start : start + AT_ONCE])
        for pk, *values in (
            model._default_manager.filter(pk__among=part).order_by("pk").values_list("pk", *paths)
        ):
            found.append(pk)
            for column, value in zip(table, values, strict=True):
                column.append(value)
    return found, table


def _numbers(values: Sequence[Any], place: Any, count: int) -> Any:
    numbers = np.full(count, np.nan)
    numbers[place] = [np.nan if value is None else float(value) for value in values]
    return numbers


def _labels(values: Sequence[Any], place: Any, count: int) -> Labels:
    words = [_word(value) for value in values]
    known = sorted({word for word in words if word})
    codes = {word: code for code, word in enumerate(known)}
    coded = np.full(count, -1, np.int32)
    coded[place] = [codes.get(word, -1) for word in words]
    return Labels(known, coded)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
