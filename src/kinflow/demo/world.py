"""The demo company's world: from one seed, an organisation, a market, and all that happened in it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .calling import call_all
from .company.calendars import worktime_by
from .company.company import Company, found_company
from .company.facts import Person
from .company.people import ON_DUTY
from .engine.arrivals import GROWTH
from .engine.chance import Streams
from .engine.desks import Desk, Desks
from .engine.loop import Loop
from .engine.worktime import NEVER, Span, WorkTime
from .happenings import Happening
from .ledger import Ledger
from .market.prospects import Market, Prospect, market_of
from .roster import Roster
from .scene import Scene
from .troubles import Troubles
from .volumes import YEARS_DAYS, Volumes

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
        yield from self.until(self.scene.now)

    def until(self, moment: datetime) -> Iterator[Happening]:
        """All that happens next up to a moment, in order of time."""
        ledger = self.scene.ledger
        for _step in self.scene.loop.run(int(moment.timestamp())):
            yield from ledger.collect()


def build(
    seed: int,
    now: datetime,
    *,
    days: int = 730,
    troubles: Troubles | None = None,
    volumes: Volumes | None = None,
) -> World:
    """The world that ends at `now` (with its time zone) after so many days.

    `volumes` are those of the days given if left out. Nothing has happened yet: ask for its happenings.
    Raises ValueError for a moment without time zone or less than two weeks.
    """
    if now.tzinfo is None or days < 14:
        raise ValueError("a world needs a moment with a time zone, and two weeks at least")
    troubles, last = troubles or Troubles(), now.astimezone(SHANGHAI).date()
    first = last - timedelta(days=days)
    volumes, streams = volumes or Volumes.of(days), Streams(seed)
    company = _found(streams, first, last, troubles)
    market = market_of(
        streams, companies=volumes.accounts, people=volumes.contacts, strangers=volumes.strangers
    )
    scene = _stage(streams, company, market, troubles, first, now, _midnight(first) - IMPORT_SECONDS)
    call_all(scene, volumes, days)
    return World(scene)


def go_on(
    seed: int,
    now: datetime,
    *,
    weeks: int,
    chapter: str,
    known_to: Callable[[Company, Streams], tuple[list[Prospect], set[str]]],
    volumes: Volumes | None = None,
    troubles: Troubles | None = None,
) -> World:
    """The world of the same people in the weeks that end at `now`, with those customers whom they know already.

    `known_to` says of the company who these are, and which names and mail domains are taken. A `chapter` is another each
    time. Who was to come or go has done so. What waits from before is on nobody's desk yet, and the ledger is empty.
    """
    troubles, last = troubles or Troubles(), now.astimezone(SHANGHAI).date()
    first, days = last - timedelta(weeks=weeks), 7 * weeks
    company = _found(Streams(seed), first, last, troubles)
    company = replace(company, people=tuple(_come_or_gone(person, first) for person in company.people))
    streams, volumes = Streams(f"{seed}/{chapter}"), volumes or Volumes.going_on(first, days)
    known, taken = known_to(company, Streams(seed))
    market = market_of(
        streams,
        companies=volumes.accounts,
        people=volumes.contacts,
        strangers=volumes.strangers,
        after=known,
        taken=taken,
    )
    began_at = int((now - timedelta(weeks=weeks)).timestamp())
    scene = _stage(streams, company, market, troubles, first, now, began_at)
    scene.growth = GROWTH * days / YEARS_DAYS
    return World(scene)


def _stage(
    streams: Streams,
    company: Company,
    market: Market,
    troubles: Troubles,
    first: date,
    now: datetime,
    began_at: int,
) -> Scene:
    """The stage as it is before anything has happened."""
    loop = Loop(began_at)
    hours = worktime_by(company.calendars, first, now.astimezone(SHANGHAI).date() + AHEAD)
    desks = _desks(loop, company, hours, streams)
    loop.take = desks.take
    return Scene(
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
