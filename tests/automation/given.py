"""A small company: who works there, what they can, and work for them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kinflow.catalogue.products.models import Product
from kinflow.customers.accounts.actions import add_account
from kinflow.customers.contacts.actions import add_contact
from kinflow.eventlog import SYSTEM, Actor, Event, action, record
from kinflow.organisation.models import (
    Absence,
    Capacity,
    LanguageSkill,
    Person,
    PersonSkill,
    Skill,
    Territory,
    Unit,
    WorkingCalendar,
)
from kinflow.sales.leads.actions import capture_lead

MONDAY_10 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 10:00 in Shanghai."""


def in_domain(domain: str) -> Any:
    """Let a function of a test count as part of the domain."""

    def mark(function: Any) -> Any:
        function.__module__ = f"kinflow.{domain}.given"
        return function

    return mark


@dataclass(frozen=True, kw_only=True)
class RowsGiven(Event):
    """Rows were put there for a test."""

    __module__ = "kinflow.organisation.given"
    rows: tuple[Any, ...]
    sentence = "{by} gave {rows}"


@action
@in_domain("organisation")
def put(*, rows: list[Any], by: Actor) -> None:
    """Save rows of the organisation as they are."""
    for row in rows:
        row.save()
    record(RowsGiven(rows=tuple({r.whole() for r in rows})))


@action
@in_domain("catalogue")
def put_product(*, product: Product, by: Actor) -> Product:
    """Save a product."""
    product.save()
    record(RowsGiven(rows=(product,)))
    return product


def unit(name: str = "East", parent: Unit | None = None) -> Unit:
    """A unit with its path."""
    row = Unit(name=name, parent=parent)
    put(rows=[row], by=SYSTEM)
    row.path = f"{parent.path if parent else '/'}{row.pk}/"
    put(rows=[row], by=SYSTEM)
    return row


def person(
    family_name: str, at: Unit, *, roles: tuple[str, ...] = ("representative",), **more: Any
) -> Person:
    """Somebody of the unit; `skills`, `languages`, `places` and `limit` (of leads) are what they can."""
    skills, languages = more.pop("skills", {}), more.pop("languages", {"zh": 5})
    places, limit = more.pop("places", ()), more.pop("limit", None)
    row = Person(family_name=family_name, unit=at, roles=list(roles), **more)
    put(rows=[row], by=SYSTEM)
    parts: list[Any] = [PersonSkill(person=row, skill=s, level=n) for s, n in skills.items()]
    parts += [LanguageSkill(person=row, language=code, level=n) for code, n in languages.items()]
    if limit is not None:
        parts.append(Capacity(person=row, kind="lead", limit=limit))
    if parts:
        put(rows=parts, by=SYSTEM)
    if places:
        look_after(row, places)
    return row


def look_after(row: Person, places: tuple[str, ...]) -> None:
    """Give a person a territory of these places."""
    territory = Territory(name=f"{row.family_name} {row.pk}", places=list(places))

    @action
    @in_domain("organisation")
    def give_territory(*, by: Actor) -> None:
        territory.save()
        row.territories.add(territory)
        record(RowsGiven(rows=(territory, row)))

    give_territory(by=SYSTEM)


def absent(row: Person, now: datetime) -> None:
    """Let somebody be ill around `now`."""
    day = timedelta(days=1)
    put(rows=[Absence(person=row, kind="sick", starts_at=now - day, ends_at=now + day)], by=SYSTEM)


def skill(code: str = "boiler-feed", sort: str = "product") -> Skill:
    """A skill."""
    row = Skill(code=code, name=code.replace("-", " ").capitalize(), sort=sort)
    put(rows=[row], by=SYSTEM)
    return row


def office_hours() -> WorkingCalendar:
    """Monday to Friday from nine to five in Shanghai."""
    row = WorkingCalendar(name="Office", week={str(d): [["09:00", "17:00"]] for d in range(1, 6)})
    put(rows=[row], by=SYSTEM)
    return row


def pump(needs: Skill | None = None, family: str = "boiler-feed") -> Product:
    """A product that takes a skill."""
    return put_product(
        product=Product(code=f"P-{family}", name="Pump", family=family, skill=needs), by=SYSTEM
    )


def lead(
    *, product: Product | None = None, grade: str = "", owner: Person | None = None, **where: str
) -> Any:
    """A lead of a new customer."""
    place = {"country": "CN", "province": "CN-ZJ", **where}
    language = place.pop("language", "zh")
    industry = place.pop("industry", "")
    account = add_account(name=place.pop("name", "Haitian"), grade=grade, industry=industry, by=SYSTEM)
    contact = add_contact(family_name="王", account=account, language=language, by=SYSTEM, **place)
    return capture_lead(contact=contact, product=product, need="pumps", owner=owner, by=SYSTEM)


def actor(row: Person, *, oversees: tuple[int, ...] = ()) -> Actor:
    """The person as who acts."""
    return Actor(
        "person",
        str(row.pk),
        row.name,
        person_id=row.pk,
        unit_id=row.unit_id,
        roles=frozenset(row.roles),
        unit_ids=oversees or (row.unit_id,),
    )


OWNER = Actor("person", "owner", "Process owner", roles=frozenset({"process_owner"}))
