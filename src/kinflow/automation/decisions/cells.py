"""One cell of a decision table: a test of one value, written as DMN's unary tests are; no Django.

`-` holds for everything; `"gold"`, `< 10`, `[5..10)`, `not("gold", "silver")` and `null` (no value) as in DMN. Words
need no quotes unless they hold one of the signs.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

NUMBER, TEXT, YES_NO, DATE, LIST = "number", "text", "yes_no", "date", "list"
SORTS = (NUMBER, TEXT, YES_NO, DATE, LIST)
ORDERED = frozenset({NUMBER, DATE})
LONGEST = 300
Value: TypeAlias = Decimal | str | bool | date | tuple[str, ...] | None

_YES = frozenset({"true", "yes", "是"})
_NO = frozenset({"false", "no", "否"})
_RANGE = re.compile(r"([\[(\]])\s*(.+?)\s*\.\.\s*(.+?)\s*([\])\[])")
_COMPARED = re.compile(r"(<=|>=|<|>|=|≤|≥)\s*(.+)")
_DATE = re.compile(r'(?:date\(\s*)?"?(\d{4}-\d{2}-\d{2})"?\s*\)?')
_PLAIN = {"≤": "<=", "≥": ">="}


class WrongCell(ValueError):
    """The text is no test of this sort; `code` is why: number, date, yes_no, range, empty, quotes, order, long."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"{code}: {part}")
        self.code, self.part = code, part


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, either may be None (no end); `opens` and `closes` say whether the end belongs to it."""

    low: Any = None
    high: Any = None
    opens: bool = True
    closes: bool = True

    def holds(self, value: Any) -> bool:
        """Whether the value lies in it."""
        if self.low is not None and (value < self.low or (value == self.low and not self.opens)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.closes)


@dataclass(frozen=True)
class Cell:
    """What a cell lets pass; without anything in it, everything."""

    ranges: tuple[Range, ...] = ()
    values: frozenset[Any] = frozenset()
    missing: bool = False
    negated: bool = False

    @property
    def is_any(self) -> bool:
        """Whether it holds for everything."""
        return not (self.ranges or self.values or self.missing)

    def holds(self, value: Value) -> bool:
        """Whether it holds for the value; a missing one passes only `-` and `null`. Of a list one element is enough."""
        if self.is_any:
            return True
        if value is None or value == ():
            return self.missing != self.negated and self.missing
        if isinstance(value, tuple):
            found = any(each in self.values for each in value)
        else:
            found = value in self.values or any(each.holds(value) for each in self.ranges)
        return found != self.negated


EVERYTHING = Cell()


def read_cell(text: str, sort: str) -> Cell:
    """The test that a text means for values of the sort. Raises WrongCell."""
    text = text.strip()
    if len(text) > LONGEST:
        raise WrongCell("long")
    if text in ("", "-", "–", "—"):
        return EVERYTHING
    inner = re.fullmatch(r"not\s*\((.*)\)", text, re.DOTALL)
    ranges: list[Range] = []
    values: set[Any] = set()
    missing = False
    for part in _parts(inner[1] if inner else text):
        if part == "null":
            missing = True
        elif sort in ORDERED and (found := _range(part, sort)):
            ranges.append(found)
        else:
            values.add(read_value(part, sort))
    return Cell(tuple(ranges), frozenset(values), missing, inner is not None)


def read_value(text: str, sort: str) -> Any:
    """One value of the sort. Raises WrongCell."""
    text = text.strip()
    if sort == NUMBER:
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise WrongCell(NUMBER, text) from None
        if not number.is_finite() or abs(number.adjusted()) > 30:
            raise WrongCell(NUMBER, text)
        return number
    if sort == DATE:
        found = _DATE.fullmatch(text)
        try:
            return date.fromisoformat(found[1] if found else text)
        except ValueError:
            raise WrongCell(DATE, text) from None
    if sort == YES_NO:
        if text.lower() in _YES | _NO:
            return text.lower() in _YES
        raise WrongCell(YES_NO, text)
    return _word(text)


def write_value(value: Any) -> str:
    """A value as DMN writes it: texts in quotes."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case date():
            return f'date("{value.isoformat()}")'
        case Decimal():
            return format(value, "f")
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def write_cell(cell: Cell) -> str:
    """A cell as DMN writes it."""
    if cell.is_any:
        return "-"
    parts = [_written(each) for each in cell.ranges]
    parts += sorted(write_value(each) for each in cell.values)
    parts += ["null"] if cell.missing else []
    told = ", ".join(parts)
    return f"not({told})" if cell.negated else told


def _written(one: Range) -> str:
    if one.low is None:
        return f"{'<=' if one.closes else '<'} {write_value(one.high)}"
    if one.high is None:
        return f"{'>=' if one.opens else '>'} {write_value(one.low)}"
    left, right = "[" if one.opens else "(", "]" if one.closes else ")"
    return f"{left}{write_value(one.low)}..{write_value(one.high)}{right}"


def _range(part: str, sort: str) -> Range | None:
    if found := _COMPARED.fullmatch(part):
        sign, value = _PLAIN.get(found[1], found[1]), read_value(found[2], sort)
        match sign:
            case "<" | "<=":
                return Range(None, value, True, sign == "<=")
            case ">" | ">=":
                return Range(value, None, sign == ">=", True)
        return Range(value, value)
    if found := _RANGE.fullmatch(part):
        low, high = read_value(found[2], sort), read_value(found[3], sort)
        opens, closes = found[1] == "[", found[4] == "]"
        if low > high or (low == high and not (opens and closes)):
            raise WrongCell("order", part)
        return Range(low, high, opens, closes)
    if ".." in part:
        raise WrongCell("range", part)
    return None


def _word(text: str) -> str:
    if text.startswith('"'):
        if len(text) < 2 or not text.endswith('"'):
            raise WrongCell("quotes", text)
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    if not text or any(sign in text for sign in '"<>=()'):
        raise WrongCell("quotes", text)
    return text


def _parts(text: str) -> list[str]:
    """The parts between commas, those of the Chinese keyboard, too; commas in quotes are part of a text."""
    pieces = re.split(r'("(?:\\.|[^"\\])*")', text)
    marked = "".join(piece if at % 2 else re.sub("[,，]", "\0", piece) for at, piece in enumerate(pieces))
    parts = [each.strip() for each in marked.split("\0")]
    if not all(parts):
        raise WrongCell("empty", text)
    return parts
