"""The tab “Decisions”: on which layer and how far from the work decisions are made."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from kinflow.eventlog import Actor
from kinflow.web.doors import page
from kinflow.web.pictures.files import Kind, picture_file, saves_of

from ...access import may_see_people
from ...studio.pages.files import csv_file
from ...studio.remembering import remembered
from ...studio.spans import count, share, span
from ..chart.pages import people_words
from ..frame import reader_of, tab_page
from ..logs import Log, asked_process, logs_of, processes_for
from ..paper import Paper, paper_for
from .centres import FAR, Centres, Decision, centres_of
from .drawing import Layer, drawn

FEWEST = 3
"""What fewer people on a layer decide is told only to who may see people."""
MOST_UNITS = 12
NONE = "–"  # noqa: RUF001
DISTANCES = {
    0: pgettext_lazy("distance of a decision", "by who has the work"),
    1: pgettext_lazy("distance of a decision", "1 line away"),
    2: pgettext_lazy("distance of a decision", "2 lines away"),
    FAR: pgettext_lazy("distance of a decision", "3 lines or more"),
}
HEADS = ("process", "decision", "kind", "times", "measure", "value", "decisions")


@page
def decisions_page(request: HttpRequest) -> HttpResponse:
    """The decisions of the process that the address asks for, or of all of ours."""
    by = reader_of(request)
    paper, key = paper_for(by), asked_process(request, by)
    found = centres_for(logs_of(key, by), paper)
    hidden = hidden_layers(found, by)
    context = {
        "processes": processes_for(by),
        "process": key,
        "picture": mark_safe(picture_of(found, hidden)),  # noqa: S308  # drawn by us, every name escaped
        "distances": _shares(_summed([each.by_distance for each in found.decisions])),
        "layers": list(found.staff),
        "distance_heads": list(DISTANCES.values()),
        "rows": [_row(each, found, hidden) for each in found.decisions],
        "units": _units(found, paper),
        "hides": bool(hidden),
        "saves": saves_of("/processes/structure/decisions", f"?process={key}" if key else ""),
    }
    return tab_page(request, "decisions", "processes/structure/decisions.html", **context)


def centres_for(logs: Sequence[Log], paper: Paper) -> Centres:
    """The decisions, each log's counted once for the same organisation."""
    found = [
        remembered(
            log.columns,
            ("decisions", paper.state, log.process.version, str(log.process.called)),
            lambda log=log: centres_of([log], paper).decisions,  # type: ignore[misc]
        )
        for log in logs
    ]
    return Centres([each for decisions in found for each in decisions], centres_of([], paper).staff)


def hidden_layers(found: Centres, by: Actor) -> frozenset[int]:
    """The layers of so few people that what they decide would tell of single ones."""
    if may_see_people(by):
        return frozenset()
    return frozenset(layer for layer, people in found.staff.items() if people < FEWEST)


def _summed(counted: Sequence[Mapping[int, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for each in counted:
        found.update(each)
    return found


def picture_of(found: Centres, hidden: frozenset[int]) -> str:
    """People and decisions by layer."""
    decided = _summed([each.by_layer for each in found.decisions])
    layers = [
        Layer(
            pgettext("of the chart", "Layer %(number)s") % {"number": layer},
            people,
            None if layer in hidden else decided[layer],
            people_words(people),
            NONE if layer in hidden else decision_words(decided[layer]),
        )
        for layer, people in found.staff.items()
    ]
    return drawn(layers, label=_("People and decisions by layer"), left=_("On paper"), right=_("In the log"))


def decision_words(number: int) -> str:
    """A number of decisions."""
    return ngettext("%(count)s decision", "%(count)s decisions", number) % {"count": count(number)}


def _shares(counted: Mapping[int, int]) -> list[dict[str, Any]]:
    total = sum(counted.values()) or 1
    return [
        {
            "label": label,
            "share": share(counted.get(distance, 0) / total),
            "width": round(100 * counted.get(distance, 0) / total, 1),
        }
        for distance, label in DISTANCES.items()
    ]


def _row(each: Decision, found: Centres, hidden: frozenset[int]) -> dict[str, Any]:
    return {
        "process": each.process,
        "label": each.label,
        "url": f"/processes/{each.process_key}/cases/?through={each.key}",
        "times": count(each.times),
        "layers": [{"words": NONE} if at in hidden else _cell(at, each.by_layer) for at in found.staff],
        "distances": [_cell(at, each.by_distance) for at in DISTANCES],
        "refused": NONE if each.refused is None else share(each.refused),
        "wait": span(each.wait),
    }


def _cell(at: int, counted: Mapping[int, int]) -> dict[str, Any]:
    times, total = counted.get(at, 0), sum(counted.values())
    if not times:
        return {}
    return {"words": share(times / total), "heat": 1 + min(4, int(5 * times / total))}


def _units(found: Centres, paper: Paper) -> list[dict[str, Any]]:
    """The units that decide most."""
    decided = _summed([each.by_unit for each in found.decisions])
    checked = _summed([each.by_unit for each in found.decisions if each.kind == "check"])
    total = sum(decided.values()) or 1
    return [
        {
            "name": paper.units[pk].name,
            "url": f"/units/{pk}/",
            "times": count(times),
            "share": share(times / total),
            "width": round(100 * times / total, 1),
            "checks": count(checked[pk]),
        }
        for pk, times in decided.most_common(MOST_UNITS)
        if pk in paper.units
    ]


@page
def decisions_file(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The picture as SVG, PNG or PDF."""
    by = reader_of(request)
    found = centres_for(logs_of(asked_process(request, by), by), paper_for(by))
    called = _("People and decisions by layer")
    return picture_file(picture_of(found, hidden_layers(found, by)), kind, called, title=called)


@page
def decisions_csv(request: HttpRequest) -> HttpResponseBase:
    """All decisions by layer, by distance and by unit."""
    by = reader_of(request)
    paper = paper_for(by)
    found = centres_for(logs_of(asked_process(request, by), by), paper)
    hidden = hidden_layers(found, by)

    def rows() -> Iterator[list[Any]]:
        for each in found.decisions:
            first = [each.process, each.label, each.kind, each.times]
            layers = [("layer", at, times) for at, times in each.by_layer.items() if at not in hidden]
            lines = [("lines", at, times) for at, times in each.by_distance.items()]
            units = [
                ("unit", paper.units[pk].name if pk in paper.units else pk, times)
                for pk, times in each.by_unit.items()
            ]
            yield from ([*first, *row] for row in (*layers, *lines, *units))

    return csv_file("decisions.csv", HEADS, rows())
