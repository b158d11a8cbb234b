"""A small cast: records made by the actions of the product, with just enough said about each.

What lies above the organisation is imported when it is asked for, so that tests of lower floors need nothing of it.
"""

from collections.abc import Iterable
from typing import Any

from kinflow.eventlog import SYSTEM, Actor
from kinflow.organisation.models import Person, Skill, Unit
from kinflow.organisation.people.actions import add_person
from kinflow.organisation.skills.actions import add_skill
from kinflow.organisation.units.actions import add_unit
from kinflow.records.access import ADMINISTRATOR, REPRESENTATIVE


def unit(name: str = "East", kind: str = "team", parent: Unit | None = None) -> Unit:
    """The unit of this name below its parent."""
    known = Unit.objects.filter(name=name, parent=parent).first()
    return known or add_unit(name=name, kind=kind, parent=parent, by=SYSTEM)


def person(
    family_name: str = "陈",
    given_name: str = "宇",
    unit: Unit | None = None,
    roles: Iterable[str] = (REPRESENTATIVE,),
    **more: Any,
) -> Person:
    """Somebody who works here; `more` is what `add_person` takes."""
    named = {"family_name": family_name, "given_name": given_name, "roles": tuple(roles)}
    return add_person(unit=unit or _east(), by=SYSTEM, **named, **more)


def _east() -> Unit:
    return unit()


def actor_for(person: Person, overseen: Iterable[Unit] = ()) -> Actor:
    """The person as actor, who oversees these units, or else their own and those below it."""
    units = tuple(u.pk for u in overseen) or tuple(
        Unit.objects.filter(path__startswith=person.unit.path).order_by("pk").values_list("pk", flat=True)
    )
    return Actor(
        "person",
        str(person.pk),
        person.name,
        person_id=person.pk,
        unit_id=person.unit_id,
        roles=frozenset(person.roles),
        unit_ids=units,
    )


def role_actor(role: str, unit: Unit | None = None) -> Actor:
    """Somebody new with this one role."""
    return actor_for(person(given_name=role, unit=unit, roles=(role,)))


def admin() -> Actor:
    """An administrator who is nobody in particular."""
    return Actor("person", "admin", "Admin", roles=frozenset({ADMINISTRATOR}))


def skill(code: str = "boiler-feed", **more: Any) -> Skill:
    """The skill of this code."""
    known = Skill.objects.filter(code=code).first()
    more.setdefault("name", code.replace("-", " ").capitalize())
    return known or add_skill(code=code, by=SYSTEM, **more)


def account(name: str = "宁波海天机械", **more: Any) -> Any:
    """A customer company."""
    from kinflow.customers.accounts.actions import add_account

    return add_account(name=name, by=SYSTEM, **more)


def contact(family_name: str = "王", given_name: str = "建国", **more: Any) -> Any:
    """Somebody outside."""
    from kinflow.customers.contacts.actions import add_contact

    return add_contact(family_name=family_name, given_name=given_name, by=SYSTEM, **more)


def product(code: str = "BF-100", **more: Any) -> Any:
    """The product of this code."""
    from kinflow.catalogue.models import Product
    from kinflow.catalogue.products.actions import add_product

    more.setdefault("name", "Boiler feed pump")
    return Product.objects.filter(code=code).first() or add_product(code=code, by=SYSTEM, **more)


def lead(**more: Any) -> Any:
    """Somebody's interest."""
    from kinflow.sales.leads.actions import capture_lead

    whom = more.pop("contact", None) or contact()
    return capture_lead(contact=whom, by=SYSTEM, **{"need": "Boiler feed pumps", **more})


def opportunity(**more: Any) -> Any:
    """A possible sale."""
    from kinflow.sales.opportunities.actions import open_opportunity

    whose = more.pop("account", None) or account()
    return open_opportunity(account=whose, by=SYSTEM, **{"name": "Boiler feed pumps", **more})


def case(**more: Any) -> Any:
    """A request for service."""
    from kinflow.service.cases.actions import open_case

    return open_case(by=SYSTEM, **{"subject": "The pump leaks", **more})


def activity(**more: Any) -> Any:
    """A task."""
    from kinflow.customers.activities.actions import plan_activity

    return plan_activity(by=SYSTEM, **{"subject": "Call back", **more})


LETTER = """\
From: Wang Jianguo <wang@haitian.example>
To: sales@kinflow.example
Subject: Boiler feed pumps
Message-ID: <{number}@haitian.example>
Date: Mon, 02 Mar 2026 09:00:00 +0800
Content-Type: text/plain; charset=utf-8

Please send a quote for two boiler feed pumps.
"""


def email(raw: bytes | None = None, **more: Any) -> Any:
    """A mail that came in; each is another one."""
    from kinflow.contact_center.emails.actions import receive_email
    from kinflow.contact_center.models import Email

    letter = raw or LETTER.format(number=Email.objects.count() + 1).encode()
    return receive_email(raw=letter, by=SYSTEM, **more)
