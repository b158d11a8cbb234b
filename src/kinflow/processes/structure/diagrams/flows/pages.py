"""The tab “Data flow”, one cell of its matrix, and its picture and numbers as files."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from kinflow.eventlog.event import registry as events
from kinflow.kit.problem import NotFound
from kinflow.records.faces import registry
from kinflow.records.log.access import may_browse
from kinflow.records.log.words import event_label
from kinflow.web.doors import page
from kinflow.web.pictures.files import Kind, picture_file, saves_of

from ....studio.pages.files import csv_file
from ....studio.spans import count
from ...frame import reader_of, tab_page
from .drawing import Shown, arrows_of, drawn
from .functions import Function, source_words
from .seen import LEAST, PLACE, ROWS, Seen, Wanted, seen, title, wanted
from .using import WAYS, Use, Way

LABELS = {
    "phases": pgettext_lazy("how finely steps are told apart", "Phases"),
    "steps": pgettext_lazy("how finely steps are told apart", "Steps"),
    "departments": pgettext_lazy("what a lane is", "Departments"),
    "units": pgettext_lazy("what a lane is", "Teams"),
}
WORDS: Mapping[Way, Any] = {
    "C": pgettext_lazy("what is done with data", "made"),
    "R": pgettext_lazy("what is done with data", "used"),
    "U": pgettext_lazy("what is done with data", "changed"),
    "D": pgettext_lazy("what is done with data", "removed"),
}
HEADS = ("function", "belongs_to", "records", "made", "used", "changed", "removed", "changed_fields")


@page
@require_GET
def flow_page(request: HttpRequest) -> HttpResponse:
    """The diagram of the functions asked for, with its matrix."""
    by = reader_of(request)
    asked = wanted(request.GET, by)
    found = seen(asked)
    context = {
        "asked": asked,
        "processes": [{"key": "", "label": _("All processes")}]
        + [{"key": each.key, "label": each.called} for each in asked.choices],
        "process": asked.process.key if asked.process else "",
        "rows": [
            {"key": key, "label": LABELS[key], "url": asked.query(rows=key), "on": key == asked.rows}
            for key in ROWS
        ],
        "picture": mark_safe(picture_of(found, asked)) if found.matrix else "",  # noqa: S308  # drawn by us, all escaped
        "kinds": list(found.kinds.values()),
        "matrix": [_row(found, asked, each) for each in found.functions],
        "read": told_of(found),
        "least": f"{LEAST:.0%}".replace("%", " %"),
        "saves": saves_of(PLACE, asked.query()),
    }
    return tab_page(request, "data-flow", "processes/structure/diagrams/flow.html", **context)


def told_of(found: Seen) -> str:
    """Which part of the log was read."""
    read = found.read
    if read.since is None:
        return ""
    first, last = (date_format(timezone.localtime(at), "DATE_FORMAT") for at in (read.since, read.until))
    words = _("Read from %(count)s entries of the log, %(first)s to %(last)s.")
    told = words % {"count": count(read.entries), "first": first, "last": last}
    return told if read.is_whole else f"{told} {_('Older entries are not counted.')}"


def picture_of(found: Seen, asked: Wanted) -> str:
    """The diagram as SVG, in the reader's language."""
    matrix = found.drawable()
    names = {each.key: each.label for each in found.functions}
    sources = source_words()

    def says(letters: str, function: str, item: str, times: int) -> str:
        what = found.kinds.get(item) or sources.get(item, item)
        ways = pgettext("between values", ", ").join(str(WORDS[way]) for way in WAYS if way in letters)
        told = f"{what} {ways}" if ways else what
        return _("%(function)s · %(what)s: %(count)s ×") % {  # noqa: RUF001 - the sign of times
            "function": names[function],
            "what": told,
            "count": count(times),
        }

    arrows = arrows_of(matrix, found.sources, says, lambda function, kind: cell_url(asked, function, kind))
    shown = Shown(
        [each for each in found.functions if any(each.key == arrow.function for arrow in arrows)],
        found.units,
        found.kinds,
        {key: f"/{registry[key].slug}/" for key in found.kinds if key in registry},
        sources,
    )
    heads = (_("What goes in"), _("Functions"), _("What comes out"))
    return drawn(shown, arrows, label=title(), heads=heads)


def cell_url(asked: Wanted, function: str, kind: str) -> str:
    """Where one cell of the matrix is explained."""
    return f"{PLACE}/cell/{asked.query(function=function, kind=kind)}"


def _row(found: Seen, asked: Wanted, function: Function) -> dict[str, Any]:
    return {
        "label": function.label,
        "group": function.group,
        "cells": [
            _cell(found.matrix.get((function.key, kind)), cell_url(asked, function.key, kind))
            for kind in found.kinds
        ],
    }


def _cell(use: Use | None, url: str) -> dict[str, Any] | None:
    if use is None:
        return None
    comma = pgettext("between values", ", ")
    ways = comma.join(f"{WORDS[way]} {count(use.ways[way])}" for way in WAYS if use.ways[way])
    return {
        "letters": use.letters,
        "count": count(use.times),
        "says": ways,
        "url": url,
        "writes": bool(use.written),
    }


@page
@require_GET
def cell_page(request: HttpRequest) -> HttpResponse:
    """What one function does with one kind of record: by which events, with which fields."""
    by = reader_of(request)
    asked = wanted(request.GET, by)
    found = seen(asked)
    kind = request.GET.get("kind", "")
    function = found.function(request.GET.get("function", ""))
    use = found.matrix.get((function.key, kind)) if function else None
    if function is None or use is None:
        raise NotFound(_("This function does nothing with such records."))
    face = registry.get(kind)
    named = {field.name: str(field.label) for field in face.fields} if face else {}
    may_follow = may_browse(by)
    context = {
        "function": function,
        "kind": found.kinds[kind],
        "back": f"{PLACE}/{asked.query()}",
        "ways": [{"word": WORDS[way], "count": count(use.ways[way])} for way in WAYS if use.ways[way]],
        "events": [
            {
                "label": event_label(events[event]) if event in events else event,
                "way": WORDS[way],
                "count": count(times),
                "url": f"/log/?{urlencode({'event': event})}" if may_follow and event in events else "",
            }
            for (event, way), times in sorted(use.events.items(), key=lambda pair: -pair[1])
        ],
        "fields": [
            {"label": named.get(name, name), "count": count(times)}
            for name, times in sorted(use.fields.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        "read": told_of(found),
    }
    return tab_page(request, "data-flow", "processes/structure/diagrams/cell.html", **context)


@page
@require_GET
def flow_file(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The diagram as a file."""
    asked = wanted(request.GET, reader_of(request))
    found = seen(asked)
    name = f"{title()} · {asked.process.called}" if asked.process else title()
    return picture_file(picture_of(found, asked), kind, name, title=name, note=told_of(found))


@page
@require_GET
def flow_csv(request: HttpRequest) -> HttpResponseBase:
    """The matrix, a line for each function and kind of record."""
    return csv_file("data-flow.csv", HEADS, _lines(seen(wanted(request.GET, reader_of(request)))))


def _lines(found: Seen) -> Iterator[list[Any]]:
    for function in found.functions:
        for kind, label in found.kinds.items():
            if use := found.matrix.get((function.key, kind)):
                numbers = [use.ways[way] for way in WAYS]
                yield [function.label, function.group, label, *numbers, " ".join(sorted(use.fields))]
