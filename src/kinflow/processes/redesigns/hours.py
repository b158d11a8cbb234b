"""Other hours of a role's people: calendars of their own with the hours that a move says, and the old ones again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.organisation.calendars.actions import add_calendar, retire_calendar, take_up_calendar
from kinflow.organisation.calendars.week import DAY, WEEKDAYS, Span, week_of
from kinflow.organisation.models import Person, WorkingCalendar
from kinflow.organisation.people.actions import change_person
from kinflow.organisation.people.queries import here
from kinflow.records.access import visible

from ..simulation.scenario import Scenario
from ..simulation.whatif.organising.moves import fillers
from ..simulation.whatif.people_moves import ChangeHours
from .done import Done, Left
from .places import DoesNotFit

HOUR, MINUTE = 3_600, 60
Week = dict[str, list[list[str]]]


def workers_of(scenario: Scenario, role: str, by: Actor) -> list[Person]:
    """The people of our own who fill a role and have a working calendar."""
    rows = visible(by, here(timezone.localdate())).filter(pk__in=fillers(scenario, role))
    return list(rows.exclude(calendar=None).select_related("calendar").order_by("pk"))


def shift_hours(scenario: Scenario, move: ChangeHours, by: Actor) -> list[Done]:
    """Give a role's people calendars with other hours, a new one for each that they have now. Raises DoesNotFit."""
    done: list[Done] = []
    known: dict[int, WorkingCalendar] = {}
    for person in workers_of(scenario, move.role, by):
        old = person.calendar
        assert old is not None
        if old.pk not in known:
            known[old.pk] = _shifted(old, move, by)
            done.append({"what": "calendar", "pk": known[old.pk].pk})
        new = known[old.pk]
        change_person(person=person, changes={"calendar": new.pk}, by=by)
        done.append(
            {"what": "person", "pk": person.pk, "before": {"calendar": old.pk}, "now": {"calendar": new.pk}}
        )
    return done


def _shifted(old: WorkingCalendar, move: ChangeHours, by: Actor) -> WorkingCalendar:
    week = week_after(old.week, move.earlier, move.later)
    if not any(week.values()):
        raise DoesNotFit(_("By “%(calendar)s” nobody would work any more.") % {"calendar": old.name})
    name = _("%(calendar)s (begin %(earlier)s h, end %(later)s h)") % {
        "calendar": old.name,
        "earlier": f"{-move.earlier:+g}",
        "later": f"{move.later:+g}",
    }
    days = _days(old)
    alike = WorkingCalendar.objects.filter(name__startswith=name[:100], is_retired=True, week=week)
    for each in alike.filter(time_zone=old.time_zone, country=old.country).order_by("pk"):
        if _days(each) == days:
            return take_up_calendar(calendar=each, by=by)
    return add_calendar(
        name=_free(name), week=week, time_zone=old.time_zone, country=old.country, days_of=old, by=by
    )


def _days(calendar: WorkingCalendar) -> list[Any]:
    return list(calendar.days.order_by("on").values_list("on", "works_as", "name"))


def _free(name: str) -> str:
    name = name[:110]
    taken = set(WorkingCalendar.objects.filter(name__startswith=name).values_list("name", flat=True))
    numbers = ("", *(f" {number}" for number in range(2, len(taken) + 3)))
    return next(f"{name}{number}" for number in numbers if f"{name}{number}" not in taken)


def week_after(week: Mapping[str, Any], earlier: float, later: float) -> Week:
    """A week whose days begin and end otherwise, by hours; within the day, and never over what the next day begins with.

    A span over midnight belongs to the day on which it begins.
    """
    days = week_of(week).days
    begins = [_begin(spans, days[place - 1], earlier) if spans else DAY for place, spans in enumerate(days)]
    found: Week = {}
    for place, (weekday, spans) in enumerate(zip(WEEKDAYS, days, strict=True)):
        if not spans:
            continue
        begin = begins[place]
        most = DAY if spans[-1][1] <= DAY else min(DAY + begins[(place + 1) % len(days)], begin + DAY)
        end = min(most, _minutes(spans[-1][1] + later * HOUR))
        edges = [begin, *[edge for span in spans for edge in span][1:-1], end]
        clipped = [(max(a, begin), min(b, end)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        if told := _told((a, b) for a, b in clipped if a < b and a < DAY):
            found[weekday] = told
    return found


def _begin(spans: Sequence[Span], before: Sequence[Span], earlier: float) -> int:
    """When a day begins, at the earliest when the night before it is over."""
    night = max((end - DAY for _begin, end in before), default=0)
    return max(0, night, _minutes(spans[0][0] - earlier * HOUR))


def _minutes(seconds: float) -> int:
    return round(seconds / MINUTE) * MINUTE


def _told(spans: Iterable[Span]) -> list[list[str]]:
    return [[_clock(begin), _clock(end if end <= DAY else end - DAY)] for begin, end in spans]


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, HOUR)
    minutes, seconds = divmod(rest, MINUTE)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def take_calendar_back(one: Mapping[str, Any], by: Actor) -> Left | None:
    """Retire a calendar that a redesign made, unless somebody works by it still."""
    calendar = WorkingCalendar.objects.filter(pk=one["pk"], is_retired=False).first()
    if calendar is None:
        return None
    if here(timezone.localdate()).filter(calendar=calendar).exists():
        return {"what": "calendar", "pk": calendar.pk, "why": "used"}
    retire_calendar(calendar=calendar, by=by)
    return None
