"""The records these tests look at: a few units, people and contacts, written under the laws; leads by their actions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kinflow.customers.models import Account, Contact
from kinflow.eventlog import SYSTEM, Actor, Event, action, record
from kinflow.organisation.models import Person, Unit
from kinflow.records.access import ROLES
from kinflow.sales.leads.actions import capture_lead
from kinflow.sales.models import Lead


def in_domain(domain: str) -> Callable[[Any], Any]:
    """Let a function of a test count as part of the domain, as if it were written there."""

    def mark(function: Any) -> Any:
        function.__module__ = f"kinflow.{domain}.placed"
        return function

    return mark


@dataclass(frozen=True, kw_only=True)
class RowsPlaced(Event):
    """Rows were written for a test."""

    __module__ = "kinflow.organisation.placed"
    rows: list[Any]
    sentence = "{by} placed {rows}"


def place(domain: str, *rows: Any) -> Any:
    """Save the rows by an action of the domain that says so; returns the last."""

    @action
    @in_domain(domain)
    def place_rows(*, by: Actor = SYSTEM) -> None:
        for row in rows:
            row.save()
        record(RowsPlaced(rows=[row.whole() for row in rows]))

    place_rows(by=SYSTEM)
    return rows[-1]


def unit(name: str = "East") -> Unit:
    """The team of that name."""
    known = Unit.objects.filter(name=name).first()
    found: Unit = known or place("organisation", Unit(name=name))
    return found


def person(name: str = "陈宇", of: Unit | None = None) -> Person:
    """Somebody in a unit."""
    made = Person(family_name=name[:1], given_name=name[1:], unit=of or unit())
    found: Person = place("organisation", made)
    return found


def account(name: str = "宁波海天机械") -> Account:
    """A company."""
    found: Account = place("customers", Account(name=name))
    return found


def contact(name: str = "王建国", **more: Any) -> Contact:
    """Somebody outside."""
    found: Contact = place("customers", Contact(family_name=name[:1], given_name=name[1:], **more))
    return found


def lead(need: str = "Boiler feed pumps", *, owner: Person | None = None, **more: Any) -> Lead:
    """A lead, captured by the system."""
    more.setdefault("contact", None)
    whom = more.pop("contact") or contact()
    found: Lead = capture_lead(contact=whom, need=need, owner=owner, by=SYSTEM, **more)
    return found


def actor(role: str, who: Person | None = None, *, units: tuple[int, ...] = ()) -> Actor:
    """Somebody with one role."""
    assert role in ROLES
    if who is None:
        return Actor("person", "0", "Tester", roles=frozenset({role}))
    return Actor(
        "person",
        str(who.pk),
        str(who),
        person_id=who.pk,
        unit_id=who.unit_id,
        roles=frozenset({role}),
        unit_ids=units or (who.unit_id,),
    )
