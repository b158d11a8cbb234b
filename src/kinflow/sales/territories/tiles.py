"""The map as tiles: what each looks like, says, and where it leads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kinflow.kit.place_words import place_words, provinces

from .figures import Place, covering
from .layout import china, world
from .rules import Rule

HUES = 12
SHORT_CHINESE = {"内蒙古": "内蒙"}
"""Names that a square has no room for."""


@dataclass(frozen=True)
class Key:
    """A territory in the legend: its number and hue on the map."""

    id: int
    name: str
    number: int
    accounts: int

    @property
    def hue(self) -> int:
        """Which of the hues."""
        return (self.number - 1) % HUES


@dataclass(frozen=True)
class Tile:
    """One square; `key` is the territory that has most of it, None where there is a gap."""

    code: str
    short: str
    name: str
    place: Place
    key: Key | None
    url: str

    @property
    def is_gap(self) -> bool:
        """Whether some of its accounts have no territory, or none would."""
        return self.place.without > 0 or self.key is None

    @property
    def words(self) -> str:
        """All that the tile says, for who hears it."""
        n = self.place.accounts
        parts = [ngettext("%(n)d account", "%(n)d accounts", n) % {"n": n}]
        parts.append(self.key.name if self.key else _("no territory"))
        if self.place.without and self.key:
            parts.append(_("%(n)d without a territory") % {"n": self.place.without})
        if self.place.undecided:
            parts.append(_("%(n)d undecided") % {"n": self.place.undecided})
        return f"{self.name}: " + " · ".join(parts)


def accounts_url(*parts: Any) -> str:
    """The address of the list of accounts for which all of these hold."""
    where = parts[0] if len(parts) == 1 else {"all": list(parts)}
    return f"/accounts/?{urlencode({'where': json.dumps(where, ensure_ascii=False, separators=(',', ':'))})}"


def at_place(place: Place) -> Any:
    """The condition that means the accounts of a tile."""
    by_country: dict[str, list[str]] = {}
    for country, province in sorted(place.written):
        by_country.setdefault(country, []).append(province)
    parts = [_within(country, texts) for country, texts in by_country.items()]
    if not parts:
        country, _dash, part = place.code.partition("-")
        names = provinces().get(part)
        return _within(country, [names[0]] if names else [])
    return parts[0] if len(parts) == 1 else {"any": parts}


def _within(country: str, texts: Sequence[str]) -> Any:
    filled = [text for text in texts if text]
    asked: list[Any] = [
        {"field": "country", "op": "is", "value": country}
        if country
        else {"field": "country", "op": "is_empty"}
    ]
    empty = {"field": "province", "op": "is_empty"}
    if filled and "" in texts:
        asked.append({"any": [{"field": "province", "op": "any_of", "value": filled}, empty]})
    elif filled:
        asked.append({"field": "province", "op": "any_of", "value": filled})
    elif texts:
        asked.append(empty)
    return asked[0] if len(asked) == 1 else {"all": asked}


def keys_of(names: Mapping[int, str], accounts: Mapping[int, int]) -> dict[int, Key]:
    """The legend by territory, in the order of names."""
    return {
        pk: Key(pk, name, at, accounts.get(pk, 0)) for at, (pk, name) in enumerate(names.items(), start=1)
    }


class Drawer:
    """Makes the tiles of one reader's map."""

    def __init__(self, places: Mapping[str, Place], rules: Sequence[Rule], keys: Mapping[int, Key]) -> None:
        self.places, self.rules, self.keys = places, rules, keys

    def tile(self, code: str) -> Tile:
        """The tile of a place."""
        place = self.places.get(code) or Place(code)
        first = place.territory_id
        if first is None and not place.accounts:
            first = covering(code, self.rules)
        url = accounts_url(at_place(place))
        return Tile(code, _short(code), _name(code), place, self.keys.get(first or 0), url)

    def rows(self, codes: Sequence[Sequence[str]]) -> list[list[Tile | None]]:
        """A map row by row."""
        return [[self.tile(code) if code else None for code in row] for row in codes]

    def china(self) -> list[list[Tile | None]]:
        """The provinces."""
        return self.rows(china())

    def world(self) -> list[list[Tile | None]]:
        """The countries; China as a whole stands there with the accounts whose province is not known."""
        return self.rows(world())

    def others(self) -> list[Tile]:
        """Places with accounts that stand on no map, and the place that is not known."""
        drawn = {code for rows in (china(), world()) for row in rows for code in row if code}
        return [self.tile(code) for code in sorted(self.places.keys() - drawn)]

    def listed(self) -> list[Tile]:
        """Every place with accounts, the most first."""
        return [self.tile(p.code) for p in sorted(self.places.values(), key=lambda p: (-p.accounts, p.code))]


def _name(code: str) -> str:
    if not code:
        return _("Place not known")
    return _("China, province not known") if code == "CN" else place_words(code)


def _short(code: str) -> str:
    """What stands on the square: a Chinese name of two characters, else the code."""
    if not code:
        return "?"
    part = code.removeprefix("CN-")
    names = provinces().get(part) if code.startswith("CN-") else None
    if names and (get_language() or "").startswith("zh"):
        return SHORT_CHINESE.get(names[0], names[0])
    return part
