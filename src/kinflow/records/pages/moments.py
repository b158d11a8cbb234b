"""Moments by their distance from now, in few words."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

NEVER = '<span class="mute">–</span>'


def moment_shower(now: datetime) -> Callable[[Any], str]:
    """Moments by their distance from now, the exact time as title."""
    zone = timezone.get_current_timezone()
    words: dict[tuple[str, int], str] = {}

    def show(value: Any) -> str:
        if value is None:
            return NEVER
        local = value.astimezone(zone)
        return (
            f'<time datetime="{value.isoformat(timespec="seconds")}" title="{local:%Y-%m-%d %H:%M}">'
            f"{distance(local, now.astimezone(zone), words)}</time>"
        )

    return show


def distance(at: datetime, now: datetime, words: dict[tuple[str, int], str] | None = None) -> str:
    """How long ago (or ahead), in few words; beyond a week the date."""
    words = {} if words is None else words
    seconds = (now - at).total_seconds()
    minutes = int(abs(seconds) // 60)
    if minutes < 60 * 24:
        unit, n = ("min", minutes) if minutes < 60 else ("h", minutes // 60)
    else:
        unit, n = "d", abs((now.date() - at.date()).days)
        if n > 7:
            unit, n = "on" if at.year == now.year else "then", at.toordinal()
            seconds = 0.0
    key = (unit if seconds >= 0 else f"in {unit}", n)
    if key not in words:
        words[key] = _distance(*key)
    return words[key]


def _distance(unit: str, n: int) -> str:
    match unit:
        case "on":
            return date_format(date.fromordinal(n), pgettext("day and month, by Django's letters", "j M"))
        case "then":
            return date_format(date.fromordinal(n), pgettext("day, month and year", "j M Y"))
        case "min" | "in min" if n == 0:
            return pgettext("moment", "now")
        case "min":
            return pgettext("moment", "%(n)s min ago") % {"n": n}
        case "h":
            return pgettext("moment", "%(n)s h ago") % {"n": n}
        case "d":
            near = {0: pgettext("moment", "today"), 1: pgettext("moment", "yesterday")}
            return near.get(n) or pgettext("moment", "%(n)s days ago") % {"n": n}
        case "in min":
            return pgettext("moment", "in %(n)s min") % {"n": n}
        case "in h":
            return pgettext("moment", "in %(n)s h") % {"n": n}
        case _:
            near = {0: pgettext("moment", "today"), 1: pgettext("moment", "tomorrow")}
            return near.get(n) or pgettext("moment", "in %(n)s days") % {"n": n}
