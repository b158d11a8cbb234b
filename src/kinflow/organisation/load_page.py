"""The open work of people against what they can take: the table is the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kinflow.records.access import visible
from kinflow.records.faces import face_of
from kinflow.records.pages.answers import actor_of
from kinflow.records.pages.found import refuse_unseen
from kinflow.web.doors import page

from .load import loads
from .load_bars import Bar, bar_of, kinds_in_order, limits_of
from .load_figures import PAGE, page_of, places_of
from .people.availability import absent, next_shift
from .people.models import Person
from .people.queries import here
from .units.choice import choice_of

FULL_ONLY = "full"


@dataclass(frozen=True)
class Row:
    """A person with a bar for each kind of work, and whether they are there."""

    person: Person
    bars: Sequence[Bar]
    is_absent: bool
    is_working: bool
    next: datetime | None = None


def rows_of(
    ids: Sequence[int],
    kinds: Sequence[str],
    held: Mapping[int, Mapping[str, float]],
    limits: Mapping[tuple[int, str], float],
    now: datetime,
) -> list[Row]:
    """The people of these numbers, in this order, with their bars and whether they are there."""
    people = Person.objects.select_related("unit").in_bulk(ids)
    busiest = {kind: max((h.get(kind, 0.0) for h in held.values()), default=0.0) for kind in kinds}
    away, shifts = absent(ids, now), next_shift(ids, now)
    rows = []
    for pk in ids:
        own, following = held.get(pk, {}), shifts.get(pk)
        bars = [bar_of(k, own.get(k, 0.0), limits.get((pk, k)), busiest[k]) for k in kinds]
        rows.append(Row(people[pk], bars, pk in away, following == now, following))
    return rows


@page
def load(request: HttpRequest) -> HttpResponse:
    """The load of everybody who takes work, page by page, narrowed by unit and to those at their limit."""
    by = actor_of(request)
    refuse_unseen(face_of("person"), by)
    units, now, given = choice_of(request), timezone.now(), request.GET
    people = visible(by, here(timezone.localdate(now)).filter(takes_work=True))
    if units.unit_ids is not None:
        people = people.filter(unit_id__in=units.unit_ids)
    everybody = list(people.order_by("pk").values_list("pk", flat=True))
    held, limits, kinds = loads(everybody), limits_of(everybody), kinds_in_order()
    places = places_of(everybody, held, limits)
    full = [place for place in places if place.is_full]
    only = FULL_ONLY if given.get("only") == FULL_ONLY else ""
    shown = page_of(full if only else places, given.get("cursor", ""), PAGE)
    told: dict[str, Any] = {
        "rows": rows_of([place.pk for place in shown.places], list(kinds), held, limits, now),
        "kinds": list(kinds.values()),
        "units": units,
        "people": len(places),
        "full": len(full),
        "only": only,
        "shown": shown,
        "query": urlencode({key: value for key, value in (("unit", units.value), ("only", only)) if value}),
    }
    return render(request, "organisation/load.html", told)
