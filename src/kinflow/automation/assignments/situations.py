"""Situations made from records: for one item that came in, or for a batch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from ..criteria.items import Item, items_of, load_items
from ..criteria.people import People, load_people
from ..criteria.situation import Situation


def situation_of(
    kind: str, ids: Sequence[int], now: datetime, *, again: bool = False
) -> tuple[list[Any], Situation]:
    """The records with these ids and the situation they are in; the same number of queries for one as for many.

    `again`: the open items among them are decided anew, and do not count as held by who has them.
    """
    records, _items = load_items(kind, ids)
    return records, situation_for(kind, records, now, again=again)


def situation_for(kind: str, records: Sequence[Any], now: datetime, *, again: bool = False) -> Situation:
    """The situation of records that were loaded already with what they are related to."""
    items, people = items_of(kind, records), load_people(kind, now)
    return Situation(kind, now, items, free_of(people, items) if again else people)


def free_of(people: People, items: Sequence[Item]) -> People:
    """The same people without the open items among these that they hold."""
    held = people.held.copy()
    for item in items:
        if (column := people.index.get(item.owner_id or 0)) is not None:
            held[column] -= people.weight
    return people.holding(np.maximum(held, 0.0))
