"""The tab “Functions”: the function table, and its numbers as a file."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from kinflow.eventlog import Actor
from kinflow.web.doors import page
from kinflow.web.pictures.files import Kind, picture_file, saves_of

from ...access import may_see_people
from ...studio.pages.files import csv_file
from ...studio.spans import count, share
from ..frame import reader_of, tab_page
from ..logs import logs_of, processes_for
from ..paper import Paper, paper_for
from .drawing import drawn
from .grouping import Group
from .matrix import USUAL_LEAST, Asked, Cell, Function, Table, table_of
from .words import MEANINGS, SIGNS, WORDS, signs_in, teller

MOST_ROWS = 200
LEASTS = (1, 2, 5, 10, 25)
DEPTHS = {
    0: pgettext_lazy("how units are put together", "each by itself"),
    3: pgettext_lazy("how units are put together", "on the chart's third level"),
    2: pgettext_lazy("how units are put together", "on the chart's second level"),
}
HEADS = ("process", "function", "group", "does", "decides", "asked", "told", "times", "share_of_times")


@page
def functions_page(request: HttpRequest) -> HttpResponse:
    """The table that the address asks for: `process`, `rows`, `level`, `by` and `least`."""
    by = reader_of(request)
    table, asked, key = found_for(request, by, paper_for(by))
    context = {
        "processes": processes_for(by, only_ours=False),
        "process": key,
        "asked": asked,
        "least": round(100 * asked.least),
        "leasts": LEASTS,
        "depths": DEPTHS.items(),
        "sees_people": may_see_people(by),
        "heads": _heads(table),
        "groups": table.groups,
        "rows": _rows(table, asked),
        "beyond": _beyond(table),
        "legend": [(SIGNS[each], WORDS[each], MEANINGS[each]) for each in SIGNS],
        "saves": saves_of("/processes/structure/functions", f"?{request.GET.urlencode()}"),
    }
    return tab_page(request, "functions", "processes/structure/functions.html", **context)


def found_for(request: HttpRequest, by: Actor, paper: Paper) -> tuple[Table, Asked, str]:
    """The table that the address asks for, how it is looked at, and the process it is about ("" for all)."""
    asked, key = asked_by(request, by), request.GET.get("process", "")[:60]
    return table_of(logs_of(key, by), paper, asked), asked, key


def asked_by(request: HttpRequest, by: Actor) -> Asked:
    """How the address wants the table; positions only for who may see people, since many are held by one."""
    query = request.GET
    depth, least = query.get("level", ""), query.get("least", "")
    return Asked(
        by_position=query.get("rows") == "position" and may_see_people(by),
        depth=int(depth) if depth in {str(each) for each in DEPTHS} else 0,
        by_phase=query.get("by") == "phases",
        least=int(least) / 100 if least in {str(each) for each in LEASTS} else USUAL_LEAST,
    )


def _heads(table: Table) -> list[dict[str, Any]]:
    """The units above the columns, with how many columns each spans."""
    return [
        {"name": above, "span": len(list(groups))}
        for above, groups in groupby(table.groups, key=lambda group: group.above)
    ]


def _rows(table: Table, asked: Asked) -> list[dict[str, Any]]:
    """The rows of the most frequent functions; `first` names the process where it begins."""
    rows: list[dict[str, Any]] = []
    tell, units = _cell_of(), [_query("unit", group.units) for group in table.groups]
    for at, function in enumerate(table.functions[:MOST_ROWS]):
        is_first = not at or table.functions[at - 1].process_key != function.process_key
        cases = _cases(function, asked)
        cells = [table.cells.get((at, column)) for column in range(len(table.groups))]
        rows.append(
            {
                "first": function.process if is_first else "",
                "label": function.label,
                "url": cases,
                "is_decision": function.is_decision,
                "times": count(function.times),
                "nobody": share(function.by_nobody / function.times) if function.by_nobody else "",
                "cells": [
                    tell(cell, function, group) | {"url": cases + unit} if cell else None
                    for cell, group, unit in zip(cells, table.groups, units, strict=True)
                ],
            }
        )
    return rows


def _cell_of() -> Callable[[Cell, Function, Group], dict[str, Any]]:
    """What tells a cell in the reader's language, with its words looked up once."""
    told = teller()

    def tell(cell: Cell, function: Function, group: Group) -> dict[str, Any]:
        return {
            "signs": signs_in(cell),
            "title": told(cell, function, group),
            "heat": 0 if not cell.does else 1 + min(4, int(5 * cell.does / function.times)),
        }

    return tell


def _cases(function: Function, asked: Asked) -> str:
    """The cases that went through a function."""
    depth = "depth=phases&" if asked.by_phase else ""
    return f"/processes/{function.process_key}/cases/?{depth}{urlencode({'through': function.key})}"


def _query(name: str, values: Sequence[str]) -> str:
    """More of a query: each value under the same name."""
    return "".join(f"&{urlencode({name: value})}" for value in values)


def _beyond(table: Table) -> str:
    left = len(table.functions) - MOST_ROWS
    told = ngettext(
        "%(count)s more function stands in the CSV file only.",
        "%(count)s more functions stand in the CSV file only.",
        left,
    )
    return told % {"count": count(left)} if left > 0 else ""


@page
def functions_file(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The table as SVG, PNG or PDF."""
    by = reader_of(request)
    table, _asked, key = found_for(request, by, paper_for(by))
    called, process = _("Function table"), table.functions[0].process if key and table.functions else ""
    svg = drawn(
        table,
        MOST_ROWS,
        label=called,
        signs=signs_in,
        told=teller(),
        count=count,
        legend={SIGNS[sign]: str(WORDS[sign]) for sign in SIGNS},
    )
    return picture_file(svg, kind, called, title=called, note=process)


@page
def functions_csv(request: HttpRequest) -> HttpResponseBase:
    """The table as rows of function and group, with the counts."""
    by = reader_of(request)
    table, _asked, _key = found_for(request, by, paper_for(by))

    def rows() -> Iterator[list[Any]]:
        for (at, column), cell in sorted(table.cells.items()):
            function, group = table.functions[at], table.groups[column]
            yield [
                function.process,
                function.label,
                group.name,
                cell.does,
                cell.decides,
                cell.asked,
                cell.told,
                function.times,
                round(cell.does / function.times, 4),
            ]

    return csv_file("functions.csv", HEADS, rows())
