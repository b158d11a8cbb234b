"""Cells become values: a reader for each kind, set up by what the column's values look like."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kinflow.kit.phones import e164
from kinflow.kit.spreadsheets import unsafe_cell

from . import places
from .dates import NoDate, day_first, moment
from .mapping import plain
from .numbers import NoNumber, amount, decimal_comma, percent
from .tables import Cell
from .targets import ImportKind, Target

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_BLANK_WORDS = (
    "|-|--|---|—|——|/|n/a|#n/a|select|please select|--none--|-none-|none"
    " selected|\\n|(blank)|请选择|未填写|无|空|暂无|?"
)
_BLANK = frozenset(_BLANK_WORDS.split("|"))
_BLANK_UNLESS_NAME = frozenset(
    ("na", "n.a.", "none", "null", "nil", "unknown", "undefined", "not provided", "未知", "不详")
)
_YES_WORDS = "yes|y|true|t|1|on|x|✓|✔|√|是|对|有|真|已|checked|opted in|同意"
_NO_WORDS = "no|n|false|f|0|off|✗|✘|×|否|不|错|无|假|没有|未|unchecked|opted out|不同意"
_YES, _NO = frozenset(_YES_WORDS.split("|")), frozenset(_NO_WORDS.split("|"))
_SPLIT = re.compile(r"[;,，；、\n|]+|\s/\s")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}")
_ADDRESS = re.compile(
    r"[^\s@,;<>()\[\]\"]{1,64}@(?:[^\s@,;<>()\[\]\"._/]{1,63}\.){1,8}[^\s@,;<>()\[\]\".\d_/]{2,24}"
)
_CHINESE_MOBILE = re.compile(r"(?:\+?86[ -]?)?(1(?:3\d|5[0-35-9]|7[35-8]|8\d|9[13589])\d{8})")
_NUMBERS = re.compile(r"[;,，；、\n|/或]+")
_AMERICAN = re.compile(r"(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]\s?[2-9]\d\d[-. ]\d{4}")
_ERRORS = ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
REGIONS = ("CN", "US", "GB", "DE", "IN", "FR", "JP", "AU")
MEMORY = 50_000  # different texts of one column that are remembered


class Unreadable(ValueError):
    """A cell that cannot be read as what its column is; the text says why, in the active language."""


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


class Doubtful(Exception):
    """A value that is kept as it was written, because a wrong one is better than none: a phone number, a
    website."""

    def __init__(self, value: Any, reason: str) -> None:
        super().__init__(reason)
        self.value = value
        self.reason = reason


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
            told = known.get(cell) if type(cell) is str else None
            if told is None:
                told = self._told(cell)
            values.append(told[0])
            if told[1]:
                made.faults[position] = told[1]
            elif told[2]:
                made.doubts[position] = told[2]
        return made

    def _told(self, cell: Cell) -> tuple[Any, str, str]:
        told: tuple[Any, str, str]
        try:
            told = (self._read(cell), "", "")
        except Unreadable as error:
            told = (None, str(error), "")
        except Doubtful as doubt:
            told = (doubt.value, "", doubt.reason)
        if type(cell) is str:
            if len(self._known) >= MEMORY:
                self._known.clear()
            self._known[cell] = told
        return told


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
        ImportKind.EMAIL: lambda: _emails,
        ImportKind.PHONE: lambda: _phone_reader(samples, region),
        ImportKind.URL: lambda: _url,
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
        ImportKind.CHOICE: lambda: _choice_reader(target),
        ImportKind.COUNTRY: lambda: _code_reader(places.country),
        ImportKind.LANGUAGE: lambda: _code_reader(places.language),
        ImportKind.CURRENCY: lambda: _code_reader(places.currency),
    }
    return Reader(target, makers[target.kind]())


def text(cell: Cell) -> str:
    """A cell as clean text: numbers without ".0", dates as ISO, no control characters, blanks as ""."""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _clean(cell: str) -> str:
    if cell.isascii() and cell.isalnum() and cell != "NULL" and cell.lower() not in _BLANK:
        return cell
    plain_text = unicodedata.normalize(
        "NFC", unsafe_cell(_CONTROLS.sub("", cell.replace("\r\n", "\n"))).strip()
    )
    return "" if plain_text.lower() in _BLANK or plain_text in ("NULL", "\\N") else plain_text


def _told_or_blank(cell: Cell) -> str:
    """The text of a cell that is no name: more words mean a blank there. Raises Unreadable for a formula's
    error."""
    found = text(cell)
    if found in _ERRORS:
        raise Unreadable(_("The formula in this cell gave the error %(error)s.") % {"error": found})
    return "" if found.lower() in _BLANK_UNLESS_NAME else found


def _line(cell: Cell, target: Target) -> str | None:
    found = text(cell)
    if "\n" in found or "  " in found:
        found = " ".join(found.split())
    if target.longest and len(found) > target.longest:
        raise Unreadable(_("The text is longer than %(limit)s characters.") % {"limit": target.longest})
    return found or None


def _emails(cell: Cell) -> tuple[str, ...] | None:
    if isinstance(cell, str) and _PLAIN_ADDRESS.fullmatch(cell):
        return (cell.lower(),)
    found = _told_or_blank(cell)
    if not found:
        return None
    pieces = [piece for piece in _SPLIT.split(found.replace("mailto:", "")) if piece.strip()]
    made = []
    for piece in pieces:
        inside = re.search(r"<([^<>]+)>", piece)
        address = (inside.group(1) if inside else piece).strip().rstrip(".").lower()
        if not _ADDRESS.fullmatch(address) or len(address) > 254:
            raise Unreadable(_("“%(text)s” is no e-mail address.") % {"text": piece.strip()[:80]})
        made.append(address)
    return tuple(dict.fromkeys(made))


def _phone_reader(samples: Sequence[Cell], region: str) -> Read:
    region = region or phone_region(samples)

    def read(cell: Cell) -> tuple[str, ...] | None:
        if region == "CN" and isinstance(cell, str) and (mobile := _CHINESE_MOBILE.fullmatch(cell)):
            return (f"+86{mobile.group(1)}",)
        found = _told_or_blank(cell)
        if not found:
            return None
        whole = e164(found, region)
        pieces = [found] if whole else [piece.strip() for piece in _NUMBERS.split(found) if piece.strip()]
        numbers = [e164(piece, region) or piece for piece in pieces]
        if not all(number.startswith("+") for number in numbers):
            if not any(map(str.isdigit, found)):
                raise Unreadable(_("“%(text)s” is no phone number.") % {"text": found[:80]})
            raise Doubtful(
                tuple(numbers), _("“%(text)s” is kept, but is no valid phone number.") % {"text": found[:80]}
            )
        return tuple(dict.fromkeys(numbers))

    return read


def phone_region(samples: Sequence[Cell]) -> str:
    """The country whose numbers most of the samples are: by how they are grouped, else by which are valid;
    else China."""
    told = [found for cell in samples[:100] if (found := text(cell)) and not found.startswith(("+", "00"))]
    if told and sum(bool(_AMERICAN.fullmatch(number)) for number in told) >= 0.8 * len(told):
        return "US"
    valid = {region: sum(e164(number, region) is not None for number in told) for region in REGIONS}
    return max(REGIONS, key=lambda region: (valid[region], region == "CN")) if told else "CN"


def _url(cell: Cell) -> str | None:
    found = _told_or_blank(cell)
    if not found:
        return None
    address = found if "://" in found else f"https://{found}"
    if not re.fullmatch(r"(?i)https?://[^\s/@]+\.[^\s/@]{2,}(?:[/?#]\S*)?", address) or len(address) > 200:
        raise Doubtful(
            None, _("“%(text)s” is no web address; it is kept in the notes.") % {"text": found[:80]}
        )
    return address


def _number_reader(samples: Sequence[Cell], read_number: Callable[[Cell, bool], Any]) -> Read:
    comma = decimal_comma(samples)

    def read(cell: Cell) -> Any:
        found = _told_or_blank(cell)
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
    if not _told_or_blank(cell):
        return None
    raise Unreadable(_("“%(text)s” is neither yes nor no.") % {"text": word[:80]})


def _moment_reader(samples: Sequence[Cell], is_day_first: bool | None, zone: tzinfo) -> Read:
    order = is_day_first if is_day_first is not None else day_first(samples)

    def read(cell: Cell) -> datetime | None:
        found = _told_or_blank(cell)
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


def _choice_reader(target: Target) -> Read:
    words = _choice_words(target)

    def read(cell: Cell) -> Any:
        found = _told_or_blank(cell)
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
        found = _told_or_blank(cell)
        if not found:
            return None
        code = code_of(found)
        if code is None:
            raise Doubtful(
                None, _("“%(text)s” is not known; it is kept in the notes.") % {"text": found[:80]}
            )
        return code

    return read
