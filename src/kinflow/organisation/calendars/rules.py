"""Arithmetic of working time: how much lies between two moments, and when a stretch of it is over."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import Invalid
from kinflow.kit.ranges import Range

from .public_days import exceptions_of
from .sheet import Sheet, micros, moment_of, sheet_of
from .week import Span, WorkingWeek, week_of

FIRST_YEAR, LAST_YEAR = 1900, 2500


class NoWorkingTime(Invalid):
    """Working time is asked of a calendar that has none, or none within its years."""

    code = "no-working-time"
    title = _("This calendar has no working time")


class UnknownTimeZone(Invalid):
    """There is no time zone of this name."""

    code = "unknown-time-zone"
    title = _("This time zone is not known")


@dataclass(frozen=True)
class Calendar:
    """When work is done: a week in local time, the days that differ from it, and a country's public holidays.

    `exceptions` map a date to the ISO weekday it is worked as, or to None for a day off; they go before the public
    days of `country` (ISO 3166; empty for none). Years are laid out when first needed and kept.
    """

    week: WorkingWeek
    zone: ZoneInfo
    exceptions: Mapping[date, int | None] = field(default_factory=dict, hash=False)
    country: str = ""
    _sheets: dict[int, Sheet] = field(default_factory=dict, init=False, repr=False, compare=False, hash=False)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """What is worked on a local date, in seconds after its midnight."""
        public = exceptions_of(self.country, day.year) if self.country else {}
        works_as = self.exceptions[day] if day in self.exceptions else public.get(day, day.isoweekday())
        return self.week.of(works_as) if works_as else ()

    def sheet(self, year: int) -> Sheet:
        """The year laid out. Raises NoWorkingTime outside the years that calendars know."""
        found = self._sheets.get(year)
        if found is None:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise NoWorkingTime(
                    _("Working time is known from %(first)s to %(last)s only.")
                    % {"first": FIRST_YEAR, "last": LAST_YEAR}
                )
            found = self._sheets[year] = sheet_of(year, self.zone, self.spans_on)
        return found


def calendar_from(
    week: Mapping[str, Any],
    zone: str,
    exceptions: Mapping[date, int | None] | None = None,
    country: str = "",
) -> Calendar:
    """A calendar from a weekly pattern (see `week_of`) and the name of a time zone ("Asia/Shanghai").

    Raises BadWeek and UnknownTimeZone.
    """
    return Calendar(week_of(week), zone_of(zone), dict(exceptions or {}), country)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name. Raises UnknownTimeZone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownTimeZone(name, field="time_zone") from error


def working_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much is worked from start to end (both aware); negative when the end comes first."""
    first, last = micros(start), micros(end)
    if last < first:
        return -working_time(calendar, end, start)
    year, sheet = _sheet_at(calendar, start, first)
    done = -_worked(sheet, first)
    while last >= sheet.end:
        done += sheet.total
        year += 1
        sheet = calendar.sheet(year)
    return timedelta(microseconds=done + _worked(sheet, last))


def add_working_time(calendar: Calendar, start: datetime, duration: timedelta) -> datetime:
    """The earliest moment by which `duration` was worked since start; for a negative one the latest moment before it.

    Adding nothing is the start itself, whether it is worked or not. Raises NoWorkingTime where there is none to add.
    """
    wanted = duration // timedelta(microseconds=1)
    if not wanted:
        return start
    _require(calendar)
    year, sheet = _sheet_at(calendar, start, micros(start))
    wanted += _worked(sheet, micros(start))
    while wanted > sheet.total:
        wanted -= sheet.total
        year += 1
        sheet = calendar.sheet(year)
    while wanted < 0 or (duration < timedelta(0) and wanted == sheet.total == 0):
        year -= 1
        sheet = calendar.sheet(year)
        wanted += sheet.total
    at = _place(sheet, wanted, is_back=duration < timedelta(0))
    return moment_of(at).astimezone(start.tzinfo)


def is_working(calendar: Calendar, moment: datetime) -> bool:
    """Whether work is done at the moment; a span's end is no longer part of it."""
    at = micros(moment)
    sheet = _sheet_at(calendar, moment, at)[1]
    index = bisect_right(sheet.starts, at) - 1
    return index >= 0 and at < sheet.ends[index]


def next_working(calendar: Calendar, moment: datetime) -> datetime:
    """The moment itself if work is done then, else when it begins next. Raises NoWorkingTime."""
    _require(calendar)
    at = micros(moment)
    year, sheet = _sheet_at(calendar, moment, at)
    index = bisect_right(sheet.ends, at)
    while index == len(sheet.starts):
        year += 1
        sheet, index = calendar.sheet(year), 0
    begin = sheet.starts[index]
    return moment if begin <= at else moment_of(begin).astimezone(moment.tzinfo)


def spans(calendar: Calendar, start: datetime, end: datetime) -> list[Range]:
    """The spans worked from start to end, in the calendar's local time, cut at both."""
    first, last = micros(start), micros(end)
    found: list[list[int]] = []
    year, sheet = _sheet_at(calendar, start, first)
    while first < last:
        for index in range(bisect_right(sheet.ends, first), bisect_left(sheet.starts, last)):
            begin, stop = max(first, sheet.starts[index]), min(last, sheet.ends[index])
            if found and found[-1][1] == begin:
                found[-1][1] = stop
            else:
                found.append([begin, stop])
        if last <= sheet.end:
            break
        year += 1
        sheet = calendar.sheet(year)
    zone = calendar.zone
    return [(moment_of(begin).astimezone(zone), moment_of(stop).astimezone(zone)) for begin, stop in found]


def _require(calendar: Calendar) -> None:
    if calendar.week.is_empty:
        raise NoWorkingTime(
            _("No weekday of this calendar has working hours."), remedy=_("Give it working hours first.")
        )


def _sheet_at(calendar: Calendar, moment: datetime, at: int) -> tuple[int, Sheet]:
    """The year that holds the moment in the calendar's zone."""
    year = moment.year
    sheet = calendar.sheet(year)
    if at < sheet.begin:
        year -= 1
        sheet = calendar.sheet(year)
    elif at >= sheet.end:
        year += 1
        sheet = calendar.sheet(year)
    return year, sheet


def _worked(sheet: Sheet, at: int) -> int:
    """What is worked in the year up to a moment in it."""
    index = bisect_right(sheet.starts, at) - 1
    return sheet.before[index] + min(at, sheet.ends[index]) - sheet.starts[index] if index >= 0 else 0


def _place(sheet: Sheet, worked: int, *, is_back: bool) -> int:
    """When this much was worked in the year: at the end of a span, or walking back at the start of the next."""
    if is_back:
        index = bisect_right(sheet.before, worked) - 1
    else:
        index = bisect_left(sheet.before, worked) - 1
    return sheet.starts[index] + worked - sheet.before[index]
