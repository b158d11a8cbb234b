"""The tab “Chart”: the organisation on paper as a picture, its layers and spans of control as tables."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kinflow.web.doors import page
from kinflow.web.pictures.files import Kind, picture_file, saves_of

from ...studio.pages.files import csv_file
from ...studio.spans import count
from ..frame import reader_of, tab_page
from ..hierarchy import NARROW, WIDE, Branch, branches_of, layers_of, people_here, spans_of
from ..paper import Paper, paper_for
from .drawing import drawn, totals_of

HEADS = ("unit", "kind", "lead", "people", "people_with_all_below", "reports_to_the_lead")


@page
def chart_page(request: HttpRequest) -> HttpResponse:
    """The chart, and what can be counted in it."""
    paper = paper_for(reader_of(request))
    spans, layers = spans_of(paper), layers_of(paper.boss, people_here(paper))
    context = {
        "saves": saves_of("/processes/structure/chart"),
        "picture": mark_safe(picture_of(paper)) if paper.order else "",  # noqa: S308  # drawn by us, every name escaped
        "tiles": _tiles(paper, spans, layers),
        "branches": [_branch(paper, each) for each in branches_of(paper)],
        "spans": _histogram(spans),
        "narrow": _managers(paper, {pk: n for pk, n in spans.items() if n <= NARROW}),
        "wide": _managers(paper, {pk: n for pk, n in spans.items() if n >= WIDE}),
        "narrow_told": _("%(count)s or fewer report to them") % {"count": NARROW},
        "wide_told": _("%(count)s or more report to them") % {"count": WIDE},
    }
    return tab_page(request, "", "processes/structure/chart.html", **context)


def picture_of(paper: Paper) -> str:
    """The chart as SVG, in the reader's language."""
    return drawn(paper, totals_of(paper), label=_("Organisation chart"), counted=people_words)


def people_words(number: int) -> str:
    """A number of people."""
    return ngettext("%(count)s person", "%(count)s people", number) % {"count": count(number)}


def _tiles(paper: Paper, spans: dict[int, int], layers: dict[int, int]) -> list[dict[str, str]]:
    mean = sum(spans.values()) / len(spans) if spans else 0
    return [
        {"label": _("People"), "value": count(len(layers))},
        {"label": _("Units"), "value": count(len(paper.order))},
        {"label": _("Layers"), "value": count(max(layers.values(), default=0))},
        {"label": _("Managers"), "value": count(len(spans))},
        {"label": _("Direct reports per manager"), "value": f"{mean:.1f}"},
    ]


def _branch(paper: Paper, branch: Branch) -> dict[str, Any]:
    unit = paper.units[branch.unit]
    return {
        "name": unit.name,
        "url": f"/units/{unit.pk}/",
        "people": count(branch.people),
        "managers": count(branch.managers),
        "layers": count(branch.layers),
        "span": f"{branch.mean_span:.1f}" if branch.mean_span is not None else "–",  # noqa: RUF001
        "most": count(branch.most_span),
    }


def _histogram(spans: dict[int, int]) -> list[dict[str, Any]]:
    """How many managers have so many direct reports."""
    counted = Counter(spans.values())
    most = max(counted.values(), default=1)
    return [
        {"span": span, "managers": counted[span], "width": round(100 * counted[span] / most, 1)}
        for span in sorted(counted)
    ]


def _managers(paper: Paper, spans: dict[int, int]) -> list[dict[str, Any]]:
    people = sorted(spans, key=lambda pk: (-spans[pk], paper.people[pk].name))
    return [
        {
            "name": paper.people[pk].name,
            "url": f"/people/{pk}/",
            "position": paper.people[pk].position,
            "unit": paper.units[paper.people[pk].unit].name if paper.people[pk].unit in paper.units else "",
            "span": spans[pk],
        }
        for pk in people
    ]


@page
def chart_file(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The chart as SVG, PNG or PDF."""
    called = _("Organisation chart")
    return picture_file(picture_of(paper_for(reader_of(request))), kind, called, title=called)


@page
def chart_csv(request: HttpRequest) -> HttpResponseBase:
    """The chart as a table."""
    paper = paper_for(reader_of(request))
    totals, spans = totals_of(paper), spans_of(paper)
    rows = (
        [
            unit.name,
            unit.kind,
            paper.people[unit.lead].name if unit.lead in paper.people and unit.lead is not None else "",
            len(paper.staff.get(unit.pk, ())),
            totals.get(unit.pk, 0),
            spans.get(unit.lead, 0) if unit.lead is not None else 0,
        ]
        for unit in (paper.units[pk] for pk in paper.order)
    )
    return csv_file("organisation-chart.csv", HEADS, rows)
