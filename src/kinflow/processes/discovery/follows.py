"""What directly follows what in a log, counted: all that discovery reads of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..columns import EventColumns, ready
from ..measuring.pairs import find_pairs


@dataclass(frozen=True)
class DirectlyFollows:
    """Of n activities, by their codes: how often b came directly after a, a began a case, a ended one; and
    cases without events.
    """

    activities: tuple[str, ...]
    edges: Mapping[tuple[int, int], int]
    start: Mapping[int, int]
    end: Mapping[int, int]
    empty: int = 0

    @property
    def occurring(self) -> list[int]:
        """The codes of activities that occur at all."""
        return sorted({code for edge in self.edges for code in edge} | set(self.start) | set(self.end))


def directly_follows(columns: EventColumns) -> DirectlyFollows:
    """The directly-follows graph of a log, in one pass over its columns."""
    kinds = len(columns.activities)
    filled = np.diff(columns.offsets) > 0
    pairs = find_pairs(ready(columns.offsets), ready(columns.activity), kinds)
    starts = columns.activity[columns.offsets[:-1][filled]]
    ends = columns.activity[columns.offsets[1:][filled] - 1]
    return DirectlyFollows(
        activities=tuple(columns.activities),
        edges={
            divmod(pair, kinds): count
            for pair, count in sorted(zip(pairs.pair.tolist(), pairs.often.tolist(), strict=True))
        },
        start=_counted(starts),
        end=_counted(ends),
        empty=int((~filled).sum()),
    )


def _counted(codes: np.ndarray) -> dict[int, int]:
    values, counts = np.unique(codes, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))
