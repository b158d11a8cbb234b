"""From text to tokens, in one pass; Chinese brackets, commas and quotes count as the Latin ones."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from . import limits
from .refusal import ExpressionError, refuse

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[^\W\d]\w*)
    |(?P<sign>==|!=|<>|<=|>=|≤|≥|≠|[-+*/=<>().,（），＋－×÷＝])
    |(?P<quote>["'“”])""",
    re.VERBOSE,
)
_SAME = {
    "（": "(",
    "）": ")",
    "，": ",",
    "＋": "+",
    "－": "-",
    "×": "*",
    "÷": "/",
    "＝": "=",
    "==": "=",
    "<>": "!=",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
}
_CLOSES = {'"': '"', "'": "'", "“": "”", "”": "”"}


@dataclass(frozen=True)
class Token:
    """One piece: its kind (number, text, name, sign, end), its value, and where it begins."""

    kind: str
    value: Any
    position: int


def tokens_of(source: str) -> list[Token]:
    """The tokens of an expression, the end included. Raises ExpressionError."""
    if len(source) > limits.MAX_LENGTH:
        most = {"most": limits.MAX_LENGTH}
        refuse(_("This expression is too long."), limits.MAX_LENGTH, _("At most %(most)d characters.") % most)
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            refuse(
                _("“%(sign)s” means nothing in an expression.") % {"sign": _printable(source[at])},
                at,
                _("Put texts in quotes."),
            )
        kind, piece = str(match.lastgroup), match.group()
        if kind == "quote":
            value, end = _quoted(source, at)
            found.append(Token("text", value, at))
            at = end
            continue
        if kind == "number":
            found.append(Token(kind, _number(piece, at), at))
        elif kind != "space":
            found.append(Token(kind, _SAME.get(piece, piece), at))
        at = match.end()
    return [*found, Token("end", "", len(source))]


def _printable(sign: str) -> str:
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"


def _quoted(source: str, at: int) -> tuple[str, int]:
    """The text between the quotes, and where it goes on behind them; a doubled quote is one of the text's own."""
    closing, start, pieces = _CLOSES[source[at]], at + 1, []
    while (end := source.find(closing, start)) >= 0:
        pieces.append(source[start:end])
        if source[end + 1 : end + 2] != closing:
            return closing.join(pieces), end + 1
        start = end + 2
    raise ExpressionError(_("This text does not end."), at, _("Put %(sign)s behind it.") % {"sign": closing})


def _number(piece: str, at: int) -> Decimal:
    whole, _point, rest = piece.partition(".")
    if len(whole.lstrip("0")) > len(str(limits.MAX_NUMBER)) - 1 or len(rest) > limits.MAX_DECIMALS:
        refuse(
            _("This number is too large or too fine."),
            at,
            _("At most 20 digits before the point and 10 after."),
        )
    return Decimal(piece)
