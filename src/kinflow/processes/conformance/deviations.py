"""What cases do otherwise than a model: which step was skipped, done extra or at the wrong place, in which
cases, at what cost.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ..columns import EventColumns
from .aligning import Alignment, Move
from .judging import Judgement

SECOND = 1e6


class Kind(StrEnum):
    """How a case deviates at a step."""

    SKIPPED = "skipped"
    EXTRA = "extra"
    MISPLACED = "misplaced"


@dataclass(frozen=True)
class Deviation:
    """One way of deviating: at which step, how often, in which cases, and what it goes with.

    `cost` are the deviating moves it makes up in all alignments; `seconds_with` and `seconds_without` the
    median durations of cases with and without it (None where there are none); `work_seconds` the work spent on
    steps the model does not ask for.
    """

    kind: Kind
    step: str
    times: int
    cost: int
    cases: NDArray[np.int64]
    seconds_with: float | None
    seconds_without: float | None
    work_seconds: float


def deviations_of(alignment: Alignment) -> Counter[tuple[Kind, str]]:
    """How often a case deviates in which way; a step both skipped and done elsewhere was done at the wrong place."""
    skipped = Counter(step for move, step in alignment.moves if move is Move.SKIPPED)
    extra = Counter(step for move, step in alignment.moves if move is Move.EXTRA)
    found: Counter[tuple[Kind, str]] = Counter()
    for step in skipped | extra:
        both = min(skipped[step], extra[step])
        for kind, count in (
            (Kind.MISPLACED, both),
            (Kind.SKIPPED, skipped[step] - both),
            (Kind.EXTRA, extra[step] - both),
        ):
            if count:
                found[kind, step] = count
    return found


def all_deviations(columns: EventColumns, judgement: Judgement) -> list[Deviation]:
    """All ways of deviating, those of most cases first."""
    times: Counter[tuple[Kind, str]] = Counter()
    cases: dict[tuple[Kind, str], list[NDArray[np.int64]]] = {}
    work: Counter[tuple[Kind, str]] = Counter()
    is_judged = np.zeros(columns.cases, np.bool_)
    for one in judgement.judged:
        if not one.alignment:
            continue
        is_judged[one.variant.cases] = True
        spent = dict(_work(columns, one.alignment, one.variant.cases)) if one.alignment.cost else {}
        for key, count in deviations_of(one.alignment).items():
            times[key] += count * len(one.variant.cases)
            cases.setdefault(key, []).append(one.variant.cases)
            if key[0] is Kind.EXTRA:
                work[key] += spent.get(key[1], 0)
    took = _durations(columns)
    found = []
    for (kind, step), count in times.items():
        with_it = np.sort(np.concatenate(cases[kind, step]))
        without = is_judged.copy()
        without[with_it] = False
        found.append(
            Deviation(
                kind=kind,
                step=step,
                times=count,
                cost=count * (2 if kind is Kind.MISPLACED else 1),
                cases=with_it,
                seconds_with=_median(took[with_it]),
                seconds_without=_median(took[without]),
                work_seconds=work[kind, step] / SECOND,
            )
        )
    return sorted(found, key=lambda each: (-len(each.cases), each.kind, each.step))


def _durations(columns: EventColumns) -> NDArray[np.float64]:
    """From the first beginning to the last end of each case, in seconds; 0 for cases without events."""
    took = np.zeros(columns.cases)
    filled = np.diff(columns.offsets) > 0
    first, last = columns.offsets[:-1][filled], columns.offsets[1:][filled] - 1
    took[filled] = (columns.at[last] - columns.begun_at[first]) / SECOND
    return took


def _median(values: NDArray[np.float64]) -> float | None:
    return float(np.median(values)) if len(values) else None


def _work(columns: EventColumns, alignment: Alignment, cases: NDArray[np.int64]) -> Iterator[tuple[str, int]]:
    """The work on steps that were done extra, over all cases of a variant, in microseconds."""
    position = 0
    spent: Counter[str] = Counter()
    for move, step in alignment.moves:
        if move is Move.EXTRA:
            events = columns.offsets[cases] + position
            spent[step] += int((columns.at[events] - columns.begun_at[events]).sum())
        position += move is not Move.SKIPPED
    yield from spent.items()
