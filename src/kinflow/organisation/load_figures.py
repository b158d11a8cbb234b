"""The order of the load screen: everybody's figures, fullest first, and the page that follows a place in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kinflow.kit.cursors import bad_cursor, decode, encode

from .load_bars import FULL

PAGE = 50


@dataclass(frozen=True, order=True)
class Place:
    """Where somebody stands: by how full they are, then by the weight of their work (both negated), then by number."""

    share: float
    total: float
    pk: int

    @property
    def is_full(self) -> bool:
        """Whether the limit of some kind of work is reached."""
        return -self.share >= FULL


@dataclass(frozen=True)
class Page:
    """Some places in order, and the cursors of the pages behind and before them, where there are any."""

    places: Sequence[Place]
    next: str
    previous: str


def places_of(
    person_ids: Collection[int],
    held: Mapping[int, Mapping[str, float]],
    limits: Mapping[tuple[int, str], float],
) -> list[Place]:
    """Everybody's place, the fullest first; a limit of 0 is full as soon as something is held."""
    shares = dict.fromkeys(person_ids, 0.0)
    for (pk, kind), limit in limits.items():
        mine = held.get(pk, {}).get(kind, 0.0)
        share = mine / limit if limit else (2 * FULL if mine else 0.0)
        shares[pk] = max(shares.get(pk, 0.0), share)
    return sorted(Place(-shares[pk], -sum(held.get(pk, {}).values()), pk) for pk in person_ids)


def page_of(places: Sequence[Place], cursor: str, size: int = PAGE) -> Page:
    """The places behind or before the cursor, or the first ones; steady while people's loads change.

    Raises BadCursor.
    """
    start = _start(places, cursor, size)
    shown = places[start : start + size]
    more = start + size < len(places)
    return Page(
        shown,
        next=_cursor("after", shown[-1]) if shown and more else "",
        previous=_cursor("before", shown[0]) if shown and start else "",
    )


def _start(places: Sequence[Place], cursor: str, size: int) -> int:
    if not cursor:
        return 0
    side, *values = decode(cursor)
    if side not in ("after", "before") or len(values) != 3:
        raise bad_cursor()
    at = Place(*values)
    return bisect_right(places, at) if side == "after" else max(0, bisect_left(places, at) - size)


def _cursor(side: str, at: Place) -> str:
    return encode([side, at.share, at.total, at.pk])
