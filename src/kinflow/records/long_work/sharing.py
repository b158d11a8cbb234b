"""How the worker does long work together with others: block by block, each as soon as nobody is at it.

What a part comes to must follow from the row and the part alone, so that nothing depends on who does what, and when. Who
begins works alone as long as little is left; more is laid out in blocks for all. A double job finds them there.
"""

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
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
FEW = 4
"""Fewer parts say little of how long others take, unless each takes long."""
MOST_HELPERS = 31


@dataclass(frozen=True)
class Parts:
    """What is to be done: so many parts; `do` says what comes of one, as JSON; `needs` names what parts have in common
    that takes its time to be made, once in a worker."""

    count: int
    do: Callable[[int], Any]
    needs: Callable[[int], Hashable]


def shared(row: LongWork, parts: Parts, told: Told, stage: str) -> list[Any] | None:
    """What came of all parts, in their order; None where it was told to stop, or others do the rest and go on."""

    def heard(done: int) -> bool:
        return told(done / parts.count, stage, done, parts.count)

    if not blocks_of(row).exists():
        found = _alone(row, parts, heard)
        if found is None or len(found) == parts.count:
            return found
    if not do_blocks(
        row, lambda some: [parts.do(each) for each in some], lambda left: heard(parts.count - left)
    ):
        return None
    results = [result for _part, result in results_of(row)]
    return results if len(results) == parts.count else None


def _alone(row: LongWork, parts: Parts, heard: Callable[[int], bool]) -> list[Any] | None:
    """What came of the parts that were done alone: of all, where it was not worthwhile to lay out the rest."""
    found: list[Any] = []
    took: list[float] = []
    for part in range(parts.count):
        if not heard(part):
            return None
        began = perf_counter()
        found.append(parts.do(part))
        took.append(perf_counter() - began)
        if _says_enough(took) and sum(costs := _costs(parts, took)) >= WORTHWHILE and part + 1 < parts.count:
            _lay_out_rest(row, found, costs)
            break
    return found


def _says_enough(took: Sequence[float]) -> bool:
    """Whether what was done tells of the rest: the first parts may have waited for machine code and what they need."""
    return len(took) > 1 and sum(took) >= BLOCK_SECONDS and (len(took) >= FEW or min(took) >= WORTHWHILE)


def _costs(parts: Parts, took: Sequence[float]) -> list[float]:
    """What each part that is left is to take: as long as the quickest, and more where it first needs something."""
    first: dict[Hashable, int] = {}
    for part in range(parts.count):
        first.setdefault(parts.needs(part), part)
    least = min(took)
    firsts = [took[part] - least for part in first.values() if part < len(took)]
    more = median(firsts[1:] or firsts)
    left = range(len(took), parts.count)
    return [least + (more if first[parts.needs(part)] == part else 0.0) for part in left]


def _lay_out_rest(row: LongWork, done: Sequence[Any], costs: Sequence[float]) -> None:
    """Nothing where somebody did it already, or the work ended."""
    with transaction.atomic():
        row = hold(row)
        if row.is_running and not blocks_of(row).exists():
            lay_out(row, [range(len(done)), *_cut(len(done), costs)], done)


def _cut(start: int, costs: Sequence[float]) -> Iterator[range]:
    """Blocks of about a second; where something new is needed, rather earlier than in the midst of what needs it."""
    first, whole, least = start, 0.0, min(costs)
    for part, cost in enumerate(costs, start):
        if whole and whole >= (BLOCK_SECONDS / 2 if cost > least else BLOCK_SECONDS):
            yield range(first, part)
            first, whole = part, 0.0
        whole += cost
    yield range(first, start + len(costs))


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


def lay_out(row: LongWork, blocks: Sequence[Sequence[Any]], done: Sequence[Any] = ()) -> None:
    """Keep the next round in place of the last, these parts by block, with help from other workers.

    `done` is what came of the first block already. The caller holds the row.
    """
    last, job = blocks_of(row).last(), works[type(row)].help_job
    number = last.round + 1 if last else 1
    blocks_of(row).delete()
    made = [
        WorkBlock(kind=kind_of(row), number=row.pk, round=number, place=place, parts=[*parts])
        for place, parts in enumerate(blocks)
    ]
    if done:
        made[0].results = json.dumps(done)
    WorkBlock.objects.bulk_create(made)
    for _helper in range(min(MOST_HELPERS, len(made) - bool(done) - 1)):
        ask_for_help(job, row.pk, number)
