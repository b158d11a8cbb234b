"""The pages of the log: browser, one entry, what is new, and the file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.timeline import page_of_log
from kinflow.kit.problem import NotFound
from kinflow.kit.spreadsheets import csv_text
from kinflow.web.doors import page

from ..telling import ACTOR_WORDS, tell
from .access import refuse_others
from .shown import details_of, who_acted
from .wanted import ACTOR_KINDS, Wanted, number_of, wanted_from
from .words import event_choices

PAGE = 50
BATCH = 500
MOST_NEW = 100
BYTE_ORDER_MARK = "\ufeff"


def _reader(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    refuse_others(by)
    return by


@page
@require_GET
def browser(request: HttpRequest) -> HttpResponse:
    """The log, newest first; `part=rows` answers the rows of a further page alone."""
    by, wanted = _reader(request), wanted_from(request.GET.dict())
    entries = page_of_log(wanted.filter, before=wanted.before, limit=PAGE + 1)
    further = entries[PAGE - 1].pk if len(entries) > PAGE else None
    rows = [(told, who_acted(told.entry)) for told in tell(entries[:PAGE], by)]
    context: dict[str, Any] = {
        "rows": rows,
        "wanted": wanted,
        "older": f"/log/?{wanted.query(before=further)}" if further else "",
    }
    if request.GET.get("part") == "rows":
        return render(request, "records/log/browser.html#rows", context)
    newest = entries[0].pk if entries else 0
    context |= {
        "events": event_choices(),
        "actor_kinds": [(kind, ACTOR_WORDS[kind]) for kind in ACTOR_KINDS],
        "file": f"/log/export.csv?{wanted.query()}",
        "news": f"/log/new/?{wanted.query(since_id=newest)}" if wanted.before is None else "",
    }
    return render(request, "records/log/browser.html", context)


@page
@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """How many entries came since the page was shown."""
    _reader(request)
    wanted = wanted_from(request.GET.dict())
    seen = number_of(request.GET.get("since_id", "")) or 0
    count = sum(entry.pk > seen for entry in page_of_log(wanted.filter, limit=MOST_NEW))
    context = {"count": count, "is_more": count == MOST_NEW, "address": f"/log/?{wanted.query()}"}
    return render(request, "records/log/news.html", context)


@page
@require_GET
def entry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with all there is to it; `part=details` answers the details alone."""
    by = _reader(request)
    entry = Entry.objects.filter(pk=pk).first()
    if entry is None:
        raise NotFound(_("There is no entry %(number)s in the log.") % {"number": pk})
    part = "#details" if request.GET.get("part") == "details" else ""
    context = {"details": details_of(entry, by), "who": who_acted(entry)}
    return render(request, f"records/log/entry.html{part}", context)


@page
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The entries that fit as a CSV file, streamed."""
    by, wanted = _reader(request), wanted_from(request.GET.dict())
    response = StreamingHttpResponse(csv_lines(wanted, by), content_type="text/csv; charset=utf-8")
    name = f"log-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_lines(wanted: Wanted, by: Actor) -> Iterator[str]:
    """The file in pieces: its head, then some hundred entries at a time."""
    head = [
        _("Entry"),
        _("Time"),
        _("Event"),
        _("Kind of actor"),
        _("Actor"),
        _("What happened"),
        _("Caused by"),
    ]
    yield BYTE_ORDER_MARK + csv_text([head])
    before = wanted.before
    while entries := page_of_log(wanted.filter, before=before, limit=BATCH):
        before = entries[-1].pk
        yield csv_text([_cells(told) for told in tell(entries, by)])


def _cells(told: Any) -> list[Any]:
    entry = told.entry
    at = timezone.localtime(entry.at).replace(tzinfo=None, microsecond=0)
    return [entry.pk, at, entry.name, entry.actor_kind, told.by, told.text, entry.caused_by]
