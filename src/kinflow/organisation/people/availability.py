"""Who works now, who is away, and when people work next: for many people at once, in a handful of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..calendars.models import WorkingCalendar
from ..calendars.of import calendar_of
from ..calendars.rules import Calendar, NoWorkingTime, is_working, next_working
from .models import Absence, Person

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class _Shifts:
    """What decides when one person works: calendar (None: every hour counts), time away, last day."""

    calendar: Calendar | None
    away: Sequence[Span]
    left_on: date | None

    def has_left(self, at: datetime) -> bool:
        zone = self.calendar.zone if self.calendar is not None else at.tzinfo
        return self.left_on is not None and at.astimezone(zone).date() > self.left_on

    def works(self, at: datetime) -> bool:
        if self.has_left(at) or any(start <= at < end for start, end in self.away):
            return False
        return self.calendar is None or is_working(self.calendar, at)

    def next(self, at: datetime) -> datetime | None:
        shift = self._shift(at)
        for start, end in self.away:
            if shift is not None and start <= shift < end:
                shift = self._shift(end)
        return None if shift is None or self.has_left(shift) else shift

    def _shift(self, at: datetime) -> datetime | None:
        if self.calendar is None:
            return at
        try:
            return next_working(self.calendar, at)
        except NoWorkingTime:
            return None


def absent(person_ids: Collection[int], at: datetime) -> frozenset[int]:
    """Those of the people who are away at the moment."""
    away = Absence.objects.filter(person_id__in=person_ids, starts_at__lte=at, ends_at__gt=at)
    return frozenset(away.values_list("person_id", flat=True))


def away_until(person_ids: Collection[int], at: datetime, until: datetime) -> frozenset[int]:
    """Those of the people who are away at the moment, and for the whole time until then."""
    away = Absence.objects.filter(person_id__in=person_ids, starts_at__lte=at, ends_at__gte=until)
    return frozenset(away.values_list("person_id", flat=True))


def working_now(person_ids: Collection[int], now: datetime) -> frozenset[int]:
    """Those of the people who work now: by their calendar, not away, and still here."""
    return frozenset(pk for pk, shifts in _shifts_of(person_ids, now).items() if shifts.works(now))


def next_shift(person_ids: Collection[int], now: datetime) -> dict[int, datetime | None]:
    """When each of the people works next: `now` for who works now, None for who never does again."""
    return {pk: shifts.next(now) for pk, shifts in _shifts_of(person_ids, now).items()}


def _shifts_of(person_ids: Collection[int], now: datetime) -> dict[int, _Shifts]:
    rows = Person.objects.filter(pk__in=person_ids).values_list("pk", "calendar_id", "left_on")
    people = list(rows.order_by("pk"))
    calendars = _calendars({calendar_id for _pk, calendar_id, _left in people if calendar_id is not None})
    away = _away(person_ids, now)
    return {
        pk: _Shifts(calendars[calendar_id] if calendar_id is not None else None, away.get(pk, ()), left_on)
        for pk, calendar_id, left_on in people
    }


def _calendars(ids: Collection[int]) -> Mapping[int, Calendar]:
    rows = WorkingCalendar.objects.filter(pk__in=ids).prefetch_related("days")
    return {row.pk: calendar_of(row) for row in rows}


def _away(person_ids: Collection[int], now: datetime) -> Mapping[int, Sequence[Span]]:
    found: dict[int, list[Span]] = {}
    rows = Absence.objects.filter(person_id__in=person_ids, ends_at__gt=now).order_by("starts_at")
    for person_id, starts_at, ends_at in rows.values_list("person_id", "starts_at", "ends_at"):
        found.setdefault(person_id, []).append((starts_at, ends_at))
    return found
