"""Cells become values: a reader for each kind, set up by what the column's values look like."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kinflow.kit.birthdays import one_form

from . import places
from .cells import Doubtful, Unreadable, text, told
from .dates import NoDate, day_first, moment
from .mapping import plain
from .numbers import NoNumber, amount, decimal_comma, percent
from .reach import emails, phone_reader, url
from .tables import Cell
from .targets import ImportKind, Target

_YES_WORDS = "yes|y|true|t|1|on|x|✓|✔|√|是|对|有|真|已|checked|opted in|同意"
_NO_WORDS = "no|n|false|f|0|off|✗|✘|×|否|不|错|无|假|没有|未|unchecked|opted out|不同意"
_YES, _NO = frozenset(_YES_WORDS.split("|")), frozenset(_NO_WORDS.split("|"))
MEMORY = 50_000  # different texts of one column that are remembered


@dataclass(frozen=True)
class Column:
    """One column's values in order.

    By position, why a cell cannot be read (`faults`), and what is doubtful (`doubts`): its value is what was
    written where
    that still serves, else None, and the cell belongs in the notes.
    """

    values: list[Any]
    faults: dict[int, str] = field(default_factory=dict)
    doubts: dict[int, str] = field(default_factory=dict)


Read = Callable[[Cell], Any]


class Reader:
    """Reads the cells of one column; what was read once is remembered."""

    def __init__(self, target: Target, read: Read) -> None:
        self.target = target
        self._read = read
        self._known: dict[Cell, tuple[Any, str, str]] = {}

    def read(self, cell: Cell) -> Any:
        """The value; None for a blank. Raises Unreadable; of doubtful ones, gives what was written."""
        value, fault, _doubt = self._told(cell)
        if fault:
            raise Unreadable(fault)
        return value

    def column(self, cells: Iterable[Cell]) -> Column:
        """The values of many cells."""
        made = Column([])
        known, values = self._known, made.values
        for position, cell in enumerate(cells):
            known_cell = known.get(cell) if type(cell) is str else None
            value, fault, doubt = known_cell or self._told(cell)
            values.append(value)
            if fault:
                made.faults[position] = fault
            elif doubt:
                made.doubts[position] = doubt
        return made

    def _told(self, cell: Cell) -> tuple[Any, str, str]:
        result: tuple[Any, str, str]
        try:
            result = (self._read(cell), "", "")
        except Unreadable as error:
            result = (None, str(error), "")
        except Doubtful as doubt:
            result = (doubt.value, "", doubt.reason)
        if type(cell) is str:
            if len(self._known) >= MEMORY:
                self._known.clear()
            self._known[cell] = result
        return result


def reader_for(
    target: Target,
    samples: Sequence[Cell] = (),
    *,
    zone: tzinfo = UTC,
    region: str = "",
    is_day_first: bool | None = None,
) -> Reader:
    """A reader for a column that becomes the field.

    `samples` decide what single cells leave open: the order of day and month, the decimal mark, the country
    of phone
    numbers. `zone` is that of times without an offset; `region` the country of numbers without a country
    code.
    """
    makers: dict[ImportKind, Callable[[], Read]] = {
        ImportKind.TEXT: lambda: lambda cell: _line(cell, target),
        ImportKind.LONG_TEXT: lambda: lambda cell: text(cell) or None,
        ImportKind.REFERENCE: lambda: lambda cell: _line(cell, target),
        ImportKind.EMAIL: lambda: emails,
        ImportKind.PHONE: lambda: phone_reader(samples, region),
        ImportKind.URL: lambda: url,
        ImportKind.INTEGER: lambda: _integer_reader(samples),
        ImportKind.DECIMAL: lambda: _number_reader(
            samples, lambda cell, comma: amount(cell, has_decimal_comma=comma).value
        ),
        ImportKind.MONEY: lambda: _number_reader(
            samples, lambda cell, comma: amount(cell, has_decimal_comma=comma)
        ),
        ImportKind.PERCENT: lambda: _number_reader(
            samples, lambda cell, comma: percent(cell, has_decimal_comma=comma)
        ),
        ImportKind.BOOLEAN: lambda: _boolean,
        ImportKind.DATE: lambda: _date_reader(samples, is_day_first),
        ImportKind.MOMENT: lambda: _moment_reader(samples, is_day_first, zone),
        ImportKind.BIRTHDAY: lambda: _birthday_reader(samples, is_day_first),
        ImportKind.CHOICE: lambda: _choice_reader(target),
        ImportKind.COUNTRY: lambda: _code_reader(places.country),
        ImportKind.LANGUAGE: lambda: _code_reader(places.language),
        ImportKind.CURRENCY: lambda: _code_reader(places.currency),
    }
    return Reader(target, makers[target.kind]())


def _line(cell: Cell, target: Target) -> str | None:
    found = text(cell)
    if "\n" in found or "  " in found:
        found = " ".join(found.split())
    if target.longest and len(found) > target.longest:
        raise Unreadable(_("The text is longer than %(limit)s characters.") % {"limit": target.longest})
    return found or None


def _number_reader(samples: Sequence[Cell], read_number: Callable[[Cell, bool], Any]) -> Read:
    comma = decimal_comma(samples)

    def read(cell: Cell) -> Any:
        found = told(cell)
        if not found:
            return None
        try:
            return read_number(found if isinstance(cell, str) else cell, comma)
        except NoNumber as error:
            raise Unreadable(_("“%(text)s” is no number.") % {"text": found[:80]}) from error

    return read


def _integer_reader(samples: Sequence[Cell]) -> Read:
    read_number = _number_reader(samples, lambda cell, comma: amount(cell, has_decimal_comma=comma).value)

    def read(cell: Cell) -> int | None:
        value: Decimal | None = read_number(cell)
        if value is None:
            return None
        if value != value.to_integral_value():
            raise Unreadable(_("“%(text)s” is no whole number.") % {"text": text(cell)[:80]})
        return int(value)

    return read


def _boolean(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    word = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    if not told(cell):
        return None
    raise Unreadable(_("“%(text)s” is neither yes nor no.") % {"text": word[:80]})


def _moment_reader(samples: Sequence[Cell], is_day_first: bool | None, zone: tzinfo) -> Read:
    order = is_day_first if is_day_first is not None else day_first(samples)

    def read(cell: Cell) -> datetime | None:
        found = told(cell)
        if not found:
            return None
        try:
            made = moment(found if isinstance(cell, str) else cell, is_day_first=order)
        except NoDate as error:
            raise Unreadable(_("“%(text)s” is no date.") % {"text": found[:80]}) from error
        return made if made.tzinfo else made.replace(tzinfo=zone)

    return read


def _date_reader(samples: Sequence[Cell], is_day_first: bool | None) -> Read:
    read_moment = _moment_reader(samples, is_day_first, UTC)

    def read(cell: Cell) -> date | None:
        made: datetime | None = read_moment(cell)
        return made.date() if made else None

    return read


def _birthday_reader(samples: Sequence[Cell], is_day_first: bool | None) -> Read:
    """Dates in all their shapes, and days whose year is not told."""
    read_date = _date_reader(samples, is_day_first)

    def read(cell: Cell) -> str | None:
        if isinstance(cell, str) and (found := one_form(cell)):
            return found
        made: date | None = read_date(cell)
        return made.isoformat() if made else None

    return read


def _choice_reader(target: Target) -> Read:
    words = _choice_words(target)

    def read(cell: Cell) -> Any:
        found = told(cell)
        if not found:
            return None
        word = plain(found)
        if word in words:
            return words[word]
        if target.fallback is not None:
            raise Doubtful(target.fallback, _("“%(text)s” is none of the choices.") % {"text": found[:80]})
        raise Unreadable(_("“%(text)s” is none of the choices.") % {"text": found[:80]})

    return read


def _choice_words(target: Target) -> dict[str, Any]:
    """All words for the values of a choice: other words first, then labels in both languages, then the
    values."""
    allowed = {value for value, _label in target.choices}
    words = {plain(word): value for word, value in target.also if value in allowed}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words |= {plain(str(label)): value for value, label in target.choices}
    return words | {plain(str(value)): value for value, _label in target.choices}


def _code_reader(code_of: Callable[[str], str | None]) -> Read:
    def read(cell: Cell) -> str | None:
        found = told(cell)
        if not found:
            return None
        code = code_of(found)
        if code is None:
            raise Doubtful(
                None, _("“%(text)s” is not known; it is kept in the notes.") % {"text": found[:80]}
            )
        return code

    return read
