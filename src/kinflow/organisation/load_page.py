"""The open work of people against what they can take: the table is the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kinflow.records.access import visible
from kinflow.records.faces import face_of
from kinflow.records.pages.answers import actor_of
from kinflow.records.pages.found import refuse_unseen
from kinflow.web.doors import page

from .load import loads
from .load_bars import FULL, Bar, bar_of, kinds_in_order, limits_of
from .people.availability import absent, next_shift
from .people.models import Person
from .units.choice import choice_of

MOST_PEOPLE = 500


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
    kinds = kinds_in_order()
    limits = limits_of(ids)
    rows = rows_of(found, list(kinds), loads(ids), limits, absent(ids, now), next_shift(ids, now), now)
    told: dict[str, Any] = {
        "rows": rows,
        "kinds": list(kinds.values()),
        "units": units,
        "full": sum(row.share >= FULL for row in rows),
    }
    return render(request, "organisation/load.html", told)
