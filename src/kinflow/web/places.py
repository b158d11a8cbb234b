"""The places of the rail, the pages below them, and what can be made: each package tells its own when it starts.

Who acts in the same way with the same roles and scopes has the same places: they are found once for all of them.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

MOST_KNOWN = 256
Permitted = Callable[[Any], bool]
"""Whether an actor may enter; it may look at their kind, roles and scopes alone."""


def everybody(_by: Any) -> bool:
    """Everybody who is signed in."""
    return True


@dataclass(frozen=True)
class Place:
    """An entry of the rail; `group` keeps neighbours together, `shortcut` is the letter after g."""

    key: str
    label: Any
    icon: str
    url: str
    order: int
    group: str
    shortcut: str = ""
    permitted: Permitted = everybody


@dataclass(frozen=True)
class SubPlace:
    """A page below a place; `text` says in a line what is there."""

    label: Any
    url: str
    order: int
    permitted: Permitted = everybody
    text: Any = ""


@dataclass(frozen=True)
class Making:
    """Something the "New" menu offers; its address answers with a dialog. `group` keeps neighbours together."""

    label: Any
    icon: str
    url: str
    group: str = ""


_places: dict[str, Place] = {}
_subs: dict[str, dict[str, SubPlace]] = {}
_makers: list[Callable[[Any], Iterable[Making]]] = []


@dataclass(frozen=True)
class _Known:
    """An actor as places know them; equal for all who have the same places."""

    sight: Hashable
    by: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.sight == other.sight

    def __hash__(self) -> int:
        return hash(self.sight)


def sight_of(by: Any) -> Hashable:
    """What the places of an actor depend on."""
    return None if by is None else (by.kind, by.roles, by.scopes)


def register(place: Place) -> None:
    """Put a place on the rail; the same key again takes its stead."""
    _places[place.key] = place
    _forget()


def register_sub(place_key: str, sub: SubPlace) -> None:
    """Put a page below a place, which may be registered later."""
    _subs.setdefault(place_key, {})[sub.url] = sub
    _forget()


def register_maker(maker: Callable[[Any], Iterable[Making]]) -> None:
    """Let a function say what an actor may make, by their kind, roles and scopes alone."""
    if maker not in _makers:
        _makers.append(maker)
        _forget()


def places_for(by: Any) -> Sequence[Place]:
    """The places this actor may enter, in the order of the rail."""
    return _places_of(_Known(sight_of(by), by))


def subs_of(place_key: str, by: Any) -> Sequence[SubPlace]:
    """The pages below a place that this actor may open."""
    return _subs_of(place_key, _Known(sight_of(by), by))


def makings_for(by: Any) -> Sequence[Making]:
    """What this actor may make."""
    return _makings_of(_Known(sight_of(by), by))


@lru_cache(MOST_KNOWN)
def _places_of(who: _Known) -> tuple[Place, ...]:
    return tuple(sorted((p for p in _places.values() if p.permitted(who.by)), key=lambda p: p.order))


@lru_cache(MOST_KNOWN * 16)
def _subs_of(place_key: str, who: _Known) -> tuple[SubPlace, ...]:
    subs = _subs.get(place_key, {}).values()
    return tuple(sorted((s for s in subs if s.permitted(who.by)), key=lambda s: s.order))


@lru_cache(MOST_KNOWN)
def _makings_of(who: _Known) -> tuple[Making, ...]:
    return tuple(making for maker in _makers for making in maker(who.by))


@lru_cache(MOST_KNOWN)
def _addresses_of(who: _Known) -> tuple[tuple[str, str, str], ...]:
    """Address, key of the place, and address of the page below it, of all that the actor may enter."""
    own = _places_of(who)
    subs = [(sub.url, place.key, sub.url) for place in own for sub in _subs_of(place.key, who)]
    return (*((place.url, place.key, "") for place in own), *subs)


def _forget() -> None:
    for known in (_places_of, _subs_of, _makings_of, _addresses_of):
        known.cache_clear()


def place_at(path: str, by: Any) -> tuple[str, str]:
    """The key of the place and the address of the page below it that a path belongs to; "" where to none."""
    found = _addresses_of(_Known(sight_of(by), by))
    fitting = [each for each in found if path == each[0] or (each[0] != "/" and path.startswith(each[0]))]
    _url, key, sub_url = max(fitting, key=lambda each: (len(each[0]), bool(each[2])), default=("", "", ""))
    return key, sub_url
