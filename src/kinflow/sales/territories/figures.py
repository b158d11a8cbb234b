"""How many accounts each place has, of which territory, and where none or several claim them: of what the reader sees."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from kinflow.customers.models import Account
from kinflow.eventlog import Actor
from kinflow.kit.provinces import places_of
from kinflow.records.access import visible

from .claims import KEPT
from .layout import tile_of
from .rules import Rule

MOST_PAIRS = 200
_BY_PLACE = """
SELECT seen.country, seen.province, k.territory_id, coalesce(k.is_tied, false), count(*)
FROM ({seen}) AS seen (id, country, province)
LEFT JOIN {kept} AS k ON k.account_id = seen.id AND k.is_first GROUP BY 1, 2, 3, 4
"""
_PAIRS = """
SELECT one.territory_id, other.territory_id, one.is_tied AND other.is_tied, count(*)
FROM ({seen}) AS seen (id, country, province)
JOIN {kept} AS one ON one.account_id = seen.id
JOIN {kept} AS other ON other.account_id = seen.id AND other.territory_id > one.territory_id
GROUP BY 1, 2, 3 ORDER BY 3 DESC, 4 DESC LIMIT {most}
"""


@dataclass
class Place:
    """One tile's figures; `written` are the (country, province) as accounts have them."""

    code: str
    accounts: int = 0
    without: int = 0
    undecided: int = 0
    by_territory: Counter[int] = field(default_factory=Counter)
    written: set[tuple[str, str]] = field(default_factory=set)

    @property
    def territory_id(self) -> int | None:
        """The territory that has most of its accounts."""
        return self.by_territory.most_common(1)[0][0] if self.by_territory else None


@dataclass(frozen=True)
class Pair:
    """Two territories that claim the same accounts; whether nothing decides between them."""

    one: int
    other: int
    is_tied: bool
    accounts: int


def _seen(by: Actor) -> tuple[str, tuple[Any, ...]]:
    rows = visible(by, Account.objects.order_by()).values("pk", "country", "province")
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::bigint, '', '' WHERE false", ()


def places_for(by: Actor) -> dict[str, Place]:
    """The figures by tile; "" is the place that is not known."""
    sql, params = _seen(by)
    found: dict[str, Place] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_PLACE.format(seen=sql, kept=KEPT), params)
        for country, province, territory_id, is_tied, count in cursor.fetchall():
            code = tile_of(places_of(country, province))
            place = found.setdefault(code, Place(code))
            place.written.add((country, province))
            place.accounts += count
            place.undecided += count if is_tied else 0
            if territory_id is None:
                place.without += count
            else:
                place.by_territory[territory_id] += count
    return found


def pairs_for(by: Actor) -> list[Pair]:
    """Which territories claim the same accounts: those that nothing decides between first, then the most."""
    sql, params = _seen(by)
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS.format(seen=sql, kept=KEPT, most=MOST_PAIRS), params)
        return [Pair(*row) for row in cursor.fetchall()]


def totals(places: dict[str, Place]) -> dict[int, int]:
    """By territory the accounts that it has."""
    found: dict[int, int] = defaultdict(int)
    for place in places.values():
        for territory_id, count in place.by_territory.items():
            found[territory_id] += count
    return dict(found)


def covering(code: str, rules: Sequence[Rule]) -> int | None:
    """The territory that would get an account of a place by the place alone; None where there is a gap."""
    country = code.partition("-")[0]
    places = (code, country) if "-" in code else (code,)
    best = [
        (rule.strength(reach), rule.territory_id)
        for rule in rules
        if rule.is_open and rule.is_plain and (reach := rule.reach(places)) is not None
    ]
    return min(best)[1] if best else None
