"""Units, positions, people and all that belongs to them."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from kinflow.eventlog.bulk import insert, insert_links, reserve_ids, speaking_for
from kinflow.kit.emails import normalised
from kinflow.organisation.calendars.events import CalendarAdded, CalendarDaySet
from kinflow.organisation.calendars.models import CalendarDay, WorkingCalendar
from kinflow.organisation.people import events as told
from kinflow.organisation.people.models import Absence, Capacity, LanguageSkill, Person, PersonSkill
from kinflow.organisation.positions.events import PositionAdded
from kinflow.organisation.positions.models import Position
from kinflow.organisation.skills.events import SkillAdded, TerritoryAdded
from kinflow.organisation.skills.models import Skill, Territory
from kinflow.organisation.units.events import UnitAdded
from kinflow.organisation.units.models import Unit

from ..company import facts
from ..company.company import Company
from .book import Book, reached

ASKED_BEFORE = timedelta(days=12)
"""How long before it begins an absence is usually entered."""


def put_organisation(book: Book, company: Company) -> None:
    """The company as it stands, and how it was set up."""
    with speaking_for("organisation"):
        _units(book, company)
        _knowledge(book, company)
        _calendars(book, company)
        _people(book, company)
        _parts_of_people(book, company)
        _absences(book, company)


def _aged(book: Book) -> dict[str, datetime]:
    return {"created_at": book.begins_at, "changed_at": book.begins_at}


def _units(book: Book, company: Company) -> None:
    ids = reserve_ids(Unit, len(company.units))
    units: dict[str, Unit] = {}
    for unit, pk in zip(company.units, ids, strict=True):
        parent = units.get(unit.parent or "")
        path = f"{parent.path if parent else '/'}{pk}/"
        units[unit.key] = Unit(
            pk=pk,
            name=unit.name,
            kind=unit.kind,
            parent=parent,
            path=path,
            region=unit.region,
            **_aged(book),
        )
    # Who leads a unit belongs to it and is put in after it: the reference is checked when the transaction ends.
    people = dict(zip((p.key for p in company.people), reserve_ids(Person, len(company.people)), strict=True))
    book.rows["person id"] = people
    for unit in company.units:
        units[unit.key].lead_id = people.get(unit.lead or "")
    book.put("unit", units)
    for unit in company.units:
        row = units[unit.key]
        book.tell(UnitAdded(unit=row, parent=row.parent, kind=row.kind))


def _knowledge(book: Book, company: Company) -> None:
    skills = {s.code: Skill(code=s.code, name=s.name, sort=s.sort, **_aged(book)) for s in company.skills}
    territories = {
        t.key: Territory(name=t.name, places=list(t.places), **_aged(book)) for t in company.territories
    }
    for skill in book.put("skill", skills).values():
        book.tell(SkillAdded(skill=skill, code=skill.code))
    for territory in book.put("territory", territories).values():
        book.tell(TerritoryAdded(territory=territory, places=territory.places))
    positions = {
        p.key: Position(name=p.name, unit=book.of("unit", p.unit), level=p.level, **_aged(book))
        for p in company.positions
    }
    for position in book.put("position", positions).values():
        book.tell(PositionAdded(position=position, unit=position.unit, level=position.level))


def _calendars(book: Book, company: Company) -> None:
    calendars = {
        c.key: WorkingCalendar(
            name=c.name,
            time_zone=c.time_zone,
            country=c.country,
            week={day: [list(span) for span in spans] for day, spans in c.week.items()},
            **_aged(book),
        )
        for c in company.calendars
    }
    for calendar in book.put("calendar", calendars).values():
        book.tell(CalendarAdded(calendar=calendar, time_zone=calendar.time_zone, country=calendar.country))
    days = []
    for source in company.calendars:
        for on, works_as, name in source.days:
            calendar = calendars[source.key]
            days.append(CalendarDay(calendar=calendar, on=on, works_as=works_as, name=name))
            book.tell(CalendarDaySet(calendar=calendar, on=on, works_as=works_as, day_name=name))
    insert(days)


def _people(book: Book, company: Company) -> None:
    people: dict[str, Person] = {}
    ids = book.rows["person id"]
    for source in company.people:
        people[source.key] = _person(book, source, ids[source.key])
    for source in company.people:
        people[source.key].reports_to_id = ids.get(source.reports_to or "")
    book.put("person", people)
    for source in company.people:
        row = people[source.key]
        book.tell(told.PersonAdded(person=row, unit=row.unit), _morning(source.joined_on))
        if source.left_on:
            book.tell(told.PersonLeft(person=row, on=source.left_on), _morning(source.left_on))


def _person(book: Book, source: facts.Person, pk: int) -> Person:
    began = _morning(source.joined_on) or book.begins_at
    return Person(
        pk=pk,
        family_name=source.family_name,
        given_name=source.given_name,
        email=normalised(source.email) or "",
        phone=reached(source.phone),
        unit=book.of("unit", source.unit),
        position=book.of("position", source.position),
        seniority=source.seniority,
        calendar=book.of("calendar", source.calendar),
        takes_work=source.takes_work and source.left_on is None,
        left_on=source.left_on,
        roles=list(source.roles),
        created_at=began,
        changed_at=_morning(source.left_on) or began,
    )


def _morning(day: date | None) -> datetime | None:
    return datetime.combine(day, time(1), UTC) if day else None


def _parts_of_people(book: Book, company: Company) -> None:
    skills, languages, links = [], [], []
    for source in company.people:
        row = book.of("person", source.key)
        at = row.created_at
        for code, level in source.skills.items():
            skill = book.of("skill", code)
            skills.append(PersonSkill(person=row, skill=skill, level=level))
            book.tell(told.SkillSet(person=row, skill=skill, level=level), at)
        for language, level in source.languages.items():
            languages.append(LanguageSkill(person=row, language=language, level=level))
            book.tell(told.LanguageSet(person=row, language=language, level=level), at)
        looked_after = [book.of("territory", key) for key in source.territories]
        links += [(row, t) for t in looked_after]
        if looked_after:
            book.tell(told.TerritoriesSet(person=row, territories=looked_after), at)
    insert(skills)
    insert(languages)
    insert_links(
        Person.territories.through,
        ("person_id", "territory_id"),
        [(person.pk, territory.pk) for person, territory in links],
        wholes=[person for person, _territory in links],
    )
    _capacities(book, company)


def _capacities(book: Book, company: Company) -> None:
    rows = []
    for source in company.capacities:
        person, limit = book.of("person", source.person), Decimal(str(source.limit))
        rows.append(Capacity(person=person, kind=source.kind, limit=limit))
        book.tell(told.CapacitySet(person=person, kind=source.kind, limit=limit), person.created_at)
    insert(rows)


def _absences(book: Book, company: Company) -> None:
    rows = []
    for source in company.absences:
        span: dict[str, Any] = {
            "kind": source.kind,
            "starts_at": source.starts_at,
            "ends_at": source.ends_at,
        }
        person = book.of("person", source.person)
        rows.append(Absence(person=person, **span))
        asked = source.starts_at - (timedelta(hours=1) if source.kind == "sick" else ASKED_BEFORE)
        book.tell(told.AbsenceAdded(person=person, **span), max(asked, person.created_at))
    insert(rows)
