"""How long a state has to hold: time as it passes, or working time by somebody's calendar."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions.dates import moment_after
from kinflow.conditions.tree import Duration, Unit
from kinflow.kit.problem import Conflict
from kinflow.organisation.calendars.models import WorkingCalendar
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import Calendar, add_working_time, next_working
from kinflow.organisation.people.models import Person

from .triggers import Trigger

_SECONDS = {"minutes": 60, "hours": 3600}


class NoCalendar(Conflict):
    """There is no working calendar to count by."""

    code = "no-calendar"


def due_after(since: datetime, trigger: Trigger, record: Any, owner: Person) -> datetime:
    """When the state that began at `since` has held long enough. Raises NoCalendar, NoWorkingTime."""
    if not trigger.held:
        return since
    if not trigger.calendar:
        given = Duration(int(trigger.held["amount"]), Unit(trigger.held["unit"]))
        return moment_after(since, given, 1, timezone.get_current_timezone())
    calendar = calendar_of(_row(trigger.calendar, record, owner))
    return worked_after(since, trigger.held, calendar)


def worked_after(since: datetime, held: Any, calendar: Calendar) -> datetime:
    """The moment so much working time later; a day is the same time on the next working day."""
    amount = int(held["amount"])
    if held["unit"] in _SECONDS:
        return add_working_time(calendar, since, timedelta(seconds=amount * _SECONDS[held["unit"]]))
    local = next_working(calendar, since).astimezone(calendar.zone)
    day = local.date()
    for _day in range(amount):
        begins = datetime.combine(day + timedelta(days=1), time(), tzinfo=calendar.zone)
        day = next_working(calendar, begins).astimezone(calendar.zone).date()
    same = datetime.combine(day, local.timetz().replace(tzinfo=None), tzinfo=calendar.zone)
    return next_working(calendar, same)


def _row(named: str, record: Any, owner: Person) -> WorkingCalendar:
    if named == "owner":
        found = getattr(getattr(record, "owner", None), "calendar", None) or owner.calendar
    else:
        found = WorkingCalendar.objects.filter(pk=int(named)).first()
    if found is None:
        raise NoCalendar(
            _("There is no working calendar to count the time by."),
            remedy=_("Choose a calendar in the rule, or give its owner one."),
        )
    return found
