"""What the values of a column look like, as evidence for what the column is."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from kinflow.kit.birthdays import one_form

from .tables import Cell
from .targets import ImportKind

_EMAIL = re.compile(r"[^\s@,;]{1,64}@[^\s@,;]{1,190}\.[^\s@,;.]{2,24}")
_URL = re.compile(r"(?i)(?:https?://\S{3,}|(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}(?:/\S*)?)")
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,24}(?:(?:x|ext\.?|转|-)\s?\d{1,6})?")
_NUMBER = re.compile(r"[¥￥$€£]?\s?[+-]?\d[\d,.' ]*(?:%|万|亿|元)?")
_DATE = re.compile(
    r"(?i)\d{4}[-/.年]\s?\d{1,2}[-/.月].*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*"
    r"|\d{1,2}[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*|(?:jan|feb|mar|apr|may|jun|jul|aug"
    r"|sep|oct|nov|dec).*\d{4}.*"
)
_YES_NO_WORDS = "yes|no|y|n|true|false|0|1|是|否|有|无|对|错|on|off"
_YES_NO = frozenset(_YES_NO_WORDS.split("|"))

Check = Callable[[Cell], bool]


def _is_phone(cell: Cell) -> bool:
    text = _text(cell)
    return (
        bool(_PHONE.fullmatch(text)) and 7 <= sum(map(str.isdigit, text)) <= 15 and not _DATE.fullmatch(text)
    )


def _is_number(cell: Cell) -> bool:
    return (isinstance(cell, int | float) and not isinstance(cell, bool)) or bool(
        _NUMBER.fullmatch(_text(cell))
    )


def _is_date(cell: Cell) -> bool:
    if isinstance(cell, date | datetime):
        return True
    text = _text(cell)
    return bool(_DATE.fullmatch(text)) or bool(
        re.fullmatch(r"\d{5}(?:\.\d+)?|(?:19|20)\d{6}|1\d{9}|1\d{12}", text)
    )


def _is_yes_no(cell: Cell) -> bool:
    return isinstance(cell, bool) or _text(cell).lower() in _YES_NO


CHECKS: Mapping[ImportKind, Check] = {
    ImportKind.EMAIL: lambda cell: bool(_EMAIL.search(_text(cell))),
    ImportKind.URL: lambda cell: bool(_URL.fullmatch(_text(cell))),
    ImportKind.PHONE: _is_phone,
    ImportKind.DATE: _is_date,
    ImportKind.MOMENT: _is_date,
    ImportKind.BIRTHDAY: lambda cell: _is_date(cell) or one_form(_text(cell)) is not None,
    ImportKind.BOOLEAN: _is_yes_no,
    ImportKind.INTEGER: _is_number,
    ImportKind.DECIMAL: _is_number,
    ImportKind.MONEY: _is_number,
    ImportKind.PERCENT: _is_number,
}


def fitting(kind: ImportKind, values: Sequence[Cell]) -> float | None:
    """The share of the values that are no blanks and can be of the kind; None where nothing can be told."""
    check = CHECKS.get(kind)
    told = [value for value in values if _text(value).lower() not in ("", "-", "select", "n/a", "?", "无")]
    if check is None or not told:
        return None
    return sum(map(check, told)) / len(told)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
