"""The tab “Paper against log”: who works with whom, against the chart's lines and against chance."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from kinflow.web.doors import page
from kinflow.web.pictures.files import Kind, picture_file, saves_of

from ...access import may_see_people
from ...studio.pages.files import csv_file
from ...studio.spans import count, share
from ..frame import reader_of, tab_page
from ..logs import Log, asked_process, logs_of, processes_for
from ..paper import Paper, paper_for
from .analysis import Inside, Network, Tie, Way
from .comparing import Communities, Likeness
from .drawing import drawn
from .keeping import network_for, people_ties_for

SHOWN = 20
HEADS = ("from", "to", "handovers", "cases", "by_chance", "has_line", "more_than_chance", "meet_in")
WAYS = {
    "inside": pgettext_lazy("hand-overs", "within a unit"),
    "line": pgettext_lazy(
        "hand-overs", "to a unit with a line: right above, right below, or beside it under the same"
    ),
    "division": pgettext_lazy("hand-overs", "further apart, within a division"),
    "across": pgettext_lazy("hand-overs", "from division to division"),
    "reporting": pgettext_lazy("hand-overs", "of these, between somebody and whom they report to"),
}


@page
def network_page(request: HttpRequest) -> HttpResponse:
    """Hand-overs of the process that the address asks for, or of all of ours."""
    by = reader_of(request)
    paper, key = paper_for(by), asked_process(request, by)
    logs = logs_of(key, by)
    found = network_for(logs, paper)
    query = f"?process={key}" if key else ""
    context = {
        "processes": processes_for(by),
        "process": key,
        "total": found.total,
        "tiles": _tiles(found),
        "picture": mark_safe(picture_of(found, paper)),  # noqa: S308  # drawn by us, every name escaped
        "ways": [_way(each) for each in (*found.ways, found.reporting)],
        "ties": _ties(found.ties, paper),
        "communities": _communities(found.communities, paper),
        "likenesses": _likenesses(found.communities),
        "judged": _judged(found.communities),
        "insides": [_inside(each, paper) for each in found.insides],
        "people": _people(logs, found, paper) if may_see_people(by) else None,
        "saves": saves_of("/processes/structure/network", query),
    }
    return tab_page(request, "network", "processes/structure/network.html", **context)


def picture_of(found: Network, paper: Paper) -> str:
    """The hand-overs as SVG."""
    told = {each.unit: _inside_words(each) for each in found.insides}
    return drawn(paper, found.units, found.ties, label=_("Who hands over to whom"), told=told)


def _inside_words(each: Inside) -> str:
    return _("%(inside)s hand-overs inside, %(all)s in all") % {
        "inside": count(each.inside),
        "all": count(each.touching),
    }


def _tiles(found: Network) -> list[dict[str, str]]:
    several = [each for each in found.communities.members if len(each) > 1]
    return [
        {"label": _("Hand-overs"), "value": count(found.total)},
        {"label": _("People in them"), "value": count(len(found.people))},
        {"label": _("Units"), "value": count(len(found.units))},
        {"label": _("Communities"), "value": count(len(several))},
    ]


def _way(way: Way) -> dict[str, Any]:
    return {
        "label": WAYS[way.key],
        "share": share(way.share),
        "expected": share(way.expected),
        "width": round(100 * way.share, 1),
        "chance": round(100 * way.expected, 1),
        "mark": "" if not way.is_real else "more" if way.share > way.expected else "less",
    }


def _unit(pk: int | None, paper: Paper) -> str:
    return paper.units[pk].name if pk is not None and pk in paper.units else "–"  # noqa: RUF001


def _ties(ties: Sequence[Tie], paper: Paper) -> list[dict[str, Any]]:
    """The strongest ties that have no line."""
    return [_tie(tie, _unit(tie.giver, paper), _unit(tie.taker, paper), paper) for tie in _without_line(ties)]


def _without_line(ties: Sequence[Tie]) -> list[Tie]:
    return [tie for tie in ties if not tie.has_line][:SHOWN]


def _tie(tie: Tie, giver: str, taker: str, paper: Paper) -> dict[str, Any]:
    return {
        "giver": giver,
        "taker": taker,
        "times": count(tie.times),
        "cases": count(tie.cases),
        "expected": count(round(tie.expected)),
        "meets": _unit(tie.meets, paper),
        "is_remarkable": tie.is_remarkable,
    }


def _people(logs: Sequence[Log], found: Network, paper: Paper) -> list[dict[str, Any]]:
    ties = people_ties_for(logs, found, paper)
    return [
        _tie(tie, paper.people[tie.giver].name, paper.people[tie.taker].name, paper)
        | {
            "giver_unit": _unit(paper.people[tie.giver].unit, paper),
            "taker_unit": _unit(paper.people[tie.taker].unit, paper),
        }
        for tie in _without_line(ties)
    ]


def _communities(found: Communities, paper: Paper) -> list[dict[str, Any]]:
    """Communities of several people, by the units that they come from."""
    rows = []
    for members in found.members:
        units = Counter(paper.people[pk].unit for pk in members)
        divisions = {paper.units[unit].way[:2] for unit in units if unit in paper.units}
        rows.append(
            {
                "people": count(len(members)),
                "units": [
                    {"name": _unit(unit, paper), "people": count(number)}
                    for unit, number in units.most_common()
                ],
                "crosses": len(divisions) > 1,
            }
        )
    return [row for row in rows if row["people"] != "1"]


def _likenesses(found: Communities) -> list[dict[str, str]]:
    rows = ((_("Units"), found.units), (_("Divisions"), found.divisions))
    return [_likeness(label, each) for label, each in rows]


def _likeness(label: str, each: Likeness) -> dict[str, str]:
    return {
        "label": label,
        "parts": count(each.parts),
        "rand": f"{each.rand:.2f}" if each.parts > 1 else "–",  # noqa: RUF001
        "p": "" if each.parts < 2 else "p < 0.01" if each.p < 0.01 else f"p = {each.p:.2f}",
        "modularity": f"{each.modularity:.2f}",
    }


def _judged(found: Communities) -> str:
    numbers = {"own": f"{found.modularity:.2f}", "chance": f"{found.by_chance:.2f}"}
    if found.is_real:
        return (
            _(
                "The communities hold together more than by chance: modularity %(own)s, against at most %(chance)s where "
                "givers and takers are put together by lot."
            )
            % numbers
        )
    return (
        _(
            "The communities may be chance: modularity %(own)s, against up to %(chance)s where givers and takers are put "
            "together by lot."
        )
        % numbers
    )


def _inside(each: Inside, paper: Paper) -> dict[str, Any]:
    return {
        "name": _unit(each.unit, paper),
        "url": f"/units/{each.unit}/",
        "people": count(each.people),
        "inside": count(each.inside),
        "expected": count(round(each.expected)),
        "touching": count(each.touching),
        "share": share(each.inside / each.touching) if each.touching else "–",  # noqa: RUF001
        "is_little": each.is_little,
    }


@page
def network_file(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The picture as SVG, PNG or PDF."""
    by = reader_of(request)
    paper = paper_for(by)
    found = network_for(logs_of(asked_process(request, by), by), paper)
    told = ngettext("%(count)s hand-over", "%(count)s hand-overs", found.total) % {
        "count": count(found.total)
    }
    called = _("Who hands over to whom")
    return picture_file(picture_of(found, paper), kind, called, title=called, note=told)


@page
def network_csv(request: HttpRequest) -> HttpResponseBase:
    """All hand-overs between units."""
    by = reader_of(request)
    paper = paper_for(by)
    found = network_for(logs_of(asked_process(request, by), by), paper)

    def rows() -> Iterator[list[Any]]:
        for tie in found.ties:
            yield [
                _unit(tie.giver, paper),
                _unit(tie.taker, paper),
                tie.times,
                tie.cases,
                round(tie.expected, 1),
                tie.has_line,
                tie.is_remarkable,
                _unit(tie.meets, paper),
            ]

    return csv_file("handovers.csv", HEADS, rows())
