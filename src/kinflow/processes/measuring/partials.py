"""A log measured part by part: figures of each part under keys, and how those of one key become one.

Parts have whole cases, so that everything but the spread of times adds up. Median and p90 do not: the times of each
arrow are brought together and ranked once, so that they are those of the whole log, exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns, ready

from .clock import Clock
from .follows import Follows, spans_of
from .overview import Measured, Names
from .pairs import find_pairs
from .spreads import Spread, spread_of_all
from .steps import Steps, durations, steps
from .variants import variants

STEPS, VARIANT, CASES = "steps", "variant", "cases"
FOLLOWS, BY_RESOURCE, BY_UNIT = "follows", "resource", "unit"
Key = tuple[str, int | bytes]
"""What is measured, and of which pair of codes or which steps (their codes as bytes)."""
Row = tuple[Key, Any]
FIGURES = ("total", "mean", "median", "p90", "least", "most")


def partial_rows(
    columns: EventColumns, first_case: int, clock: Clock | None, handover_times: bool
) -> Iterator[Row]:
    """The figures of one part, whose first case is this one of the log's; each key comes once."""
    done = steps(columns)
    yield (STEPS, 0), np.stack([done.count, done.cases, done.start, done.end])
    yield (CASES, 0), durations(columns, clock=clock)
    found, offsets = variants(columns), columns.offsets
    for example, count in zip(found.example.tolist(), found.count.tolist(), strict=True):
        codes = columns.activity[offsets[example] : offsets[example + 1]]
        yield (VARIANT, codes.tobytes()), (count, first_case + example)
    yield from _arrow_rows(FOLLOWS, columns, columns.activity, len(columns.activities), clock, timed=True)
    for kind, codes, base in (
        (BY_RESOURCE, columns.resource, len(columns.resources)),
        (BY_UNIT, columns.unit, len(columns.units)),
    ):
        yield from _arrow_rows(kind, columns, codes, base, clock, timed=handover_times)


def _arrow_rows(
    kind: str, columns: EventColumns, codes: NDArray[np.int32], base: int, clock: Clock | None, *, timed: bool
) -> Iterator[Row]:
    """The times along each arrow, or how often it was taken; hand-overs to oneself are none."""
    pairs = find_pairs(ready(columns.offsets), ready(codes), base)
    spans, start = spans_of(columns, codes, base, pairs, "begin", clock) if timed else (None, None)
    for number, (pair, count) in enumerate(zip(pairs.pair.tolist(), pairs.often.tolist(), strict=True)):
        if kind != FOLLOWS and pair // base == pair % base:
            continue
        if spans is None or start is None:
            yield (kind, pair), count
        else:
            yield (kind, pair), spans[start[number] : start[number + 1]].copy()


def merged_row(key: Key, values: Iterable[Any]) -> Row:
    """What the values of one key are together."""
    kind, parts = key[0], list(values)
    if kind == STEPS:
        return key, np.sum(parts, axis=0)
    if kind == VARIANT:
        return key, (sum(count for count, _first in parts), min(first for _count, first in parts))
    if isinstance(parts[0], int):
        return key, (sum(parts), *[np.nan] * len(FIGURES))
    times = spread_of_all(np.concatenate(parts))
    return key, (int(times.count[0]), *(float(getattr(times, name)[0]) for name in FIGURES))


def measured_of(rows: Iterable[Row], names: Names, cases: int, most_variants: int | None) -> Measured:
    """The measures of the whole log from merged rows."""
    by_kind: dict[str, list[tuple[Any, Any]]] = {}
    for (kind, of), value in rows:
        by_kind.setdefault(kind, []).append((of, value))
    found, paths = by_kind[STEPS][0][1], by_kind.get(VARIANT, [])
    return Measured(
        cases=cases,
        events=int(found[0].sum()),
        steps=Steps(*found),
        variants=[
            (_steps(codes, names.activities), count)
            for codes, (count, _first) in sorted(paths, key=_most_frequent_first)[:most_variants]
        ],
        variant_count=len(paths),
        follows=_arrows(by_kind.get(FOLLOWS, []), len(names.activities)),
        handovers=_arrows(by_kind.get(BY_RESOURCE, []), len(names.resources)),
        unit_handovers=_arrows(by_kind.get(BY_UNIT, []), len(names.units)),
        durations=_spread([by_kind[CASES][0][1]]),
    )


def _most_frequent_first(path: tuple[Any, tuple[int, int]]) -> tuple[int, int]:
    """The place of a variant: by its cases, of equals the one whose first case comes first."""
    count, first = path[1]
    return -count, first


def _steps(codes: Any, names: Sequence[str]) -> list[str]:
    return [names[code] for code in np.frombuffer(codes, np.int32).tolist()]


def _arrows(rows: list[tuple[Any, Any]], base: int) -> Follows:
    pair = np.array([of for of, _figures in rows], np.int64)
    times = _spread([figures for _of, figures in rows])
    return Follows(
        (pair // max(base, 1)).astype(np.int32), (pair % max(base, 1)).astype(np.int32), times.count, times
    )


def _spread(rows: Sequence[tuple[Any, ...]]) -> Spread:
    count = np.array([row[0] for row in rows], np.int64)
    figures = np.array([row[1:] for row in rows], np.float64).reshape(-1, len(FIGURES))
    return Spread(count, *figures.T)
