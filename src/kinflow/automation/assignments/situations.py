"""Situations made from records: for one item that came in, or for a batch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ..criteria.items import items_of, load_items
from ..criteria.people import load_people
from ..criteria.situation import Situation


def situation_of(kind: str, ids: Sequence[int], now: datetime) -> tuple[list[Any], Situation]:
    """The records with these ids and the situation they are in; the same number of queries for one as for many."""
    records, items = load_items(kind, ids)
    return records, Situation(kind, now, items, load_people(kind, now))


def situation_for(kind: str, records: Sequence[Any], now: datetime) -> Situation:
    """The situation of records that were loaded already with what they are related to."""
    return Situation(kind, now, items_of(kind, records), load_people(kind, now))
