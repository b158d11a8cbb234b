"""A list as a CSV file: the shown columns of all its records, streamed, safe for spreadsheet programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.kit.spreadsheets import csv_text
from kinflow.web.doors import page

from ..faces import Field
from .answers import actor_of
from .found import face_at, refuse_unseen
from .order import Order
from .plain_texts import plain_text
from .rows import columns_of, loading, matching
from .wanted import Wanted, tabs_of, wanted_from

BATCH = 1000
BYTE_ORDER_MARK = "\ufeff"


@page
def export_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The file, with a byte order mark so that spreadsheet programs read its Chinese right."""
    face, by = face_at(slug), actor_of(request)
    refuse_unseen(face, by)
    wanted = wanted_from(face, request.GET.dict(), by, tabs_of(face, by))
    response = StreamingHttpResponse(csv_lines(wanted, by), content_type="text/csv; charset=utf-8")
    name = f"{face.slug}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_lines(wanted: Wanted, by: Actor) -> Iterator[str]:
    """The file in pieces: head, then a thousand records at a time, each page from the key of the one before."""
    fields = columns_of(wanted, by)
    yield BYTE_ORDER_MARK + csv_text([[str(field.label) for field in fields]])
    readers = [plain_text(wanted.face, field) for field in fields]
    for rows in _pages(wanted, by, fields):
        yield csv_text([[read(row) for read in readers] for row in rows])


def _pages(wanted: Wanted, by: Actor, fields: Sequence[Field]) -> Iterator[list[Any]]:
    order = Order(wanted.face, wanted.sort)
    every = loading(matching(wanted, by), wanted.face, fields, extra=(order.column,))
    key = None
    while rows := list(order.arranged(order.beyond(every, key) if key else every)[:BATCH]):
        yield rows
        key = order.key_of(rows[-1])
