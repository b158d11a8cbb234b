"""How the worker does long work together with others: block by block, each as soon as nobody is at it.

What a part comes to must follow from the row and the part alone, so that nothing depends on who does what, and when. Who
begins works alone as long as little is left; more is laid out in blocks for all. A double job finds them there.
"""

import json
from collections.abc import Callable, Sequence
from math import inf
from time import perf_counter
from typing import Any

from django.db import transaction

from kinflow.eventlog import hold

from .blocks import ask_for_help, blocks_of, give_results, open_blocks, results_of, taken
from .models import LongWork, WorkBlock
from .progress import kind_of
from .works import Told, works

BLOCK_SECONDS = 1.0
"""What a block is to take, by what its parts took before."""
WORTHWHILE = 3.0
"""Others are asked where so many seconds' work is left: less is done sooner by who is at it."""
MOST_HELPERS = 31


def shared(row: LongWork, total: int, do: Callable[[int], Any], told: Told, stage: str) -> list[Any] | None:
    """What came of the parts 0 to `total`, in their order; what `do` says of each must be JSON.

    None where it was told to stop, or others do the rest and go on from there.
    """

    def heard(done: int) -> bool:
        return told(done / total, stage, done, total)

    if not blocks_of(row).exists():
        found = _alone(row, total, do, heard)
        if found is None or len(found) == total:
            return found
    if not do_blocks(row, lambda parts: [do(each) for each in parts], lambda left: heard(total - left)):
        return None
    results = [result for _part, result in results_of(row)]
    return results if len(results) == total else None


def _alone(
    row: LongWork, total: int, do: Callable[[int], Any], heard: Callable[[int], bool]
) -> list[Any] | None:
    """What came of the parts that were done alone: of all, where it was not worthwhile to lay out the rest."""
    found: list[Any] = []
    began, least = perf_counter(), inf
    for part in range(total):
        if not heard(part):
            return None
        before = perf_counter()
        found.append(do(part))
        now = perf_counter()
        least = min(least, now - before)
        # The first part may have waited for machine code to be made or loaded: it says nothing of the others.
        if part and now - began >= BLOCK_SECONDS and least * (total - len(found)) >= WORTHWHILE:
            _lay_out_rest(row, total, found, least)
            break
    return found


def _lay_out_rest(row: LongWork, total: int, done: Sequence[Any], seconds: float) -> None:
    """Nothing where somebody did it already, or the work ended."""
    with transaction.atomic():
        row = hold(row)
        if row.is_running and not blocks_of(row).exists():
            lay_out(row, range(total), size_of(len(done), seconds * len(done)), done)


def do_blocks(
    row: LongWork, do: Callable[[Sequence[Any]], Sequence[Any]], heard: Callable[[int], bool]
) -> bool:
    """Do what nobody is at. Whether all is done then: not where others are at the rest, or it was told to stop.

    `do` does some parts, and says what came of each; `heard` hears how many are open, and says whether to go on.
    """
    while blocks := open_blocks(row):
        with taken(blocks) as block:
            if block is None or not heard(sum(len(each.parts) for each in blocks)):
                return False
            began = perf_counter()
            results = do(block.parts)
            give_results(block, results, perf_counter() - began)
    return True


def size_of(parts: int, seconds: float) -> int:
    """How many parts make a block, where so many took so long; one where nobody knows yet."""
    return max(1, int(BLOCK_SECONDS * parts / max(seconds, 1e-6))) if parts else 1


def lay_out(row: LongWork, parts: Sequence[Any], size: int, done: Sequence[Any] = ()) -> None:
    """Keep the next round in place of the last, in blocks of so many parts, with help from other workers.

    `done` is what came of the first parts already. The caller holds the row.
    """
    last, job = blocks_of(row).last(), works[type(row)].help_job
    number = last.round + 1 if last else 1
    blocks_of(row).delete()
    cuts = [*([0] if done else []), *range(len(done), len(parts), size), len(parts)]
    blocks = [
        WorkBlock(kind=kind_of(row), number=row.pk, round=number, place=place, parts=[*parts[first:end]])
        for place, (first, end) in enumerate(zip(cuts, cuts[1:], strict=False))
    ]
    if done:
        blocks[0].results = json.dumps(done)
    WorkBlock.objects.bulk_create(blocks)
    for _helper in range(min(MOST_HELPERS, len(blocks) - bool(done) - 1)):
        ask_for_help(job, row.pk, number)
