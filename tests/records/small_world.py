"""The cast of these tests, each called by one name in full, and who looks at them."""

from typing import Any

from kinflow.eventlog import Actor
from kinflow.organisation.models import Person, Unit
from kinflow.records.access import ADMINISTRATOR, ROLES

from .. import factories


def unit(name: str = "East") -> Unit:
    """The team of that name."""
    return factories.unit(name)


def person(name: str = "陈宇", of: Unit | None = None) -> Person:
    """Somebody in a team."""
    return factories.person(name[:1], name[1:], of)


def account(name: str = "宁波海天机械") -> Any:
    """A company."""
    return factories.account(name)


def contact(name: str = "王建国", **more: Any) -> Any:
    """Somebody outside."""
    return factories.contact(name[:1], name[1:], **more)


def lead(need: str = "Boiler feed pumps", **more: Any) -> Any:
    """A lead."""
    return factories.lead(need=need, **more)


def actor(role: str = ADMINISTRATOR, who: Person | None = None) -> Actor:
    """Somebody with this one role: a person's, or nobody's in particular."""
    assert role in ROLES
    if who is None:
        return Actor("person", "0", "Tester", roles=frozenset({role}))
    units = (who.unit_id,)
    name = str(who)
    return Actor("person", str(who.pk), name, who.pk, who.unit_id, frozenset({role}), unit_ids=units)
