"""Numbers and sums of money as people write them: separators of both worlds, 万 and 亿, currency signs."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from .tables import Cell

_SIGNS = {
    "CNY": "¥|￥|rmb|cny|元|人民币|圆",
    "USD": "$|us$|usd|美元|美金",
    "EUR": "€|eur|欧元",
    "GBP": "£|gbp|英镑",
    "HKD": "hk$|hkd|港币|港元",
    "JPY": "jpy|日元|円",
    "CHF": "chf",
    "INR": "₹|inr",
    "KRW": "₩|krw",
    "SGD": "s$|sgd",
    "AUD": "a$|aud",
    "CAD": "c$|cad",
    "TWD": "nt$|twd",
}
CURRENCIES = {sign: code for code, signs in _SIGNS.items() for sign in signs.split("|")}
_UNITS = {
    **dict.fromkeys(("",), 1),
    **dict.fromkeys(("k", "千"), 1_000),
    **dict.fromkeys(("万", "w"), 10_000),
    **dict.fromkeys(("m", "百万", "mio"), 1_000_000),
    **dict.fromkeys(("千万",), 10_000_000),
    **dict.fromkeys(("亿",), 100_000_000),
    **dict.fromkeys(("b", "bn"), 1_000_000_000),
}
_PARTS = re.compile(
    r"(?P<before>[^\d+\-−.,()]{0,8}?)\s*(?P<sign>[+\-−(]?)\s*(?P<between>[^\d.,()\s]{0,3})\s*"
    r"(?P<digits>\d[\d.,' \xa0\u202f]*|[.,]\d+)(?P<power>e[+-]?\d{1,2})?\s*"
    r"(?P<unit>千万|百万|[kmw千万亿]|mio|bn?)?\s*(?P<after>[^\d.,()]{0,5})\)?"
)
LARGEST = Decimal(10) ** 15


class NoNumber(ValueError):
    """A text that is no number, or one beyond all sense."""


class Amount(NamedTuple):
    """A sum, and the currency that stood beside it; empty where none did."""

    value: Decimal
    currency: str


def decimal_comma(cells: Iterable[Cell]) -> bool:
    """Whether the numbers of a column have a decimal comma: some have one after a point, or before other than
    3 digits."""
    for cell in cells:
        text = str(cell) if isinstance(cell, str) else ""
        if re.search(r"\d\.\d{3},\d|\d,\d{1,2}(?!\d)|\d,\d{4,}", text) and not re.search(
            r",\d{3}(?!\d)", text
        ):
            return True
    return False


def amount(cell: Cell, *, has_decimal_comma: bool = False) -> Amount:
    """The number in a cell, with its currency. Raises NoNumber."""
    if isinstance(cell, bool):
        raise NoNumber
    if isinstance(cell, int | float):
        return Amount(_checked(Decimal(repr(cell))), "")
    if not isinstance(cell, str):
        raise NoNumber
    found = _PARTS.fullmatch(unicodedata.normalize("NFKC", cell).strip().lower())
    if not found or len(cell) > 60:
        raise NoNumber
    signs = (found["before"].strip(), found["between"].strip(), found["after"].strip())
    currency = [CURRENCIES.get(sign) for sign in signs if sign]
    if None in currency or len(set(currency)) > 1:
        raise NoNumber
    value = _digits(found["digits"], has_decimal_comma).scaleb(int((found["power"] or "e0")[1:]))
    value *= _UNITS[found["unit"] or ""]
    negative = found["sign"] in ("-", "−", "(")
    return Amount(_checked(-value if negative else value), currency[0] or "" if currency else "")


def percent(cell: Cell, *, has_decimal_comma: bool = False) -> Decimal:
    """A share in percent: "12%", "12", and 0.12 as workbooks hold it. Raises NoNumber."""
    if isinstance(cell, float) and 0 < abs(cell) < 1:
        return _checked(Decimal(repr(cell)) * 100)
    text = cell.strip().removesuffix("%").removesuffix("％") if isinstance(cell, str) else cell
    return amount(text, has_decimal_comma=has_decimal_comma).value


def _digits(text: str, has_decimal_comma: bool) -> Decimal:
    text = re.sub(r"[' \xa0\u202f]", "", text)
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
    elif comma >= 0:
        grouped = re.fullmatch(r"\d{1,3}(?:,\d{2,3})*,\d{3}", text) and not (
            has_decimal_comma and text.count(",") == 1
        )
        decimal = "." if grouped else ","
    else:
        grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text) and (has_decimal_comma or text.count(".") > 1)
        decimal = "," if grouped else "."
    plain = text.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise NoNumber from error


def _checked(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value) > LARGEST:
        raise NoNumber
    return value
