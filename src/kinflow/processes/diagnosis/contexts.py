"""What is known of a process beside its log: calendar, cost rates, goals, ends, outcomes of steps, changed fields."""

from collections import Counter

import numpy as np
from django.conf import settings

from kinflow.organisation.calendars.models import WorkingCalendar
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import Calendar
from kinflow.organisation.models import Person

from ..columns import EventColumns, Labels
from ..definitions.goals import rates_of
from ..definitions.levels import on_level
from ..definitions.models import Process
from ..definitions.reading import columns_by_id
from ..definitions.steps import IS, Step, step_key, steps_of
from .calendar import OpenHours
from .changes import changes_of
from .context import Context

WAITING = 0.05
"""What an hour of waiting costs, as a share of an hour of work: somebody asks, looks, and excuses."""


def log_and_context(process: Process) -> tuple[EventColumns, Context]:
    """The log of a process on the level of steps, by ids where it is ours, with all that is known beside it."""
    details = columns_by_id(process, level="details")
    steps = steps_of(process.steps)
    columns = on_level(details, steps, "steps") if process.case_kind else details
    calendar = _usual_calendar(columns) if process.case_kind else None
    rates = rates_of(process.rates)
    ends = {word: _keys(columns, steps, word) for word in ("good", "bad", "again")}
    return columns, Context(
        open_hours=open_hours_of(calendar, columns) if calendar else None,
        zone=calendar.zone.key if calendar else settings.TIME_ZONE,
        cost_per_hour=rates.usual,
        cost_per_waiting_hour=None if rates.usual is None else rates.usual * WAITING,
        currency=rates.currency,
        outcomes=outcomes_of(details),
        changes=changes_of(process.case_kind, columns) if process.case_kind else None,
        success=ends["good"] if ends["bad"] else frozenset(),
        failure=ends["bad"],
        reopening=ends["again"],
        goal_hours=next((goal["at_most"] for goal in process.goals if goal["measure"] == "duration"), None),
    )


def _keys(columns: EventColumns, steps: tuple[Step, ...], outcome: str) -> frozenset[str]:
    """The activities that are steps with this outcome."""
    meant = [step for step in steps if step.outcome == outcome]
    return frozenset(key for key in columns.activities if any(step.owns(key) for step in meant))


def outcomes_of(details: EventColumns) -> Labels | None:
    """What came of each event: the details of its activity on the finest level."""
    told = [key.partition(IS)[2] if step_key(key) != key else "" for key in details.activities]
    known = sorted(set(told) - {""})
    if not known:
        return None
    codes = {word: code for code, word in enumerate(known)}
    table = np.array([codes.get(word, -1) for word in told], np.int32)
    return Labels(known, table[details.activity])


def _usual_calendar(columns: EventColumns) -> Calendar | None:
    """The calendar of most of the people in the log."""
    rows = Person.objects.filter(pk__among=[int(each) for each in columns.resources])
    counted = Counter(pk for pk in rows.values_list("calendar_id", flat=True) if pk is not None)
    if not counted:
        return None
    row = WorkingCalendar.objects.prefetch_related("days").get(pk=counted.most_common(1)[0][0])
    return calendar_of(row)


def open_hours_of(calendar: Calendar, columns: EventColumns) -> OpenHours | None:
    """When the calendar is open, over the years of the log; None where it never is."""
    if not columns.events:
        return None
    first, last = (
        int(str(np.datetime64(int(at), "us").astype("datetime64[Y]")))
        for at in (columns.begun_at.min(), columns.at.max())
    )
    sheets = [calendar.sheet(year) for year in range(first - 1, last + 2)]
    begins = np.concatenate([np.asarray(sheet.starts, np.int64) for sheet in sheets])
    ends = np.concatenate([np.asarray(sheet.ends, np.int64) for sheet in sheets])
    return OpenHours(begins, ends) if len(begins) else None
