"""Reading over the API: pages of a list, one record, its timeline."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from kinflow.eventlog import Actor
from kinflow.eventlog.timeline import timeline_of
from kinflow.kit import cursors

from ..faces import Field, RecordType
from ..pages.found import record_at, refuse_unseen
from ..pages.order import Order
from ..pages.rows import columns_of, is_opening, loading, matching, opening
from ..pages.wanted import Wanted
from ..telling import recorded_values, tell
from .asked import ListQuery, wanted_from
from .telling import json_answer, tag_of, teller, told_whole


def caller(request: HttpRequest) -> Actor:
    """Who asks."""
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def list_records(request: HttpRequest, face: RecordType, asked: ListQuery) -> HttpResponse:
    """A page of the list."""
    by = caller(request)
    refuse_unseen(face, by)
    wanted = wanted_from(face, asked, by)
    fields = columns_of(wanted, by)
    rows, following = page_of(wanted, by, fields, asked.limit)
    tell = teller(face, fields, by)
    return json_answer({"items": [tell(row) for row in rows], "next": following})


def page_of(wanted: Wanted, by: Actor, fields: list[Field], limit: int) -> tuple[list[Any], str | None]:
    """The rows behind the cursor, and the cursor of those that follow."""
    order = Order(wanted.face, wanted.sort)
    own = {f.attname for f in wanted.face.model._meta.concrete_fields}
    extra = (order.column, *(("version",) if "version" in own else sorted(own)))
    if is_opening(wanted):
        found = opening(wanted, by, fields, extra, limit + 1)
        return found[:limit], order.cursor(found[limit - 1]) if len(found) > limit else None
    rows = loading(matching(wanted, by), wanted.face, fields, extra=extra)
    key = order.key(wanted.after)
    found = list(order.arranged(order.beyond(rows, key) if key else rows)[: limit + 1])
    return found[:limit], order.cursor(found[limit - 1]) if len(found) > limit else None


def read_record(request: HttpRequest, face: RecordType, pk: int) -> HttpResponse:
    """One record with all its fields, and its version as ETag."""
    by = caller(request)
    row = record_at(face, pk, by)
    answer = json_answer(told_whole(face, row, by))
    answer["ETag"] = tag_of(row)
    return answer


def read_timeline(request: HttpRequest, face: RecordType, pk: int, cursor: str, limit: int) -> HttpResponse:
    """What happened to a record, newest first."""
    by = caller(request)
    record_at(face, pk, by)
    before = _before(cursor, face, pk)
    entries = timeline_of(face.name, pk, before=before, limit=limit + 1)
    page = entries[:limit]
    values = [recorded_values(entry, by) for entry in page]
    told = [
        {
            "id": each.entry.pk,
            "name": each.entry.name,
            "at": each.at.isoformat(),
            "by": each.by,
            "by_kind": each.entry.actor_kind,
            "text": each.text,
            "topic": each.topic,
            "caused_by": each.entry.caused_by,
            "values": given,
        }
        for each, given in zip(tell(page, by), values, strict=True)
    ]
    following = cursors.encode([face.name, pk, page[-1].pk]) if len(entries) > limit else None
    return json_answer({"items": told, "next": following})


def _before(cursor: str, face: RecordType, pk: int) -> int | None:
    if not cursor:
        return None
    kind, of, before = [*cursors.decode(cursor), None, None, None][:3]
    if (kind, of) != (face.name, pk) or not isinstance(before, int):
        raise cursors.bad_cursor()
    return before
