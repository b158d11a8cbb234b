"""By which ways, and when, a message goes to somebody: what people choose, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import Calendar, NoWorkingTime, is_working, next_working
from kinflow.web.preferences import zone_of

from .kinds import APP, DIGEST, EMAIL, HELD, LOW, NORMAL, URGENT, WAITING
from .models import MessageChoice

USUAL: dict[str, list[str]] = {LOW: [APP], NORMAL: [APP], URGENT: [APP, EMAIL]}
"""The ways of whoever has chosen none."""


@dataclass(frozen=True)
class Choices:
    """What a person chose: ways by urgency, quiet hours by their calendar, digest."""

    ways: Mapping[str, list[str]]
    quiet: str = ""
    digest: str = ""
    digest_hour: int = 8
    calendar: Calendar | None = None
    zone: Any = None


def choices_of(person: Any) -> Choices:
    """What the person chose; who chose nothing is told in the app, and of what is urgent by e-mail too."""
    row = MessageChoice.objects.filter(person_id=person.pk).first()
    zone = zone_of(getattr(getattr(person, "user", None), "time_zone", "")) or timezone.get_default_timezone()
    if row is None:
        return Choices(USUAL, zone=zone)
    calendar = calendar_of(person.calendar) if row.quiet and person.calendar else None
    if calendar is not None:
        zone = calendar.zone
    return Choices(row.ways, row.quiet, row.digest, row.digest_hour, calendar, zone)


def ways_for(chosen: Choices, urgency: str) -> list[str]:
    """The ways a message of the urgency goes; always in the app, where it stays to be read."""
    ways = chosen.ways.get(urgency) or USUAL[urgency]
    return [APP, *(way for way in ways if way != APP)]


def when(chosen: Choices, way: str, urgency: str, now: datetime) -> tuple[str, datetime]:
    """In which state, and when it goes: at once, after quiet hours, or with the digest. What is urgent never waits."""
    if way == APP or urgency == URGENT:
        return WAITING, now
    if way == EMAIL and chosen.digest:
        return DIGEST, after_quiet(chosen, next_digest(chosen, now))
    at = after_quiet(chosen, now)
    return (HELD, at) if at > now else (WAITING, now)


def after_quiet(chosen: Choices, now: datetime) -> datetime:
    """The moment itself, or when the person works next; a calendar without hours knows no quiet."""
    if chosen.calendar is None:
        return now
    try:
        return now if is_working(chosen.calendar, now) else next_working(chosen.calendar, now)
    except NoWorkingTime:
        return now


def next_digest(chosen: Choices, now: datetime) -> datetime:
    """When the next digest goes: at the full hour, or at the chosen hour of the person's day."""
    zone: ZoneInfo = chosen.zone or timezone.get_default_timezone()
    local = now.astimezone(zone)
    if chosen.digest == "hourly":
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return now + timedelta(hours=1) - past
    at = local.replace(hour=chosen.digest_hour, minute=0, second=0, microsecond=0)
    if at <= local:
        at = (at + timedelta(days=1)).replace(hour=chosen.digest_hour)
    return at.astimezone(now.tzinfo)
