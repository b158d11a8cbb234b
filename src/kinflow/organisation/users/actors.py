"""From a sign-in to who acts: with the roles of the person, and the units they oversee."""

from collections.abc import Sequence
from functools import cached_property
from typing import overload

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
    """The actor behind a sign-in: one query for person and unit where they are not loaded.

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
        unit_ids=UnitsUnder(person.unit),
    )


class UnitsUnder(Sequence[int]):
    """The ids of a unit and of all units below it, asked for when first looked at: most requests never do."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The ids."""
        return units_under(self.unit)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        """The id, or some of them."""
        return self.ids[at]

    def __bool__(self) -> bool:
        """Always true: the unit itself is among them."""
        return True

    def __len__(self) -> int:
        """How many units there are."""
        return len(self.ids)

    def __eq__(self, other: object) -> bool:
        """Whether these are the same units in the same order."""
        return isinstance(other, Sequence) and self.ids == tuple(other)

    def __hash__(self) -> int:
        """As that of the ids."""
        return hash(self.ids)


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
