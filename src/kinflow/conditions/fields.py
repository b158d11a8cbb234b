"""What a condition can speak about: kinds of field, fields, and the vocabulary of record types."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

Words: TypeAlias = str | Promise
"""Text in the active language: plain, or translated when it is shown."""


class Kind(StrEnum):
    """The kinds of field, by what can be asked about them.

    YEARLY is a day that comes round every year and whose own year need not be known: "1980-03-06" or "03-06".
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    YEARLY = "yearly"
    MOMENT = "moment"
    CHOICE = "choice"
    RELATION = "relation"
    IDENTIFIER = "identifier"
    TEXT_LIST = "text_list"
    CHOICE_LIST = "choice_list"


LISTS = (Kind.TEXT_LIST, Kind.CHOICE_LIST)
"""The kinds that hold several values in one column."""


class Kept(Protocol):
    """A list of values of each record that is kept beside the records: sets that they belong to."""

    def ids_in(self, values: Collection[Any] | None, /) -> QuerySet[Any]:
        """The ids of records that have one of the values (None: any value), for a subquery."""

    def of(self, pk: int, /) -> Collection[Any]:
        """The values of one record."""


@dataclass(frozen=True)
class Field:
    """One field of a record type, as conditions see it.

    `path` is the ORM lookup path from the record ("contact__account__industry"); `choices` are the allowed
    values with their labels (empty: any value); `target` names the record type of a relation; `many` marks a
    relation to several records, which is asked about with "has", never walked through; `currency` is the ORM path to
    the currency of an amount of money; `kept` says where the values of a list are kept that is no column.
    """

    name: str
    kind: Kind
    label: Words
    path: str
    choices: Sequence[tuple[Any, Words]] = ()
    target: str | None = None
    many: bool = False
    currency: str = ""
    kept: "Kept | None" = None


class Vocabulary(Protocol):
    """The record types and fields that may be named; whoever asks decides what is in it."""

    def fields_of(self, type_name: str, /) -> Mapping[str, Field]:
        """The fields of a record type, by name."""

    def model_of(self, type_name: str, /) -> type[Model]:
        """The model behind a record type."""


@dataclass(frozen=True)
class Step:
    """One hop of a path: a field of a record type, and the model it is a field of."""

    type_name: str
    field: Field
    model: type[Model]


PEOPLE = "person"
UNITS = "unit"
"""The record types of "me" and "my unit", unless the vocabulary names its own (`people`, `units`)."""


def people_of(vocabulary: Vocabulary) -> str:
    """The name of the record type "me" is one of."""
    return str(getattr(vocabulary, "people", PEOPLE))


def units_of(vocabulary: Vocabulary) -> str:
    """The name of the record type "my unit" is one of."""
    return str(getattr(vocabulary, "units", UNITS))
