"""The API of the organisation as it is: chart, function table, paper against log, decisions."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kinflow.eventlog import Actor

from ..access import may_see_people
from ..definitions.reading import refuse_strangers
from .api_answers import ChartOut, DecisionsOut, FunctionsOut, NetworkOut
from .chart.drawing import totals_of
from .decisions.centres import Decision
from .decisions.pages import centres_for, hidden_layers
from .functions.matrix import Asked, Table, table_of
from .hierarchy import branches_of, layers_of, people_here, spans_of
from .logs import logs_of
from .network.analysis import Network, Tie
from .network.keeping import network_for, people_ties_for
from .paper import Paper, paper_for

router = Router(tags=["processes"])
MOST_TIES = 500


class ProcessAsked(Schema):
    """Of which process."""

    process: str = Field(
        "", max_length=60, description="A process of our own log, by key or number; without it, all."
    )


class FunctionsAsked(Schema):
    """Of which process, and how the table is to be looked at."""

    process: str = Field(
        "", max_length=60, description="A process by key or number; without it, all of our own log."
    )
    rows: Literal["unit", "position"] = Field(
        "unit", description="Positions only for who may see single people."
    )
    level: int = Field(
        0, ge=0, le=20, description="Level of the chart on which units are put together; 0: none are."
    )
    by: Literal["steps", "phases"] = "steps"
    least: float = Field(
        0.05, ge=0, le=1, description="Cells below this share of a function's times are left out."
    )


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    refuse_strangers(by)
    return by


@router.get("/structure/chart", response=ChartOut, summary="The organisation on paper")
def get_chart(request: HttpRequest) -> dict[str, Any]:
    """Units, layers and spans of control, by branch."""
    paper = paper_for(_by(request))
    totals, spans = totals_of(paper), spans_of(paper)
    return {
        "units": [_unit(paper, pk, totals.get(pk, 0)) for pk in paper.order],
        "layers": max(layers_of(paper.boss, people_here(paper)).values(), default=0),
        "branches": [vars(each) for each in branches_of(paper)],
        "managers": [{"person": pk, "reports": reports} for pk, reports in sorted(spans.items())],
    }


def _unit(paper: Paper, pk: int, total: int) -> dict[str, Any]:
    unit = paper.units[pk]
    return {
        "id": pk,
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.parent,
        "lead": unit.lead,
        "people": len(paper.staff.get(pk, ())),
        "people_with_all_below": total,
    }


@router.get("/structure/functions", response=FunctionsOut, summary="The function table")
def get_functions(request: HttpRequest, asked: Query[FunctionsAsked]) -> dict[str, Any]:
    """Which unit or position does, decides, is asked and is told, by function."""
    by = _by(request)
    looked = Asked(
        asked.rows == "position" and may_see_people(by), asked.level, asked.by == "phases", asked.least
    )
    table = table_of(logs_of(asked.process, by), paper_for(by), looked)
    return {
        "rows": "position" if looked.by_position else "unit",
        "groups": [{"key": each.key, "name": each.name, "above": each.above} for each in table.groups],
        "functions": [_function(table, at) for at in range(len(table.functions))],
    }


def _function(table: Table, at: int) -> dict[str, Any]:
    cells = [
        {"group": table.groups[column].key, **vars(cell)}
        for column in range(len(table.groups))
        if (cell := table.cells.get((at, column))) is not None
    ]
    return {**vars(table.functions[at]), "cells": cells}


@router.get("/structure/network", response=NetworkOut, summary="Paper against log", by_alias=True)
def get_network(request: HttpRequest, asked: Query[ProcessAsked]) -> dict[str, Any]:
    """Hand-overs between units against the chart and against chance; between people for who may see them."""
    by = _by(request)
    paper, logs = paper_for(by), _ours(asked.process, by)
    found = network_for(logs, paper)
    ties = people_ties_for(logs, found, paper) if may_see_people(by) else None
    return {
        "handovers": found.total,
        "ways": [vars(each) for each in (*found.ways, found.reporting)],
        "ties": [_tie(each) for each in found.ties[:MOST_TIES]],
        "people_ties": None if ties is None else [_tie(each) for each in ties[:MOST_TIES]],
        "units": [vars(each) for each in found.insides],
        "communities": _communities(found, paper),
    }


def _ours(process: str, by: Actor) -> list[Any]:
    """The logs of ours that are asked for; those of other systems know no chart."""
    return [log for log in logs_of(process, by) if log.is_ours]


def _tie(tie: Tie) -> dict[str, Any]:
    return {**vars(tie), "from": tie.giver, "to": tie.taker}


def _communities(found: Network, paper: Paper) -> dict[str, Any]:
    known = found.communities
    units = [[paper.people[pk].unit for pk in members] for members in known.members]
    return {
        "modularity": known.modularity,
        "by_chance": known.by_chance,
        "is_real": known.is_real,
        "units": vars(known.units),
        "divisions": vars(known.divisions),
        "members": [
            [{"unit": unit, "people": own.count(unit)} for unit in sorted(set(own))]
            for own in units
            if len(own) > 1
        ],
    }


@router.get("/structure/decisions", response=DecisionsOut, summary="Where decisions are made")
def get_decisions(request: HttpRequest, asked: Query[ProcessAsked]) -> dict[str, Any]:
    """Decisions by layer of the chart, by distance from who asked, and by unit."""
    by = _by(request)
    found = centres_for(_ours(asked.process, by), paper_for(by))
    hidden = hidden_layers(found, by)
    return {
        "people_by_layer": found.staff,
        "decisions": [_decision(each, hidden) for each in found.decisions],
    }


def _decision(each: Decision, hidden: frozenset[int]) -> dict[str, Any]:
    layers = {layer: times for layer, times in each.by_layer.items() if layer not in hidden}
    return {**vars(each), "by_layer": layers, "wait_seconds": each.wait}
