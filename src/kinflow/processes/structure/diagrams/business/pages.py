"""The tab “Business processes”, and its picture and numbers as files."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from kinflow.web.doors import page
from kinflow.web.pictures.files import Kind, picture_file, saves_of

from ....studio.pages.files import csv_file
from ....studio.spans import count, share, span
from ...frame import reader_of, tab_page
from ...logs import processes_for
from ...tabs import ROOT
from .seen import MOST_NOISE, Part, Wanted, cases_url, parts_of, picture_of, title, wanted

PLACE = f"{ROOT}business"
DEPTHS = {
    "phases": pgettext_lazy("how finely steps are told apart", "Phases"),
    "steps": pgettext_lazy("how finely steps are told apart", "Steps"),
}
LANES = {
    "departments": pgettext_lazy("what a lane is", "Departments"),
    "units": pgettext_lazy("what a lane is", "Teams"),
}
HEADS = (
    "what",
    "process",
    "step_or_unit",
    "unit_or_next_unit",
    "times",
    "share_of_unit",
    "median_wait_seconds",
)


@page
@require_GET
def business_page(request: HttpRequest) -> HttpResponse:
    """The diagram of the processes asked for, with its numbers."""
    by = reader_of(request)
    asked = wanted(request.GET, by)
    parts = parts_of(asked, by)
    drawable = [part for part in parts if part.tree is not None]
    context = {
        "asked": asked,
        "choices": [
            {"key": each.key, "label": each.called, "on": each in asked.processes}
            for each in processes_for(by, only_ours=False)
        ],
        "depths": [_choice(asked, key, label, "depth", asked.depth) for key, label in DEPTHS.items()],
        "lanes": [_choice(asked, key, label, "lanes", asked.width) for key, label in LANES.items()],
        "most_noise": MOST_NOISE,
        "picture": mark_safe(picture_of(parts, asked)) if drawable else "",  # noqa: S308  # drawn by us, all escaped
        "too_many": [part.process.called for part in parts if part.tree is None],
        "parts": [_shown(part, asked) for part in parts],
        "told": _told(parts),
        "saves": saves_of(PLACE, query_of(asked)),
    }
    return tab_page(request, "business", "processes/structure/diagrams/business.html", **context)


def query_of(asked: Wanted, **other: str) -> str:
    """The query that asks for the same, perhaps otherwise."""
    pairs = [("process", each.key) for each in asked.processes]
    looks = {"depth": asked.depth, "lanes": asked.width, "noise": str(asked.noise)} | other
    return "?" + urlencode([*pairs, *looks.items()])


def _choice(asked: Wanted, key: str, label: Any, name: str, now: str) -> dict[str, Any]:
    return {"label": label, "url": query_of(asked, **{name: key}), "on": key == now}


def _told(parts: Sequence[Part]) -> str:
    lanes = {lane for part in parts for doing in part.doings for lane, _times in doing.by}
    times = sum(each.times for part in parts for each in part.handovers)
    units = ngettext("%(count)s lane", "%(count)s lanes", len(lanes)) % {"count": count(len(lanes))}
    handed = ngettext("%(count)s hand-over between units", "%(count)s hand-overs between units", times)
    return f"{units} · {handed % {'count': count(times)}}"


def _shown(part: Part, asked: Wanted) -> dict[str, Any]:
    return {
        "name": part.process.called,
        "url": f"/processes/{part.process.key}/",
        "steps": [
            {
                "label": part.named(each.step),
                "url": cases_url(part.process, each.step, asked),
                "lane": each.lane,
                "times": count(each.times),
                "share": share(each.share),
                "others": pgettext("between values", ", ").join(
                    f"{lane} {count(times)}" for lane, times in each.by[1:4]
                ),
            }
            for each in part.doings
        ],
        "handovers": [
            {
                "source": each.source,
                "target": each.target,
                "times": count(each.times),
                "wait": span(each.median_seconds),
            }
            for each in part.handovers
        ],
    }


@page
@require_GET
def business_file(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The diagram as a file."""
    by = reader_of(request)
    asked = wanted(request.GET, by)
    parts = parts_of(asked, by)
    names = pgettext("between values", ", ").join(part.process.called for part in parts)
    return picture_file(picture_of(parts, asked), kind, title(), title=title(), note=names)


@page
@require_GET
def business_csv(request: HttpRequest) -> HttpResponseBase:
    """Who does which step, and what is handed over to whom."""
    by = reader_of(request)
    parts = parts_of(wanted(request.GET, by), by)
    return csv_file("business-processes.csv", HEADS, _rows(parts))


def _rows(parts: Sequence[Part]) -> Iterator[list[Any]]:
    for part in parts:
        name = part.process.called
        for doing in part.doings:
            for lane, times in doing.by:
                yield ["step", name, part.named(doing.step), lane, times, round(times / doing.times, 4), ""]
        for each in part.handovers:
            yield ["hand-over", name, each.source, each.target, each.times, "", round(each.median_seconds, 1)]
