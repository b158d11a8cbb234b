"""What directly follows what in a log, counted: all that discovery reads of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..columns import EventColumns


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
    activity = columns.activity.astype(np.int64)
    lengths = np.diff(columns.offsets)
    filled = lengths > 0
    within = columns.case[1:] == columns.case[:-1]
    pairs, counts = np.unique((activity[:-1] * kinds + activity[1:])[within], return_counts=True)
    starts = activity[columns.offsets[:-1][filled]]
    ends = activity[columns.offsets[1:][filled] - 1]
    return DirectlyFollows(
        activities=tuple(columns.activities),
        edges={
            divmod(pair, kinds): count for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True)
        },
        start=_counted(starts),
        end=_counted(ends),
        empty=int((~filled).sum()),
    )


def _counted(codes: np.ndarray) -> dict[int, int]:
    values, counts = np.unique(codes, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))
