"""Rounds of a search: what is played next lies as blocks in the database, for any worker; results are taken together.

What a play comes to follows from the seed of the search, the combination and the replication. When no block of a round is
open, whoever sees it opens the next: worked out from the points, and kept where these are still the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from django.db import transaction

from kinflow.eventlog import hold
from kinflow.records.long_work.blocks import blocks_of, open_blocks, results_of
from kinflow.records.long_work.sharing import lay_out, size_of

from .dominance import Point
from .models import MoveSearch, SearchPoint

Plays = list[tuple[int, int]]


def points_of(row: MoveSearch) -> list[Point]:
    """What was tried, in its order, with all that was played so far without a gap."""
    points = [
        Point(tuple(each.choice), each.cost, _read(each.plays), each.target, each.is_possible)
        for each in row.points.all()
    ]
    results = results_of(row)
    plays = _read([result for _play, result in results])
    played = dict(zip(((place, number) for (place, number), _result in results), plays, strict=True))
    return [replace(each, plays=_followed(place, each, played)) for place, each in enumerate(points)]


def _followed(
    place: int, point: Point, played: Mapping[tuple[int, int], tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    plays = list(point.plays)
    while (known := played.get((place, len(plays)))) is not None:
        plays.append(known)
    return tuple(plays)


def _read(plays: Sequence[Sequence[float | None]]) -> tuple[tuple[float, float], ...]:
    return tuple((_number(a), _number(b)) for a, b in plays)


def _number(value: float | None) -> float:
    """The one that is none is the same everywhere, so that points can be compared."""
    return value if value is not None and np.isfinite(value) else np.nan


def _written(plays: Sequence[tuple[float, float]]) -> list[list[float | None]]:
    return [[float(value) if np.isfinite(value) else None for value in play] for play in plays]


def open_round(row: MoveSearch, before: Sequence[Point], wanted: Sequence[Point]) -> None:
    """Keep the next round, with help from other workers; nothing where somebody opened it already, or it ended.

    `before` are the points from which `wanted` was worked out.
    """
    with transaction.atomic():
        row = hold(row)
        if not row.is_running or open_blocks(row) or points_of(row) != list(before):
            return
        points = list({each.choice: each for each in (*before, *wanted)}.values())
        _keep(row, points)
        last = blocks_of(row)
        size = size_of(sum(len(each.parts) for each in last), sum(each.seconds or 0.0 for each in last))
        plays = _wanting(points)
        lay_out(row, [plays[first : first + size] for first in range(0, len(plays), size)])


def _wanting(points: Sequence[Point]) -> Plays:
    return [
        (place, replication)
        for place, point in enumerate(points)
        if point.is_possible
        for replication in range(len(point.plays), point.target)
    ]


def _keep(row: MoveSearch, points: Sequence[Point]) -> None:
    SearchPoint.objects.bulk_create(
        [
            SearchPoint(
                search=row,
                place=place,
                choice=list(point.choice),
                cost=point.cost,
                plays=_written(point.plays),
                target=point.target,
                is_possible=point.is_possible,
            )
            for place, point in enumerate(points)
        ],
        update_conflicts=True,
        unique_fields=["search", "place"],
        update_fields=["cost", "plays", "target", "is_possible"],
    )
