"""The blocks of long work that several workers share: laid out, taken by one worker at a time, given their results.

A worker is alone at a block by a lock that the database lets go of when the worker dies, and a block is given its results
once. All that is lost with a worker is the block it was at.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models

from ..alone import alone_at, nobody_at
from ..jobs import defer
from .models import WorkBlock
from .progress import kind_of

AFTER_OTHERS = -1
SPACE = zlib.crc32(b"work blocks") >> 1


def blocks_of(row: models.Model) -> "models.QuerySet[WorkBlock]":
    """The blocks of a row, in their order."""
    return WorkBlock.objects.filter(kind=kind_of(row), number=row.pk)


def open_blocks(row: models.Model) -> list[WorkBlock]:
    """What is still to be done, in its order."""
    return list(blocks_of(row).filter(results__isnull=True))


def has_free_block(row: models.Model, round_: int) -> bool:
    """Whether the round has a block that nobody is at."""
    return any(each.round == round_ and nobody_at(SPACE, each.pk) for each in open_blocks(row))


def results_of(row: models.Model) -> list[tuple[Any, Any]]:
    """Each part that was done, with what came of it, in their order."""
    return [
        pair
        for each in blocks_of(row).filter(results__isnull=False)
        for pair in zip(each.parts, json.loads(each.results or "[]"), strict=True)
    ]


def first_result(row: models.Model) -> Any:
    """What came of the first part; None where it is not known yet."""
    first = blocks_of(row).filter(place=0, results__isnull=False).last()
    return json.loads(first.results or "[]")[0] if first else None


@contextmanager
def taken(blocks: Sequence[WorkBlock]) -> Iterator[WorkBlock | None]:
    """One of the blocks for this worker alone, the first that nobody is at; None where all are taken or done."""
    for block in blocks:
        with alone_at(SPACE, block.pk) as is_ours:
            if is_ours and WorkBlock.objects.filter(pk=block.pk, results__isnull=True).exists():
                yield block
                return
    yield None


def give_results(block: WorkBlock, results: Sequence[Any], seconds: float) -> None:
    """Keep what came of a block, unless another worker did."""
    told = {"results": json.dumps(results), "seconds": seconds}
    WorkBlock.objects.filter(pk=block.pk, results__isnull=True).update(**told)


def ask_for_help(job: str, number: int, round_: int) -> None:
    """Have a worker do a block of the round, after what else waits."""
    defer(job, number=number, round=round_, priority=AFTER_OTHERS)


def forget_blocks(row: models.Model) -> None:
    """Nobody shares it any more."""
    blocks_of(row).delete()
