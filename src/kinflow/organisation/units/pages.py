"""The organisation chart, and finding somebody in it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from kinflow.records.access import may, visible
from kinflow.records.faces import face_of
from kinflow.records.pages.answers import actor_of
from kinflow.records.pages.found import refuse_unseen
from kinflow.records.search.finding import LONGEST_QUERY
from kinflow.web.doors import page

from ..people.queries import here
from ..positions.models import Position
from .chart import flat, forest
from .finding import found_by, is_mark, unfolded_for
from .models import Unit


@page
def chart(request: HttpRequest) -> HttpResponse:
    """All open units as a tree with their people, and as a table; `?find=` unfolds it where somebody is."""
    by = actor_of(request)
    refuse_unseen(face_of("unit"), by)
    text = _text(request)
    unfolded = unfolded_for(by, text)
    found = found_by(by, text) if text and not is_mark(text) else []
    if len(found) == 1:
        return HttpResponseRedirect(f"?find={found[0].mark}#{found[0].mark}")
    units = visible(by, Unit.objects.filter(is_closed=False).select_related("lead"))
    people = visible(by, here(timezone.localdate()).select_related("position"))
    planned = visible(by, Position.objects.filter(is_retired=False, posts__gt=0))
    branches = forest(units, list(people), planned)
    return render(
        request,
        "organisation/chart.html",
        {
            "branches": branches,
            "rows": list(flat(branches)),
            "people": sum(each.total for each in branches),
            "vacant": sum(each.total_vacant for each in branches),
            "layers": max((each.layers for each in branches), default=0),
            "can_move": may(by, "organisation.move_unit", kind="unit"),
            "can_add": may(by, "organisation.add_unit", kind="unit"),
            "text": "" if is_mark(text) else text,
            "mark": "" if unfolded is None else text,
            "unfolded": unfolded or frozenset(),
            "found": found,
            "is_missing": bool(text) and unfolded is None and not found,
        },
    )


def _text(request: HttpRequest) -> str:
    return request.GET.get("find", "").replace("\x00", "").strip()[:LONGEST_QUERY]


@page
def find(request: HttpRequest) -> HttpResponse:
    """Who and what of the chart the text finds, for the field above it."""
    by = actor_of(request)
    refuse_unseen(face_of("unit"), by)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    found = found_by(by, text) if text else []
    return JsonResponse([{"id": f.mark, "label": f.label, "hint": f.hint} for f in found], safe=False)
