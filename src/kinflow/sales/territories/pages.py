"""The map of territories on screen: squares for places, gaps and overlaps, and the same as tables."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.kit.problem import Refused
from kinflow.organisation.models import Territory
from kinflow.records.pages.answers import actor_of
from kinflow.web.doors import page

from .access import sees_map, sees_plans
from .asking import CLAIMED, SEVERAL, STATE, UNDECIDED
from .claims import rules_now
from .figures import pairs_for, places_for, totals
from .tiles import Drawer, accounts_url, at_place, keys_of

NOWHERE = {"field": "territory", "op": "is_empty"}


def _state(*states: str) -> dict[str, Any]:
    return {"field": STATE, "op": "any_of", "value": list(states)}


@page
def map_page(request: HttpRequest) -> HttpResponse:
    """The map: provinces and countries as equal squares, gaps and overlaps, and the same as tables."""
    by = actor_of(request)
    if not sees_map(by):
        raise Refused(remedy=_("Ask an administrator."))
    rules, places = rules_now(), places_for(by)
    names = dict(Territory.objects.order_by("name", "pk").values_list("pk", "name"))
    in_use = {pk: name for pk, name in names.items() if pk in {rule.territory_id for rule in rules}}
    counts = totals(places)
    keys = keys_of(in_use, counts)
    drawer = Drawer(places, rules, keys)
    listed = drawer.listed()
    context = {
        "keys": list(keys.values()),
        "maps": (
            ("china", _("Provinces of China"), drawer.china()),
            ("world", _("The world"), drawer.world()),
        ),
        "others": drawer.others(),
        "listed": listed,
        "gaps": [
            (tile, accounts_url(at_place(tile.place), NOWHERE)) for tile in listed if tile.place.without
        ],
        "pairs": [
            (
                keys[pair.one],
                keys[pair.other],
                pair,
                accounts_url({"field": CLAIMED, "op": "all_of", "value": [pair.one, pair.other]}),
            )
            for pair in pairs_for(by)
            if pair.one in keys and pair.other in keys
        ],
        "accounts": sum(place.accounts for place in places.values()),
        "without": (sum(p.without for p in places.values()), accounts_url(NOWHERE)),
        "undecided": (sum(p.undecided for p in places.values()), accounts_url(_state(UNDECIDED))),
        "several": accounts_url(_state(SEVERAL)),
        "faults": [(names[rule.territory_id], rule) for rule in rules if rule.fault],
        "sees_plans": sees_plans(by),
    }
    return render(request, "sales/territory_map.html", context)
