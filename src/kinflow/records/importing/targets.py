"""What a column can become: the fields of a record type that an import may fill."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language


class ImportKind(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    BIRTHDAY = "birthday"
    CHOICE = "choice"
    COUNTRY = "country"
    LANGUAGE = "language"
    CURRENCY = "currency"
    REFERENCE = "reference"  # another record, by its name or number


@dataclass(frozen=True)
class Target:
    """A field that a column can fill.

    `synonyms` are other names in any language; `many` says that several columns may fill it; `choices` are
    the values of
    a choice with their labels, `also` other words for them; `fallback` the value for a word that is none of
    them.
    """

    name: str
    kind: ImportKind
    label_en: str
    label_zh: str
    synonyms: Sequence[str] = ()
    many: bool = False
    choices: Sequence[tuple[Any, Any]] = ()
    also: Sequence[tuple[str, Any]] = ()
    fallback: Any = None
    longest: int = 0

    @property
    def label(self) -> str:
        """The label in the active language."""
        return self.label_zh if (get_language() or "en").startswith("zh") else self.label_en
