"""A year of a working calendar, month by month, with what is special about each day."""

import calendar as months
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from .models import CalendarDay, WorkingCalendar
from .of import calendar_of
from .public_days import holidays_of


@dataclass(frozen=True)
class Day:
    """A day of the year: `sort` is work, off, holiday (public), makeup (public, worked), own_off or own_work."""

    on: date
    sort: str
    name: str = ""
    hours: float = 0.0

    @property
    def is_today(self) -> bool:
        """Whether it is today where the reader is."""
        return self.on == timezone.localdate()

    @property
    def is_own(self) -> bool:
        """Whether the calendar itself says so, and no country."""
        return self.sort in ("own_off", "own_work")


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven days, Monday first; None is a day of another month."""

    first: date
    weeks: Sequence[Sequence[Day | None]]


def year_of(row: WorkingCalendar, year: int, language: str) -> list[Month]:
    """The twelve months of the year."""
    value = calendar_of(row)
    public = holidays_of(row.country, [year], language) if row.country else {}
    own = {day.on: day for day in row.days.all()}
    grid = months.Calendar(firstweekday=0)
    found = []
    for month in range(1, 13):
        weeks = [
            [_day(on, value.spans_on(on), public, own) if on.month == month else None for on in _around(week)]
            for week in grid.monthdatescalendar(year, month)
        ]
        found.append(Month(date(year, month, 1), weeks))
    return found


def _around(week: Sequence[date]) -> Sequence[date]:
    return [week[0] + timedelta(days=n) for n in range(7)]


def _day(
    on: date,
    spans: Sequence[tuple[int, int]],
    public: Mapping[date, tuple[int | None, str]],
    own: Mapping[date, CalendarDay],
) -> Day:
    hours = round(sum(end - start for start, end in spans) / 3600, 2)
    if on in own:
        return Day(on, "own_work" if hours else "own_off", own[on].name, hours)
    if on in public:
        works_as, name = public[on]
        return Day(on, "makeup" if works_as else "holiday", name, hours)
    return Day(on, "work" if hours else "off", "", hours)


def special(found: Sequence[Month]) -> list[Day]:
    """The days that differ from the week, in order."""
    return [
        day
        for month in found
        for week in month.weeks
        for day in week
        if day is not None and day.sort not in ("work", "off")
    ]
