"""What a decision table leaves open, and where its rows meet: each with an example; no Django.

The values of each input fall into parts that no cell tells apart; a row is a set of such parts for each input. Rows meet
where they have a part in common for every input; a gap is a choice of parts that no row has. Gaps are looked for input by
input, each set of rows that is left once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

from .cells import DATE, LIST, NUMBER, ORDERED, YES_NO, Cell
from .tables import ANY, UNIQUE, Input, Table

MOST_STEPS = 200_000
MOST_TOLD = 5
MOST_IN_SETS = 4


class Else:
    """Any text that no cell names."""


ELSE = Else()


@dataclass(frozen=True)
class Part:
    """Values of an input that no cell tells apart; `example` is one of them, None a missing one, ELSE any other text."""

    example: Any


@dataclass(frozen=True)
class Overlap:
    """Two rows (from 0) that both hold, for instance for these values."""

    rows: tuple[int, int]
    example: tuple[Any, ...]


@dataclass(frozen=True)
class Covering:
    """Gaps as examples, a few of them, overlaps that the hit policy does not allow, and whether all was looked at."""

    gaps: tuple[tuple[Any, ...], ...]
    overlaps: tuple[Overlap, ...]
    is_whole: bool = True


def covering(table: Table) -> Covering:
    """The gaps and the forbidden overlaps of a table."""
    parts = [_parts(each, [row.when[at] for row in table.rows]) for at, each in enumerate(table.inputs)]
    masks = [
        [
            sum(1 << at for at, row in enumerate(table.rows) if _passes(row.when[column], part))
            for part in found
        ]
        for column, found in enumerate(parts)
    ]
    search = _Search(parts, masks)
    search.look(0, (1 << len(table.rows)) - 1, ())
    return Covering(tuple(search.found), tuple(_overlaps(table, parts, masks)), search.steps < MOST_STEPS)


class _Search:
    """The search for gaps, with what was looked at already."""

    def __init__(self, parts: Sequence[Sequence[Part]], masks: Sequence[Sequence[int]]) -> None:
        self.parts, self.masks = parts, masks
        self.found: list[tuple[Any, ...]] = []
        self.seen: set[tuple[int, int]] = set()
        self.steps = 0

    def look(self, column: int, left: int, chosen: tuple[Any, ...]) -> None:
        """Look for choices from the column on that leave no row of those left."""
        self.steps += 1
        if self.steps >= MOST_STEPS or len(self.found) >= MOST_TOLD or (column, left) in self.seen:
            return
        self.seen.add((column, left))
        if not left or column == len(self.parts):
            if not left:
                rest = tuple(each[0].example for each in self.parts[column:] if each)
                self.found.append((*chosen, *rest))
            return
        for part, mask in zip(self.parts[column], self.masks[column], strict=True):
            self.look(column + 1, left & mask, (*chosen, part.example))


def _overlaps(
    table: Table, parts: Sequence[Sequence[Part]], masks: Sequence[Sequence[int]]
) -> Iterator[Overlap]:
    if table.hit not in (UNIQUE, ANY):
        return
    told = 0
    for one, other in combinations(range(len(table.rows)), 2):
        if table.hit == ANY and table.rows[one].then == table.rows[other].then:
            continue
        both = 1 << one | 1 << other
        example = [
            next((p.example for p, mask in zip(found, of, strict=True) if mask & both == both), _NOTHING)
            for found, of in zip(parts, masks, strict=True)
        ]
        if all(each is not _NOTHING for each in example):
            yield Overlap((one, other), tuple(example))
            told += 1
            if told >= MOST_TOLD:
                return


_NOTHING = object()


def _passes(cell: Cell, part: Part) -> bool:
    if part.example is ELSE:
        return cell.is_any or (cell.negated and not cell.ranges)
    return cell.holds(part.example)


def _parts(asked: Input, cells: Sequence[Cell]) -> list[Part]:
    """The parts that the cells divide the values of an input into, of those that can come."""
    named = {value for cell in (*cells, asked.allowed) for value in cell.values}
    if asked.sort in ORDERED:
        examples: list[Any] = list(_ordered(asked, [*cells, asked.allowed], named))
    elif asked.sort == YES_NO:
        examples = [True, False]
    elif asked.sort == LIST:
        examples = _sets(sorted(named))
    else:
        examples = list(asked.choices) or [*sorted(named), ELSE]
    found = [Part(each) for each in examples if _passes(asked.allowed, Part(each))]
    if any(cell.missing for cell in cells):
        found.append(Part(None))
    return found


def _ordered(asked: Input, cells: Sequence[Cell], named: set[Any]) -> Iterator[Any]:
    """One value of each piece between the ends that the cells name, and the ends themselves."""
    ends = set(named)
    for cell in cells:
        for each in cell.ranges:
            ends |= {end for end in (each.low, each.high) if end is not None}
    if not ends:
        yield date(2026, 1, 1) if asked.sort == DATE else Decimal(0)
        return
    order = sorted(ends)
    yield _step(order[0], -1)
    for before, after in pairwise(order):
        yield before
        if (between := _between(before, after, asked)) is not None:
            yield between
    yield order[-1]
    yield _step(order[-1], 1)


def _step(value: Any, by: int) -> Any:
    if not isinstance(value, date):
        return value + by
    within = date.min < value < date.max
    return value + timedelta(days=by) if within else value


def _between(before: Any, after: Any, asked: Input) -> Any:
    if asked.sort == NUMBER:
        middle = (before + after) / 2
        if not asked.whole:
            return middle
        return before + 1 if after - before > 1 else None
    return before + timedelta(days=1) if (after - before).days > 1 else None


def _sets(named: list[str]) -> list[Any]:
    """The sets that a list can be, as far as cells tell them apart."""
    most = len(named) if len(named) <= MOST_IN_SETS else 1
    found: list[Any] = [chosen for size in range(1, most + 1) for chosen in combinations(named, size)]
    return [*found, ("…",)]
