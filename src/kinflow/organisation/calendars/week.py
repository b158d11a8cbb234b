"""The working week: which spans of local time are worked on each weekday."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import FieldError, Invalid

DAY = 86_400  # seconds
Span = tuple[int, int]
"""Seconds after local midnight, from and to; a span over midnight ends behind `DAY`."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?|24:00")
WEEKDAYS = tuple("1234567")


class BadWeek(Invalid):
    """A weekly pattern cannot be read."""

    code = "bad-week"
    title = gettext_lazy("These working hours cannot be used")


@dataclass(frozen=True)
class WorkingWeek:
    """The spans of each weekday, Monday first."""

    days: tuple[tuple[Span, ...], ...]

    def of(self, weekday: int) -> tuple[Span, ...]:
        """The spans of an ISO weekday (1 is Monday)."""
        return self.days[weekday - 1]

    @property
    def is_empty(self) -> bool:
        """Whether nobody ever works."""
        return not any(self.days)


def week_of(pattern: Mapping[str, Sequence[Sequence[str]]]) -> WorkingWeek:
    """The week of a pattern such as {"1": [["08:30", "12:00"], ["13:00", "17:30"]]}.

    Weekdays that are not named are off. A span that ends at or before its start ends on the next day, so
    ["22:00", "06:00"] is a night shift and ["00:00", "00:00"] a whole day. Raises BadWeek, with an error for each
    value that is wrong.
    """
    if not isinstance(pattern, Mapping):
        raise BadWeek(errors=[FieldError("", _("A week maps weekdays, 1 to 7, to spans of time."))])
    errors = [
        FieldError(f"/{day}", _("“%(day)s” is no weekday; 1 is Monday and 7 is Sunday.") % {"day": day})
        for day in pattern
        if day not in WEEKDAYS
    ]
    days = []
    for day in WEEKDAYS:
        spans, wrong = _spans(pattern.get(day, ()), f"/{day}")
        days.append(spans)
        errors += wrong
    if errors:
        raise BadWeek(errors=errors)
    return WorkingWeek(tuple(days))


def _spans(given: Any, pointer: str) -> tuple[tuple[Span, ...], list[FieldError]]:
    if not isinstance(given, list | tuple):
        return (), [FieldError(pointer, _("A day is a list of spans."))]
    spans, errors = [], []
    for at, pair in enumerate(given):
        span = _span(pair)
        if span is None:
            errors.append(FieldError(f"{pointer}/{at}", _("A span is two times such as 08:30 and 12:00.")))
        else:
            spans.append(span)
    spans.sort()
    if any(one[1] > other[0] for one, other in zip(spans, spans[1:], strict=False)):
        errors.append(FieldError(pointer, _("Two spans of this day overlap.")))
    return tuple(spans), errors


def _span(pair: Any) -> Span | None:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        return None
    start, end = (_seconds(clock) for clock in pair)
    if start is None or end is None or start == DAY:
        return None
    return start, end if end > start else end + DAY


def _seconds(clock: Any) -> int | None:
    found = _CLOCK.fullmatch(clock) if isinstance(clock, str) else None
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds if clock != "24:00" else DAY
