"""The places of the rail, the pages below them, and what can be made: each package tells its own when it starts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Permitted = Callable[[Any], bool]


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


def register(place: Place) -> None:
    """Put a place on the rail; the same key again takes its stead."""
    _places[place.key] = place


def register_sub(place_key: str, sub: SubPlace) -> None:
    """Put a page below a place, which may be registered later."""
    _subs.setdefault(place_key, {})[sub.url] = sub


def register_maker(maker: Callable[[Any], Iterable[Making]]) -> None:
    """Let a function say what an actor may make; asked for every page, so it must be cheap."""
    if maker not in _makers:
        _makers.append(maker)


def places_for(by: Any) -> list[Place]:
    """The places this actor may enter, in the order of the rail."""
    return sorted((p for p in _places.values() if p.permitted(by)), key=lambda p: p.order)


def subs_of(place_key: str, by: Any) -> list[SubPlace]:
    """The pages below a place that this actor may open."""
    subs = _subs.get(place_key, {}).values()
    return sorted((s for s in subs if s.permitted(by)), key=lambda s: s.order)


def makings_for(by: Any) -> list[Making]:
    """What this actor may make."""
    return [making for maker in _makers for making in maker(by)]


def place_at(path: str, by: Any) -> tuple[str, str]:
    """The key of the place and the address of the page below it that a path belongs to; "" where to none."""
    found = [(place.url, place.key, "") for place in places_for(by)]
    found += [(sub.url, place.key, sub.url) for place in places_for(by) for sub in subs_of(place.key, by)]
    fitting = [each for each in found if path == each[0] or (each[0] != "/" and path.startswith(each[0]))]
    _url, key, sub_url = max(fitting, key=lambda each: (len(each[0]), bool(each[2])), default=("", "", ""))
    return key, sub_url
