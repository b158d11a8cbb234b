"""Times, shares and counts in words that are short enough for a map."""

import math
from collections.abc import Callable

from django.utils.translation import pgettext

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def span(seconds: float | None) -> str:
    """An elapsed time in the largest unit that fits, such as 9.2 h; a dash where it is unknown."""
    return _span(seconds, _short)


def fine_span(seconds: float | None) -> str:
    """The same to three digits, such as 9.24 h: for times that stand beside others like them."""
    return _span(seconds, _fine)


def _span(seconds: float | None, told: Callable[[float], str]) -> str:
    if seconds is None or math.isnan(seconds):
        return "–"  # noqa: RUF001
    if seconds < 0.5:
        return pgettext("elapsed time", "at once")
    if seconds < MINUTE:
        return pgettext("elapsed time", "%(n)s s") % {"n": told(seconds)}
    if seconds < HOUR:
        return pgettext("elapsed time", "%(n)s min") % {"n": told(seconds / MINUTE)}
    if seconds < 2 * DAY:
        return pgettext("elapsed time", "%(n)s h") % {"n": told(seconds / HOUR)}
    return pgettext("elapsed time", "%(n)s d") % {"n": told(seconds / DAY)}


def working_span(seconds: float | None) -> str:
    """A working time; hours are its largest unit, since a day of work is not a day."""
    if seconds is None or math.isnan(seconds) or seconds < HOUR:
        return span(seconds)
    return pgettext("elapsed time", "%(n)s h") % {"n": _short(seconds / HOUR)}


def _short(value: float) -> str:
    return f"{value:,.{1 if value < 9.95 else 0}f}"


def _fine(value: float) -> str:
    return f"{value:,.{2 if value < 9.995 else 1 if value < 99.95 else 0}f}"


def count(number: int) -> str:
    """A whole number with its groups."""
    return f"{number:,}"


def share(part: float) -> str:
    """A share of one, in per cent; never 100 % or 0 % where a little is missing or there."""
    percent = 100 * part
    if 99.9 <= percent < 100 or 0 < percent <= 0.1:
        return "> 99.9 %" if percent > 50 else "< 0.1 %"
    return f"{percent:.{0 if percent >= 99.95 or percent == 0 else 1}f} %"
