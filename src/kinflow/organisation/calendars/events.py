"""What happens to working calendars."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from .models import WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class CalendarAdded(Event):
    """There is a new calendar to work by."""

    calendar: WorkingCalendar
    time_zone: str
    country: str = ""
    icon = "calendar"
    sentence = _("{by} added the working calendar {calendar} ({time_zone})")


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """Hours, time zone, country or name of a calendar are others."""

    workingcalendar: WorkingCalendar
    changes: dict[str, list[Any]] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {workingcalendar}")


@dataclass(frozen=True, kw_only=True)
class CalendarDaySet(Event):
    """A day differs from the week: off, or worked as another weekday."""

    calendar: WorkingCalendar
    on: date
    works_as: int | None
    day_name: str = ""
    icon = "calendar"
    sentence = _("{by} set {on} in {calendar} as a special day: {day_name}")


@dataclass(frozen=True, kw_only=True)
class CalendarDayRemoved(Event):
    """A day is as any other again."""

    calendar: WorkingCalendar
    on: date
    icon = "calendar"
    sentence = _("{by} made {on} an ordinary day in {calendar}")


@dataclass(frozen=True, kw_only=True)
class CalendarRetired(Event):
    """The working calendar is given to nobody any more; its history stays."""

    workingcalendar: WorkingCalendar
    icon = "archive"
    sentence = _("{by} retired the working calendar {workingcalendar}")


@dataclass(frozen=True, kw_only=True)
class CalendarTakenUp(Event):
    """A retired calendar is used again."""

    workingcalendar: WorkingCalendar
    icon = "refresh"
    sentence = _("{by} took the working calendar {workingcalendar} up again")
