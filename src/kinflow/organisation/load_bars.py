"""Open work against its limit, as a bar: for one person or for many."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kinflow.records.faces import RecordType

from .load import work_kinds
from .people.models import Capacity
from .people.rules import WORK_KINDS

FULL, HIGH = 1.0, 0.8


@dataclass(frozen=True)
class Bar:
    """One kind of work of one person: what is held, the limit (None: none), and the share of it as drawn, 0…100."""

    kind: str
    held: float
    limit: float | None
    width: int
    tone: str


def bar_of(kind: str, held: float, limit: float | None, busiest: float) -> Bar:
    """The bar of what is held: against the limit, or without one against the busiest person of that kind."""
    if limit is None:
        return Bar(kind, held, None, round(100 * held / busiest) if busiest else 0, "")
    share = held / limit if limit else (FULL if held == 0 else 2 * FULL)
    tone = "bad" if share > FULL or (share == FULL and held) else "warn" if share >= HIGH and held else "good"
    return Bar(kind, held, limit, min(100, round(100 * share)), tone)


def limits_of(person_ids: Collection[int]) -> Mapping[tuple[int, str], float]:
    """What each of the people can take, by person and kind of work; kinds without limit are left out."""
    rows = Capacity.objects.filter(person_id__in=person_ids).values_list("person_id", "kind", "limit")
    return {(person, kind): float(limit) for person, kind, limit in rows}


def kinds_in_order() -> dict[str, RecordType]:
    """The kinds of work that there are, in the order of the organisation's list."""
    known = work_kinds()
    return {name: known[name] for name, _label in WORK_KINDS if name in known}
