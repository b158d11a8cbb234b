"""What a cell says before anybody asks what it means: clean text, and the many words for nothing."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.spreadsheets import unsafe_cell

from .tables import Cell

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_BLANK_WORDS = (
    "|-|--|---|—|——|/|n/a|#n/a|select|please select|--none--|-none-|none"
    " selected|\\n|(blank)|请选择|未填写|无|空|暂无|?"
)
_BLANK = frozenset(_BLANK_WORDS.split("|"))
_BLANK_UNLESS_NAME = frozenset(
    ("na", "n.a.", "none", "null", "nil", "unknown", "undefined", "not provided", "未知", "不详")
)
_ERRORS = ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


class Unreadable(ValueError):
    """A cell that cannot be read as what its column is; the text says why, in the active language."""


class Doubtful(Exception):
    """A value that is kept as it was written, because a wrong one is better than none: a phone number, a
    website."""

    def __init__(self, value: Any, reason: str) -> None:
        super().__init__(reason)
        self.value = value
        self.reason = reason


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


def told(cell: Cell) -> str:
    """The text of a cell that is no name: more words mean a blank there. Raises Unreadable for a formula's
    error."""
    found = text(cell)
    if found in _ERRORS:
        raise Unreadable(_("The formula in this cell gave the error %(error)s.") % {"error": found})
    return "" if found.lower() in _BLANK_UNLESS_NAME else found
