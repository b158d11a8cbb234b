"""The open work of people against what they can take: the table is the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kinflow.records.access import visible
from kinflow.records.faces import RecordType, face_of
from kinflow.records.pages.answers import actor_of
from kinflow.records.pages.found import refuse_unseen
from kinflow.web.doors import page

from .load import loads, work_kinds
from .people.availability import absent, next_shift
from .people.models import Capacity, Person
from .people.rules import WORK_KINDS
from .units.choice import choice_of

MOST_PEOPLE = 500
FULL, HIGH = 1.0, 0.8


@dataclass(frozen=True)
class Bar:
    """One kind of work of one person: what is held, the limit (None: none), and the share of it as drawn, 0…100."""

    kind: str
    held: float
    limit: float | None
    width: int
    tone: str


@dataclass(frozen=True)
class Row:
    """A person with a bar for each kind; `share` is the fullest of them, by which the table is sorted."""

    person: Person
    bars: Sequence[Bar]
    total: float
    share: float
    is_absent: bool
    is_working: bool
    next: datetime | None = None


def bar_of(kind: str, held: float, limit: float | None, busiest: float) -> Bar:
    """The bar of what is held: against the limit, or without one against the busiest person of that kind."""
    if limit is None:
        return Bar(kind, held, None, round(100 * held / busiest) if busiest else 0, "")
    share = held / limit if limit else (FULL if held == 0 else 2 * FULL)
    tone = "bad" if share > FULL or (share == FULL and held) else "warn" if share >= HIGH and held else "good"
    return Bar(kind, held, limit, min(100, round(100 * share)), tone)


def rows_of(
    people: Sequence[Person],
    kinds: Sequence[str],
    held: Mapping[int, Mapping[str, float]],
    limits: Mapping[tuple[int, str], float],
    away: frozenset[int],
    shifts: Mapping[int, datetime | None],
    now: datetime,
) -> list[Row]:
    """The people with their bars, the fullest first; without any limit, by the weight of their work."""
    busiest = {kind: max((h.get(kind, 0.0) for h in held.values()), default=0.0) for kind in kinds}
    rows = []
    for person in people:
        own = held.get(person.pk, {})
        bars = [bar_of(k, own.get(k, 0.0), limits.get((person.pk, k)), busiest[k]) for k in kinds]
        share = max((b.held / b.limit for b in bars if b.limit), default=0.0)
        total = sum(b.held for b in bars)
        following = shifts.get(person.pk)
        rows.append(Row(person, bars, total, share, person.pk in away, following == now, following))
    return sorted(rows, key=lambda row: (-row.share, -row.total, row.person.pk))


@page
def load(request: HttpRequest) -> HttpResponse:
    """The load of everybody who takes work, narrowed by unit."""
    by = actor_of(request)
    refuse_unseen(face_of("person"), by)
    units, now = choice_of(request), timezone.now()
    people = visible(by, Person.objects.filter(left_on=None, takes_work=True).select_related("unit"))
    if units.unit_ids is not None:
        people = people.filter(unit_id__in=units.unit_ids)
    found = list(people.order_by("pk")[:MOST_PEOPLE])
    ids = [person.pk for person in found]
    kinds = _kinds()
    limits = {
        (person, kind): float(limit)
        for person, kind, limit in Capacity.objects.filter(person_id__in=ids).values_list(
            "person_id", "kind", "limit"
        )
    }
    rows = rows_of(found, list(kinds), loads(ids), limits, absent(ids, now), next_shift(ids, now), now)
    told: dict[str, Any] = {
        "rows": rows,
        "kinds": list(kinds.values()),
        "units": units,
        "full": sum(row.share >= FULL for row in rows),
    }
    return render(request, "organisation/load.html", told)


def _kinds() -> dict[str, RecordType]:
    """The kinds of work that there are, in the order of the organisation's list."""
    known = work_kinds()
    return {name: known[name] for name, _label in WORK_KINDS if name in known}
