"""A small cast: two teams, people with roles, and customers, all written by actions."""

from typing import Any

from kinflow.customers.accounts.actions import add_account
from kinflow.customers.contacts.actions import add_contact
from kinflow.customers.models import Account, Contact
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry, Mention
from kinflow.organisation.models import Person
from kinflow.records.access import TEAM_LEAD
from tests.records.small_world import person, unit

__all__ = ["account", "actor_for", "all_rows", "colleague", "contact", "names_told", "outsider", "unit"]


def colleague(name: str = "陈宇", team: str = "East") -> Person:
    """Somebody in a team."""
    return person(name, unit(team))


def actor_for(role: str, who: Person) -> Actor:
    """The person acting with one role; team leads oversee their own unit."""
    overseen = (who.unit_id,) if role == TEAM_LEAD else ()
    return Actor(
        "person",
        str(who.pk),
        who.name,
        person_id=who.pk,
        unit_id=who.unit_id,
        roles=frozenset({role}),
        unit_ids=overseen,
    )


def outsider(role: str) -> Actor:
    """Somebody with the role in another team."""
    return actor_for(role, colleague("林涛", "West"))


def account(name: str = "华星机械有限公司", **more: Any) -> Account:
    """An account."""
    return add_account(name=name, by=SYSTEM, **more)


def contact(**more: Any) -> Contact:
    """Wang Jianguo, who has an e-mail and a mobile."""
    values = {"family_name": "王", "given_name": "建国", "email": "wang@example.com", "phone": "13800138000"}
    return add_contact(**{**values, **more}, by=SYSTEM)


def names_told(kind: str, object_id: int) -> list[str]:
    """The names of the entries that mention the record, oldest first."""
    ids = Mention.objects.filter(kind=kind, object_id=object_id).values("entry_id")
    return list(Entry.objects.filter(pk__in=ids).order_by("pk").values_list("name", flat=True))


def all_rows(*rows: Any) -> list[dict[str, Any]]:
    """The rows as they stand in the database, with the length of the log: equal before and after a refusal."""
    found = [dict(type(row).objects.filter(pk=row.pk).values()[0]) for row in rows]
    return [*found, {"entries": Entry.objects.count()}]
