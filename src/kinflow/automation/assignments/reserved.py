"""Work that only the people of a unit, or the holders of a position, get: packages above say for which items."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinflow.organisation.models import Person, Unit
from kinflow.organisation.positions.models import Position

from ..criteria.situation import Situation

UNIT, POSITION = "unit:", "position:"


@dataclass(frozen=True)
class Reserved:
    """For whom an item is: those in a unit or below it ("unit:4"), or who hold a position ("position:7")."""

    group: str

    def allows(self, person: Person) -> bool:
        """Whether the person is one of them."""
        key = self.group.partition(":")[2]
        if self.group.startswith(POSITION):
            return str(person.position_id) == key
        return str(person.unit_id) == key or f"/{key}/" in person.unit.path

    @property
    def unit(self) -> Unit | None:
        """The unit itself, or the one that the position stands in; None where it is gone."""
        key = self.group.partition(":")[2]
        if self.group.startswith(POSITION):
            post = Position.objects.select_related("unit__lead__unit").filter(pk=key).first()
            return post.unit if post is not None else None
        return Unit.objects.select_related("lead__unit").filter(pk=key).first()

    @property
    def lead(self) -> Person | None:
        """Who answers for what nobody of them is eligible for: the unit's lead, if they are one of them and work here."""
        lead = self.unit.lead if self.unit is not None else None
        return lead if lead is not None and lead.left_on is None and self.allows(lead) else None


Reserving = Callable[[Collection[int]], Mapping[int, Reserved]]
reserving: dict[str, Reserving] = {}
"""By kind of work what says, of items by their ids, for whom each of them is; the others are for everybody."""


def reserved_for(kind: str, ids: Collection[int]) -> Mapping[int, Reserved]:
    """For whom these items of a kind are, of those that are not for everybody."""
    asked = reserving.get(kind)
    return asked(ids) if asked is not None and ids else {}


def not_for_them(situation: Situation) -> NDArray[np.bool_] | None:
    """Which items are not for whom, shape (items, people); None where all are for everybody."""
    found = reserved_for(situation.kind, [item.id for item in situation.items])
    if not found:
        return None
    barred = np.zeros(situation.shape, np.bool_)
    for at, item in enumerate(situation.items):
        if item.id in found:
            barred[at] = [not found[item.id].allows(person) for person in situation.people.persons]
    return barred
