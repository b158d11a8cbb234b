"""What the address of a studio page asks for: which cases, as conditions; the address is the view.

    ?from=2026-01-01&to=2026-06-30&is=region:East&through=sales.quote_sent&directly=a>b&longer=5

The same condition given twice is one; conditions on the same attribute widen, all others narrow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

KINDS = (
    "from",
    "to",
    "is",
    "unit",
    "through",
    "never",
    "directly",
    "eventually",
    "repeated",
    "begins",
    "ends",
    "variant",
    "longer",
    "shorter",
)
"""The conditions, in the order of their chips: cases begun from and to a day, whose attribute is a value, in which a
unit took part, that go through a step, never do, go directly or eventually from one to another, do one more than once,
begin or end with it, are of a variant, last longer or shorter than so many days."""
KEPT = ("depth", "show", "time", "level", "sort")
"""What else a page's links carry along: how it is looked at."""
MOST = 24


@dataclass(frozen=True)
class Condition:
    """One condition on cases, as it stands in the address."""

    kind: str
    value: str


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    conditions: tuple[Condition, ...] = ()
    looks: tuple[tuple[str, str], ...] = ()

    def address(self, **looks: str) -> str:
        """The query that asks for this, perhaps looked at otherwise; "?" alone where nothing is asked."""
        kept = dict(self.looks) | looks
        pairs = [(each.kind, each.value) for each in self.conditions]
        return "?" + urlencode(pairs + [pair for pair in kept.items() if pair[1]])

    def with_(self, kind: str, value: str) -> "Asked":
        """The same with a condition more."""
        more = Condition(kind, value)
        return self if more in self.conditions else Asked((*self.conditions, more), self.looks)

    def without(self, condition: Condition) -> "Asked":
        """The same with a condition less."""
        return Asked(tuple(each for each in self.conditions if each != condition), self.looks)

    def look(self, name: str, otherwise: str = "") -> str:
        """How the page is looked at."""
        return dict(self.looks).get(name, otherwise)

    def values(self, kind: str) -> list[str]:
        """The values of the conditions of a kind."""
        return [each.value for each in self.conditions if each.kind == kind]


def read(query: QueryDict) -> Asked:
    """What the query asks for; what cannot be meant is left out, so that an old link still opens."""
    found: list[Condition] = []
    for kind in KINDS:
        for value in query.getlist(kind)[:MOST]:
            condition = Condition(kind, value.strip())
            if condition not in found and _can_be(condition):
                found.append(condition)
    looks = tuple((name, str(query[name])[:40]) for name in KEPT if query.get(name))
    return Asked(_one_period(found), looks)


def _can_be(condition: Condition) -> bool:
    kind, value = condition.kind, condition.value
    if not value or len(value) > 400:
        return False
    if kind in ("from", "to"):
        return day(value) is not None
    if kind in ("longer", "shorter"):
        return days(value) is not None
    return ":" in value if kind == "is" else True


def _one_period(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Only the last of what can be only once."""
    kept: list[Condition] = []
    for each in conditions:
        if each.kind in ("from", "to", "longer", "shorter", "variant"):
            kept = [other for other in kept if other.kind != each.kind]
        kept.append(each)
    return tuple(kept)


def day(value: str) -> date | None:
    """The day that is written, or None."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def days(value: str) -> float | None:
    """A number of days, or None."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 <= number < 1e6 else None


def pair(value: str, activities: Sequence[str]) -> tuple[str, str] | None:
    """The two steps of "a>b"; steps may have the sign in their names, so the first split into known ones counts."""
    known = set(activities)
    cuts = [at for at, sign in enumerate(value) if sign == ">"]
    halves = ((value[:at], value[at + 1 :]) for at in cuts)
    return next(((a, b) for a, b in halves if a in known and b in known), None)
