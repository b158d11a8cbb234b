"""The demo company's world: from one seed, an organisation, a market, and all that happened in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .calling import call_all
from .company.calendars import worktime_by
from .company.company import Company, found_company
from .company.facts import Person
from .company.people import ON_DUTY
from .engine.chance import Streams
from .engine.desks import Desk, Desks
from .engine.loop import Loop
from .engine.worktime import NEVER, Span, WorkTime
from .happenings import Happening
from .ledger import Ledger
from .market.prospects import market_of
from .roster import Roster
from .scene import Scene
from .troubles import Troubles
from .volumes import Volumes

SHANGHAI = ZoneInfo("Asia/Shanghai")
IMPORT_SECONDS = 3600
"""How long before the first day the accounts known already begin to be entered."""
AHEAD = timedelta(days=90)
"""How far working time is known beyond the present, for what is being worked on now."""


class World:
    """Everything there is at `now` and how it came; records are complete once all happenings are told."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @property
    def company(self) -> Company:
        """The organisation and what it sells."""
        return self.scene.company

    @property
    def records(self) -> Ledger:
        """Accounts, contacts, leads, opportunities, cases, e-mails and activities in their latest state."""
        return self.scene.ledger

    @property
    def hours(self) -> dict[str, WorkTime]:
        """When each person really worked."""
        return {key: desk.hours for key, desk in self.scene.desks.by_person.items()}

    def happenings(self) -> Iterator[Happening]:
        """All that happened, in order of time; it can be told once."""
        ledger = self.scene.ledger
        for _step in self.scene.loop.run(int(self.scene.now.timestamp())):
            yield from ledger.collect()


def build(
    seed: int,
    now: datetime,
    *,
    days: int = 730,
    troubles: Troubles | None = None,
    volumes: Volumes | None = None,
    chapter: str = "",
) -> World:
    """The world that ends at `now` (with its time zone) after so many days.

    `volumes` are those of the days given if left out. A later `chapter` is played by the same people with another market;
    who was to come or go has done so. Nothing has happened yet: ask for its happenings.
    Raises ValueError for a moment without time zone or less than two weeks.
    """
    if now.tzinfo is None or days < 14:
        raise ValueError("a world needs a moment with a time zone, and two weeks at least")
    troubles = troubles or Troubles()
    streams, last = Streams(seed), now.astimezone(SHANGHAI).date()
    first = last - timedelta(days=days)
    company = _found(streams, first, last, troubles)
    if chapter:
        streams = Streams(f"{seed}/{chapter}")
        company = replace(company, people=tuple(_come_or_gone(person, first) for person in company.people))
    loop = Loop(_midnight(first) - IMPORT_SECONDS)
    hours = worktime_by(company.calendars, first, last + AHEAD)
    desks = _desks(loop, company, hours, streams)
    loop.take = desks.take
    volumes = volumes or Volumes.of(days)
    market = market_of(
        streams, companies=volumes.accounts, people=volumes.contacts, strangers=volumes.strangers
    )
    scene = Scene(
        loop=loop,
        ledger=Ledger(loop),
        streams=streams,
        company=company,
        market=market,
        desks=desks,
        roster=Roster(company, desks),
        office=hours["office"],
        troubles=troubles,
        first=first,
        now=now.astimezone(UTC),
    )
    call_all(scene, volumes, days)
    return World(scene)


def _found(streams: Streams, first: date, last: date, troubles: Troubles) -> Company:
    company = found_company(streams, first, last, stand_ins=not troubles.lone_expert)
    if troubles.weekend_wait:
        return company
    people = tuple(replace(p, calendar="weekend-duty") if p.key == ON_DUTY else p for p in company.people)
    return replace(company, people=people)


def _come_or_gone(person: Person, first: date) -> Person:
    return replace(
        person, joined_on=first if person.joined_on else None, left_on=first if person.left_on else None
    )


def _desks(loop: Loop, company: Company, hours: dict[str, WorkTime], streams: Streams) -> Desks:
    focus = company.focus()
    away: dict[str, list[Span]] = {}
    for absence in company.absences:
        span = (int(absence.starts_at.timestamp()), int(absence.ends_at.timestamp()))
        away.setdefault(absence.person, []).append(span)
    desks = {}
    for person in company.people:
        gone = away.get(person.key, [])
        if person.joined_on:
            gone = [(0, _midnight(person.joined_on)), *gone]
        if person.left_on:
            gone = [*gone, (_midnight(person.left_on), NEVER)]
        worktime = hours[person.calendar].without(gone)
        desks[person.key] = Desk(
            loop, person.key, worktime, focus[person.key], streams.of(f"desk/{person.key}")
        )
    return Desks(desks)


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), SHANGHAI).timestamp())
