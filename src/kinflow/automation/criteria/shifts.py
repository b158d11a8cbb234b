"""When people work next, by their calendar; without one, every hour counts as working time."""

from datetime import datetime

import numpy as np
from django.db.models import prefetch_related_objects

from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import NoWorkingTime, next_working
from kinflow.organisation.models import WorkingCalendar

from .criterion import Matrix
from .situation import Situation


def starts_by_person(situation: Situation) -> list[datetime | None]:
    """When each person works next: `now` for who works now, None where the calendar has no working time at all."""
    rows = {p.calendar_id: p.calendar for p in situation.people.persons if p.calendar is not None}
    prefetch_related_objects(list(rows.values()), "days")
    starts = {pk: _start(row, situation.now) for pk, row in rows.items()}
    return [
        starts[p.calendar_id] if p.calendar_id is not None else situation.now
        for p in situation.people.persons
    ]


def _start(row: WorkingCalendar, now: datetime) -> datetime | None:
    try:
        return next_working(calendar_of(row), now)
    except NoWorkingTime:
        return None


def hours_until_shift(situation: Situation) -> Matrix:
    """Hours until each person works next: 0 for who works now, inf for who never does."""
    starts = situation.once(starts_by_person)
    hours = [np.inf if at is None else (at - situation.now).total_seconds() / 3600 for at in starts]
    return np.array(hours, dtype=np.float64)
