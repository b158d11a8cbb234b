"""Next and previous within the list a person came from, keeping its filter, order and view."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from kinflow.eventlog import Actor
from kinflow.web.doors import page

from ..faces import RecordType
from .answers import actor_of
from .found import face_at, record_at
from .order import Order
from .rows import CAP, matching
from .wanted import Wanted, tabs_of, wanted_from

LONGEST_ADDRESS = 8000


@dataclass(frozen=True)
class Neighbours:
    """Where a record stands in a list: its place, how many there are, the ids beside it."""

    place: int
    count: int
    previous: int | None
    next: int | None
    is_capped: bool


def list_of(face: RecordType, told: str, by: Actor) -> Wanted:
    """The list that the `in` of an address means."""
    given = QueryDict(told[:LONGEST_ADDRESS])
    return wanted_from(face, given.dict(), by, tabs_of(face, by))


def beside(wanted: Wanted, record: Any, by: Actor, *, back: bool = False) -> int | None:
    """The id of the next record of the list, or the one before."""
    order = Order(wanted.face, wanted.sort)
    rows = order.beyond(matching(wanted, by), order.key_of(record), back=back)
    return order.arranged(rows, back=back).values_list("pk", flat=True).first()


def neighbours_of(wanted: Wanted, record: Any, by: Actor) -> Neighbours:
    """The record's place in the list; places and counts beyond a thousand are capped."""
    order = Order(wanted.face, wanted.sort)
    rows = matching(wanted, by).order_by()
    before = order.beyond(rows, order.key_of(record), back=True).values("pk")[: CAP + 1].count()
    count = rows.values("pk")[: CAP + 1].count()
    return Neighbours(
        before + 1,
        min(count, CAP),
        beside(wanted, record, by, back=True),
        beside(wanted, record, by),
        count > CAP or before >= CAP,
    )


@page
def neighbours_fragment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The place in the list, with the ways to the records beside."""
    face, by = face_at(slug), actor_of(request)
    record = record_at(face, pk, by)
    told = request.GET.get("in", "")
    found = neighbours_of(list_of(face, told, by), record, by)
    back = f"?in={quote(told, safe='')}"
    context = {
        "found": found,
        "previous": f"{face.url(found.previous)}{back}" if found.previous else "",
        "next": f"{face.url(found.next)}{back}" if found.next else "",
        "place": f"{found.place:,}" if found.place <= CAP else f"{CAP:,}+",
        "count": f"{found.count:,}{'+' if found.count >= CAP and found.is_capped else ''}",
    }
    return render(request, "records/neighbours.html", context)


@page
def go_beside(request: HttpRequest, slug: str, pk: int, way: str) -> HttpResponse:
    """On to the record beside this one in the list; at the end back to this one."""
    face, by = face_at(slug), actor_of(request)
    told = request.GET.get("in", "")
    found = beside(list_of(face, told, by), record_at(face, pk, by), by, back=way == "previous")
    return HttpResponseRedirect(f"{face.url(found or pk)}?in={quote(told, safe='')}")
