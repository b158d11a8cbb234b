"""Working time of a log: when each of its units works, by the calendars of its people."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from django.db.models import Count
from numpy.typing import NDArray

from kinflow.organisation.calendars.models import WorkingCalendar
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import Calendar
from kinflow.organisation.models import Person, Unit

from ..columns import EventColumns
from ..measuring.clock import Clock, clock_of

Calendars = Mapping[str, Calendar]
"""The calendar of each unit that has one, by the unit's name in a log."""


def calendars_of(names: Sequence[str]) -> Calendars:
    """The calendars of a log's units: of each that of most of its people, or else of the nearest unit above.

    Units of other systems' logs are ours where they are called the same. Where several units in a log have a name, "#"
    and the unit's id stand behind it, as in `reading`.
    """
    known: dict[str, Unit] = {}
    for row in Unit.objects.only("id", "name", "path").order_by("pk") if names else ():
        known.setdefault(row.name, row)
        known[f"{row.name} #{row.pk}"] = row
    by_unit = _usual_by_unit()
    found = {}
    for name in names:
        line = [int(each) for each in known[name].path.split("/") if each] if name in known else []
        own = next((by_unit[pk] for pk in reversed(line) if pk in by_unit), None)
        if own is not None:
            found[name] = own
    return found


def _usual_by_unit() -> dict[int, Calendar]:
    """By unit the calendar of most of the people in it."""
    people = Person.objects.exclude(calendar_id=None).order_by()
    counted = people.values_list("unit_id", "calendar_id").annotate(people=Count("pk"))
    most = {unit: calendar for unit, calendar, _people in sorted(counted, key=lambda row: (row[2], -row[1]))}
    calendars = {row.pk: calendar_of(row) for row in WorkingCalendar.objects.prefetch_related("days")}
    return {unit: calendars[calendar] for unit, calendar in most.items()}


def working_clock(columns: EventColumns, calendars: Calendars) -> Clock:
    """The clock by which a log's units work; who has no calendar is at work always."""
    if not columns.events:
        return clock_of(columns.units, {})
    first, last = (_year(int(at)) for at in (columns.begun_at.min(), columns.at.max()))
    open_times = {name: _open_times(calendar, first - 1, last + 1) for name, calendar in calendars.items()}
    return clock_of(columns.units, open_times)


def _year(moment: int) -> int:
    return int(str(np.datetime64(moment, "us").astype("datetime64[Y]")))


@lru_cache(maxsize=64)
def _open_times(calendar: Calendar, first: int, last: int) -> NDArray[np.int64]:
    """When a calendar is open (k, 2), from the first year to the last."""
    sheets = [calendar.sheet(year) for year in range(max(first, 1900), min(last, 2500) + 1)]
    spans = [np.column_stack([sheet.starts, sheet.ends]).astype(np.int64) for sheet in sheets]
    return np.concatenate([np.empty((0, 2), np.int64), *spans])
