"""Values as the log recorded them, in words: as the page of the record shows the field."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kinflow.conditions import Kind
from kinflow.eventlog import narration
from kinflow.kit import birthdays, phones
from kinflow.kit.place_words import language_words, place_words

from .changing import plain
from .faces import Field, RecordType, registry
from .pages.shown import money, plain_number

DAY, MOMENT = "Y-m-d", "Y-m-d H:i"
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY)
_BY_SHAPE: Mapping[str, Callable[[str], str]] = {
    "place": place_words,
    "language": language_words,
    "phone": phones.display,
}

Changed = tuple[RecordType, int, Mapping[str, Any]]
"""The type and id of a record, and what changed of it: old and new value by field."""


@dataclass
class Known:
    """What the words need beyond the values: names of related records, and currencies of the records that changed."""

    names: dict[tuple[str, int], str] = field(default_factory=dict)
    currencies: dict[tuple[str, int], str] = field(default_factory=dict)


def field_of(face: RecordType, name: str) -> Field | None:
    """The field that a change is of: changes call it by its name or by its column."""
    return face.by_name.get(name) or next((f for f in face.fields if f.column == name), None)


def known_for(changed: Iterable[Changed]) -> Known:
    """What the words of these changes need: one query per kind of related record, one per kind with other currencies."""
    related: dict[str, set[int]] = defaultdict(set)
    priced: dict[str, set[int]] = defaultdict(set)
    for face, pk, changes in changed:
        for name, pair in changes.items():
            its = field_of(face, name)
            if its is None or not isinstance(pair, list):
                continue
            if its.kind is Kind.RELATION:
                related[its.target] |= {v for v in _flat(pair) if isinstance(v, int)}
            if its.currency:
                priced[face.name].add(pk)
    return Known(_names(related), _currencies(priced))


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        yield from value if isinstance(value, list) else (value,)


def _names(related: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    return {
        (kind, pk): name.label
        for kind, ids in related.items()
        if ids and kind in narration.namers
        for pk, name in narration.namers[kind](ids).items()
    }


def _currencies(priced: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for kind, ids in priced.items():
        face = registry[kind]
        path = next(f.currency for f in face.fields if f.currency)
        rows = face.model._default_manager.filter(pk__in=ids).values_list("pk", path)
        found |= {(kind, pk): str(currency) for pk, currency in rows}
    return found


def words(its: Field | None, value: Any, known: Known, *, currency: str = "") -> Any:
    """One recorded value in words of the active language; "" for none, what is no value of the field unchanged."""
    if value is None or value == "":
        return ""
    if value == "[erased]":
        return _("(erased)")
    if isinstance(value, list):
        return pgettext("between values", ", ").join(str(words(its, each, known)) for each in value)
    if its is None:
        return plain(value)
    if its.kind is Kind.RELATION:
        return _related(its, value, known)
    if its.choices or its.labels:
        return str(its.word(value))
    if its.kind is Kind.BOOLEAN:
        return _("Yes") if value else _("No")
    if its.shape in _BY_SHAPE:
        return _BY_SHAPE[its.shape](str(value))
    try:
        return _counted(its, value, currency)
    except (InvalidOperation, ValueError):
        return plain(value)


def _counted(its: Field, value: Any, currency: str) -> Any:
    """Numbers, amounts, days and moments."""
    if its.shape == "money" or its.kind is Kind.MONEY:
        return money(value, currency)
    if its.kind in _NUMBERS:
        number = plain_number(Decimal(str(value)))
        return f"{number} %" if its.shape == "percent" else number
    if its.kind is Kind.DATE:
        return date_format(date.fromisoformat(str(value)), DAY)
    if its.kind is Kind.YEARLY:
        return birthdays.words(str(value))
    if its.kind is Kind.MOMENT:
        return date_format(timezone.localtime(datetime.fromisoformat(str(value))), MOMENT)
    return plain(value)


def _related(its: Field, value: Any, known: Known) -> Any:
    """The record's name; of one that is gone its number."""
    face = registry.get(its.target)
    if not isinstance(value, int):
        return plain(value)
    return known.names.get((its.target, value)) or (f"{face.prefix}-{value}" if face else value)
