"""Until when a case is to be solved: the working time of its priority, counted by a calendar."""

from datetime import datetime

from kinflow.organisation.calendars.models import WorkingCalendar
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import NoWorkingTime, add_working_time

from .models import Case
from .rules import WORKING_TIME


def calendar_for(case: Case) -> WorkingCalendar | None:
    """The calendar that counts for the case: its owner's, else that of its unit's lead, else the oldest one in use."""
    if case.owner is not None and case.owner.calendar is not None:
        return case.owner.calendar
    lead = case.unit.lead if case.unit is not None else None
    if lead is not None and lead.calendar is not None:
        return lead.calendar
    return WorkingCalendar.objects.filter(is_retired=False).order_by("pk").first()


def due_time(case: Case) -> datetime:
    """When the case is due by its priority; without a calendar, or with one in which nobody works, every hour counts."""
    duration = WORKING_TIME[case.priority]
    calendar = calendar_for(case)
    if calendar is None:
        return case.opened_at + duration
    try:
        return add_working_time(calendar_of(calendar), case.opened_at, duration)
    except NoWorkingTime:
        return case.opened_at + duration
