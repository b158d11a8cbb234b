"""From a sign-in to who acts: with the roles of the person, and the units they oversee."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.kit.standing import fetched
from kinflow.records.access import ADMINISTRATOR

from ..people.models import Person
from ..units.models import Unit
from .models import User

_BELOW = "SELECT id FROM organisation_unit WHERE path LIKE %s ORDER BY id"  # a path is digits and slashes


def actor_of(user: User) -> Actor:
    """The actor behind a sign-in: one query for the units, and one for person and unit where they are not loaded.

    A superuser is always an administrator; without a person that is all they are.
    """
    more = frozenset({ADMINISTRATOR}) if user.is_superuser else frozenset()
    if user.person is None:
        return Actor("person", f"user:{user.pk}", user.get_full_name() or user.username, roles=more)
    return actor_of_person(user.person, more)


def actor_of_person(person: Person, more_roles: frozenset[str] = frozenset()) -> Actor:
    """The actor a person is when they act, with further roles besides their own."""
    return Actor(
        "person",
        str(person.pk),
        person.name,
        person_id=person.pk,
        unit_id=person.unit_id,
        roles=more_roles | frozenset(person.roles),
        unit_ids=units_under(person.unit),
    )


def units_under(unit: Unit) -> tuple[int, ...]:
    """The unit and all units below it, in one query."""
    if not unit.path.endswith(f"/{unit.pk}/"):
        return (unit.pk,)
    return tuple(pk for (pk,) in fetched(_BELOW, [f"{unit.path}%"]))


def may_sign_in(user: User | AnonymousUser) -> bool:
    """Whether the sign-in is alive: not disabled, and its person still works here."""
    if not isinstance(user, User) or not user.is_active:
        return False
    person = user.person
    return person is None or person.left_on is None or person.left_on > timezone.localdate()
