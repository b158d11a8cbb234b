"""Cells written for spreadsheet programs: text stays text, whatever it begins with."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

# What makes a spreadsheet take a cell for a formula or a command; full-width forms do so in Chinese and
# Japanese programs.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d{1,3})?%?")


def safe_cell(value: Any) -> Any:
    """The value for a cell of an export; text that could run as a formula gets an apostrophe in front.

    Numbers stay as they are, also those written as text. `unsafe_cell` is the way back.
    """
    if not isinstance(value, str):
        return value
    bare = value.lstrip("'")
    if not bare.startswith(_STARTS) or (bare == value and _NUMBER.fullmatch(value)):
        return value
    return f"'{value}"


def unsafe_cell(text: str) -> str:
    """Text as it was before `safe_cell`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_STARTS) else text


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV that spreadsheets open right: safe cells, dates as ISO, line ends as they expect."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([safe_cell(_written(cell)) for cell in row] for row in rows)
    return buffer.getvalue()


def _written(value: Any) -> Any:
    """A cell's value as text, where its usual text is not the best."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
