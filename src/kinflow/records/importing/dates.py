"""Dates and times in the shapes in which people and programs write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from .tables import Cell

_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = {
    name: number
    for number, month in enumerate(_MONTH_NAMES.split(), start=1)
    for name in (month, month[:3], month[:4] if month == "september" else month)
}
_TIME = (
    r"(?:[T\s,]+(?P<half_before>上午|下午|晚上|中午|凌晨"
    r"|早上)?\s*(?P<hour>\d{1,2})[:：时点](?P<minute>\d{1,2})?分?"
    r"(?:[:：]?(?P<second>\d{1,2})秒?(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d)?)?"
)
_SHAPES = tuple(
    re.compile(rf"(?i)(?:\w+day,?\s+)?{shape}\s*(?:星期.|周.)?{_TIME}")
    for shape in (
        r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?日?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+(?P<name>[a-z]{3,9})\.?[\s\-/.,]+(?P<year>\d{4}|\d\d)",
        r"(?P<name>[a-z]{3,9})\.?[\s-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
    )
)
_NUMERIC = re.compile(
    rf"(?i)(?:\w+day,?\s+)?(?P<first>\d{{1,2}})[/.\-](?P<then>\d{{1,2}})[/.\-](?P<year>\d{{4}}|\d\d)\s*{_TIME}"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_COMPACT = re.compile(r"\d{8}T\d{4,6}(?:Z|[+-]\d{4})?")
_EPOCH = re.compile(r"1\d{9}|1\d{12}")
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_415  # 1950 to 2100
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a day, not a moment


class NoDate(ValueError):
    """A text that is no date, or one that does not exist."""


def day_first(cells: Iterable[Cell]) -> bool | None:
    """Whether dates such as 3/4/2021 in a column begin with the day; None where nothing tells, or it tells
    both.

    A first number above 12 must be a day, and so must a second one.
    """
    first = second = False
    for cell in cells:
        found = _NUMERIC.fullmatch(str(cell).strip()) if isinstance(cell, str) else None
        if found:
            first |= int(found["first"]) > 12
            second |= int(found["then"]) > 12
    return first if first != second else None


def moment(cell: Cell, *, is_day_first: bool | None = None) -> datetime:
    """The date and time in a cell, aware where the cell says its offset, else naive. Raises NoDate.

    Numbers are days since 1900 as spreadsheets count them. Undecided order means month first, the commoner in
    exports.
    """
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, bool | time | timedelta):
        raise NoDate
    if isinstance(cell, int | float):
        return _from_serial(float(cell))
    text = cell.strip().rstrip(".,")
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text))
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    return _from_text(text, is_day_first)


def _from_text(text: str, is_day_first: bool | None) -> datetime:
    if _COMPACT.fullmatch(text):
        return _iso(text)
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            month = (
                int(found["month"]) if "month" in found.groupdict() else _MONTHS.get(found["name"].lower(), 0)
            )
            return _made(found, month, int(found["day"]))
    found = _NUMERIC.fullmatch(text)
    if not found:
        raise NoDate
    first, then = int(found["first"]), int(found["then"])
    if is_day_first is None:
        is_day_first = first > 12
    return _made(found, then, first) if is_day_first else _made(found, first, then)


def _iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise NoDate from error


def _made(found: re.Match[str], month: int, day: int) -> datetime:
    year = int(found["year"])
    if year < 100:
        year += 2000 if year < 69 else 1900
    try:
        made = datetime(year, month, day, *_time_of(found))  # noqa: DTZ001 - the caller knows the zone
    except ValueError as error:
        raise NoDate from error
    if not 1800 <= year <= 2200:
        raise NoDate
    return _in_zone(made, found["zone"])


def _time_of(found: re.Match[str]) -> tuple[int, int, int]:
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").lower()[:1] or {"上午": "a", "凌晨": "a", "早上": "a"}.get(
        found["half_before"] or "", ""
    )
    if not half and found["half_before"]:
        half = "p"
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return hour, int(found["minute"] or 0), int(found["second"] or 0)


def _in_zone(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    if zone[0] not in "+-":
        return moment.replace(tzinfo=UTC)
    return datetime.fromisoformat(f"{moment.isoformat()}{zone[:3]}:{zone[-2:]}")


def _from_serial(number: float) -> datetime:
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise NoDate
    return _SERIAL_ZERO + timedelta(seconds=round(number * 86_400))
