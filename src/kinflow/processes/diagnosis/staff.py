"""What is known of the people in our log: calendars, absences, all their work, and the chart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from django.db import connection

from kinflow.organisation.calendars.models import WorkingCalendar
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import Calendar
from kinflow.organisation.lines import Lines
from kinflow.organisation.models import Absence, Person

from ..columns import EventColumns
from ..structure.paper import Paper
from .calendar import OpenHours
from .context import Chart, People
from .intervals import joined

NOBODY = -1
_WORK = """
SELECT e.actor_id, m.object_id, e.name = 'customers.activity_finished', (extract(epoch FROM e.at) * 1000000)::bigint
FROM eventlog_entry AS e JOIN eventlog_mention AS m ON m.entry_id = e.id AND m.kind = 'activity'
WHERE e.name IN ('customers.activity_started', 'customers.activity_finished')
  AND e.actor_kind = 'person' AND e.actor_id = ANY(%s)
ORDER BY m.object_id, e.at, e.id
"""


def usual_calendar(columns: EventColumns) -> Calendar | None:
    """The calendar of most of the people in the log."""
    known = _calendar_ids(columns.resources)
    counted = Counter(known.values())
    return _calendars([counted.most_common(1)[0][0]]).popitem()[1] if counted else None


def people_of(columns: EventColumns) -> People:
    """Calendars, absences and other work of the people in the log."""
    of_person = _calendar_ids(columns.resources)
    ids = sorted(set(of_person.values()))
    calendars = {pk: open_hours_of(each, columns) for pk, each in _calendars(ids).items()}
    kept = [pk for pk in ids if calendars[pk] is not None]
    code = {pk: place for place, pk in enumerate(kept)}
    return People(
        calendars=[hours for pk in kept if (hours := calendars[pk]) is not None],
        calendar=np.array([code.get(of_person.get(each, 0), NOBODY) for each in columns.resources], np.int32),
        away=_away(columns.resources),
        busy=_busy(columns.resources),
    )


def _calendar_ids(resources: Sequence[str]) -> dict[str, int]:
    rows = Person.objects.filter(pk__among=[int(each) for each in resources], calendar__isnull=False)
    return {str(pk): calendar for pk, calendar in rows.values_list("pk", "calendar_id")}


def _calendars(ids: Iterable[int]) -> dict[int, Calendar]:
    rows = WorkingCalendar.objects.prefetch_related("days").filter(pk__in=list(ids))
    return {row.pk: calendar_of(row) for row in rows}


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


Stretches = dict[int, list[tuple[int, int]]]


def _away(resources: Sequence[str]) -> Mapping[int, OpenHours]:
    code = {each: place for place, each in enumerate(resources)}
    found: Stretches = defaultdict(list)
    rows = Absence.objects.filter(person__in=[int(each) for each in resources])
    for person, starts, ends in rows.values_list("person_id", "starts_at", "ends_at"):
        found[code[str(person)]].append((_micros(starts), _micros(ends)))
    return _joined(found)


def _busy(resources: Sequence[str]) -> Mapping[int, OpenHours]:
    """When each has work in hand that was started and finished, whatever it was about."""
    code = {each: place for place, each in enumerate(resources)}
    found: Stretches = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_WORK, [list(resources)])
        begun: tuple[str, int, int] | None = None
        for person, activity, is_end, at in cursor:
            if not is_end:
                begun = person, activity, at
            elif begun is not None and begun[:2] == (person, activity):
                found[code[person]].append((begun[2], at))
                begun = None
    return _joined(found)


def _joined(found: Stretches) -> Mapping[int, OpenHours]:
    tables = {place: np.array(stretches, np.int64) for place, stretches in found.items()}
    return {place: joined(table[:, 0], table[:, 1]) for place, table in tables.items()}


def _micros(moment: object) -> int:
    return int(moment.timestamp() * 1_000_000)  # type: ignore[attr-defined]


def chart_of(resources: Sequence[str], paper: Paper) -> Chart | None:
    """The lines of the organisation on paper, and who of it is in the log; None where nobody reports to anybody."""
    people = [person.pk for person in paper.people.values() if person.is_here]
    place = {pk: k for k, pk in enumerate(people)}
    above = np.array([place.get(paper.boss.get(pk, NOBODY), NOBODY) for pk in people], np.int64)
    if not (above >= 0).any():
        return None
    return Chart(Lines(above), np.array([place.get(int(each), NOBODY) for each in resources], np.int64))
