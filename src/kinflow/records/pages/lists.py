"""The list of a record type: views, filter, order, columns, pages, selection, export."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from kinflow.eventlog import Actor
from kinflow.web.doors import page

from ..faces import RecordType
from .answers import actor_of
from .composing import list_parts
from .filters import chips_of, names_in
from .found import face_at, refuse_unseen
from .rows import CAP, columns_of, count_of, page_of
from .table import headings, rows_html
from .verbs import bulk_verbs, may_run
from .wanted import Tab, Vocabulary, Wanted, compact, readable_fields, tabs_of, view_in_address, wanted_from


@page
def list_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, or with ?part=rows only its further rows."""
    face, by = face_at(slug), actor_of(request)
    refuse_unseen(face, by)
    tabs = tabs_of(face, by)
    wanted = wanted_from(face, request.GET.dict(), by, tabs)
    fields = columns_of(wanted, by)
    found = page_of(wanted, by, fields)
    context: dict[str, Any] = {
        "face": face,
        "wanted": wanted,
        "page": found,
        "rows": rows_html(wanted, fields, found.rows, by),
        "span": len(fields) + 1,
        "older": wanted.url(after=found.after) if found.after else "",
    }
    if request.GET.get("part") == "rows":
        return render(request, "records/list.html#more_rows", context)
    context |= _frame(face, wanted, tabs, by) | {
        "headings": headings(wanted, fields),
        "newer": wanted.url(before=found.before) if found.before else "",
        "count": _known_count(wanted, found.rows, bool(found.after or found.before)),
    }
    return render(request, "records/list.html", context)


def _frame(face: RecordType, wanted: Wanted, tabs: list[Tab], by: Actor) -> dict[str, Any]:
    """What stands around the rows."""
    return {
        "tabs": [(tab, tab.key == wanted.tab.key, _tab_url(face, tab)) for tab in tabs],
        "chips": chips_of(wanted),
        "bulk": bulk_verbs(face, by),
        "can_create": face.create is not None and may_run(by, face, face.create),
        "can_remove": wanted.tab.saved is not None and wanted.tab.saved.owner_id == by.person_id,
        "query": wanted.query(),
        "more_buttons": [button for part in list_parts if (button := part(face, by)) is not None],
        "everything": f"/{face.slug}/",
        "new_url": f"/{face.slug}/new/",
        "is_filtered": bool(wanted.text or chips_of(wanted)),
    }


def _tab_url(face: RecordType, tab: Tab) -> str:
    view = view_in_address(face, tab)
    return f"/{face.slug}/?view={view}" if view else f"/{face.slug}/"


def _known_count(wanted: Wanted, rows: Any, has_more: bool) -> str:
    """The count, where the page itself tells it."""
    return "" if has_more or wanted.after or wanted.before else f"{len(rows):,}"


@page
def count_fragment(request: HttpRequest, slug: str) -> HttpResponse:
    """How many records the address asks for: capped, or with ?exact the true number."""
    face, by = face_at(slug), actor_of(request)
    wanted = wanted_from(face, request.GET.dict(), by, tabs_of(face, by))
    is_exact = "exact" in request.GET
    count = count_of(wanted, by, cap=None if is_exact else CAP)
    capped = not is_exact and count > CAP
    context = {
        "face": face,
        "text": f"{CAP:,}+" if capped else f"{count:,}",
        "exact": f"/{face.slug}/count/?{wanted.query()}&exact=1" if capped else "",
        "words": ngettext("%(count)s record", "%(count)s records", count) % {"count": f"{count:,}"},
    }
    return render(request, "records/count.html", context)


@page
def filter_dialog(request: HttpRequest, slug: str) -> HttpResponse:
    """The condition editor; what it makes becomes part of the list's address."""
    face, by = face_at(slug), actor_of(request)
    wanted = wanted_from(face, request.GET.dict(), by, tabs_of(face, by))
    context = {
        "face": face,
        "wanted": wanted,
        "vocabulary": Vocabulary(by),
        "names": names_in(wanted.condition),
        "condition": compact(wanted.condition),
        "to": wanted.url(where=None),
    }
    return render(request, "records/filter.html", context)


@page
def columns_dialog(request: HttpRequest, slug: str) -> HttpResponse:
    """Which columns to show, in which order."""
    face, by = face_at(slug), actor_of(request)
    wanted = wanted_from(face, request.GET.dict(), by, tabs_of(face, by))
    shown = [field.name for field in columns_of(wanted, by)]
    readable = readable_fields(face, by)
    rest = [name for name in readable if name not in shown]
    context = {
        "face": face,
        "wanted": wanted,
        "where": "" if wanted.where is None else compact(wanted.where),
        "choices": [(readable[name], name in shown) for name in [*shown, *rest]],
    }
    return render(request, "records/columns.html", context)
