"""Work that only the people of a unit, or the holders of a position, get: packages above say for which items."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinflow.organisation.models import Person

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


Reserving = Callable[[Collection[int]], Mapping[int, Reserved]]
reserving: dict[str, Reserving] = {}
"""By kind of work what says, of items by their ids, for whom each of them is; the others are for everybody."""


def not_for_them(situation: Situation) -> NDArray[np.bool_] | None:
    """Which items are not for whom, shape (items, people); None where all are for everybody."""
    asked = reserving.get(situation.kind)
    found = asked([item.id for item in situation.items]) if asked is not None and situation.items else {}
    if not found:
        return None
    barred = np.zeros(situation.shape, np.bool_)
    for at, item in enumerate(situation.items):
        if item.id in found:
            barred[at] = [not found[item.id].allows(person) for person in situation.people.persons]
    return barred
