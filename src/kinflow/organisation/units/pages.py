"""The organisation chart."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kinflow.records.access import may, visible
from kinflow.records.faces import face_of
from kinflow.records.pages.answers import actor_of
from kinflow.records.pages.found import refuse_unseen
from kinflow.web.doors import page

from ..people.models import Person
from .chart import flat, forest
from .models import Unit


@page
def chart(request: HttpRequest) -> HttpResponse:
    """All open units as a tree with their people, and as a table."""
    by = actor_of(request)
    refuse_unseen(face_of("unit"), by)
    units = visible(by, Unit.objects.filter(is_closed=False).select_related("lead"))
    people = visible(by, Person.objects.filter(left_on=None).select_related("position"))
    branches = forest(units, people)
    return render(
        request,
        "organisation/chart.html",
        {
            "branches": branches,
            "rows": list(flat(branches)),
            "people": sum(each.total for each in branches),
            "layers": max((each.layers for each in branches), default=0),
            "can_move": may(by, "organisation.move_unit", kind="unit"),
            "can_add": may(by, "organisation.add_unit", kind="unit"),
        },
    )
