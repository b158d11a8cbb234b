"""Rounds of a search: what is played next lies as blocks in the database, for any worker; results are taken together.

What a play comes to follows from the seed of the search, the combination and the replication, so that nothing depends on
who plays what, and when. A worker is alone at a block by a lock that the database lets go of when the worker dies, and a
block is given its results once. When no block of a round is open, whoever sees it opens the next: worked out from the
points, and kept where these are still the same. All that is lost with a worker is the block it was at.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from django.db import transaction

from kinflow.eventlog import hold
from kinflow.records.alone import alone_at
from kinflow.records.jobs import defer

from .actions import JOB
from .dominance import Point
from .models import MoveSearch, SearchBlock, SearchPoint

BLOCK_SECONDS = 1.0
"""What a block is to take, by what plays took in the round before."""
HELP_JOB = f"{JOB}_with_others"
MOST_HELPERS = 31
AFTER_OTHERS = -1
SPACE = zlib.crc32(HELP_JOB.encode()) >> 1
Plays = list[tuple[int, int]]
Results = list[tuple[float, float]]


def points_of(row: MoveSearch) -> list[Point]:
    """What was tried, in its order, with all that was played so far without a gap."""
    points = [
        Point(tuple(each.choice), each.cost, _read(each.plays), each.target, each.is_possible)
        for each in row.points.all()
    ]
    played: dict[tuple[int, int], tuple[float, float]] = {}
    for block in row.blocks.filter(results__isnull=False):
        played.update(zip(map(tuple, block.plays), _read(block.results or ()), strict=True))
    return [replace(each, plays=_followed(place, each, played)) for place, each in enumerate(points)]


def _followed(
    place: int, point: Point, played: Mapping[tuple[int, int], tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    plays = list(point.plays)
    while (known := played.get((place, len(plays)))) is not None:
        plays.append(known)
    return tuple(plays)


def _read(plays: Sequence[Sequence[float | None]]) -> tuple[tuple[float, float], ...]:
    return tuple((np.nan if a is None else a, np.nan if b is None else b) for a, b in plays)


def _written(plays: Sequence[tuple[float, float]]) -> list[list[float | None]]:
    return [[float(value) if np.isfinite(value) else None for value in play] for play in plays]


@contextmanager
def taken(blocks: Sequence[SearchBlock]) -> Iterator[SearchBlock | None]:
    """One of the blocks for this worker alone, the first that nobody is at; None where all are taken or played."""
    for block in blocks:
        with alone_at(SPACE, block.pk) as is_ours:
            if is_ours and SearchBlock.objects.filter(pk=block.pk, results__isnull=True).exists():
                yield block
                return
    yield None


def give_results(block: SearchBlock, results: Results, seconds: float) -> None:
    """Keep what came of a block, unless another worker did."""
    SearchBlock.objects.filter(pk=block.pk, results__isnull=True).update(
        results=_written(results), seconds=seconds
    )


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
        last = list(row.blocks.all())
        row.blocks.all().delete()
        size, number = _size(last), last[-1].round + 1 if last else 1
        plays = _wanting(points)
        SearchBlock.objects.bulk_create(
            SearchBlock(search=row, round=number, place=place, plays=plays[first : first + size])
            for place, first in enumerate(range(0, len(plays), size))
        )
        helpers = min(MOST_HELPERS, -(-len(plays) // size) - 1)
        for _one in range(helpers):
            ask_for_help(row.pk, number)


def ask_for_help(number: int, round_: int) -> None:
    """Have a worker play a block of the round, after what else waits."""
    defer(HELP_JOB, number=number, round=round_, priority=AFTER_OTHERS)


def open_blocks(row: MoveSearch) -> list[SearchBlock]:
    """What of the round is still to be played, in its order."""
    return list(row.blocks.filter(results__isnull=True))


def _size(last: Sequence[SearchBlock]) -> int:
    """Plays of a block; one by one where nobody knows yet what one takes."""
    count = sum(len(each.plays) for each in last)
    seconds = sum(each.seconds or 0.0 for each in last)
    return max(1, int(BLOCK_SECONDS * count / max(seconds, 1e-6))) if count else 1


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
