"""Which unit does which step how often, and what is handed from one to another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ....columns import EventColumns
from ....columns.events import NOBODY
from ....measuring.follows import handovers

Renamed = Callable[[str], str]


@dataclass(frozen=True)
class Doing:
    """One step: how often it was done by each lane, the lane that does it most first."""

    step: str
    by: tuple[tuple[str, int], ...]

    @property
    def lane(self) -> str:
        """The lane in which it is drawn."""
        return self.by[0][0]

    @property
    def times(self) -> int:
        """How often it was done at all."""
        return sum(times for _lane, times in self.by)

    @property
    def share(self) -> float:
        """Which part of it its lane does."""
        return self.by[0][1] / self.times


@dataclass(frozen=True)
class Handover:
    """How often a case went from one lane to another, and how long it usually waited until it was taken up."""

    source: str
    target: str
    times: int
    median_seconds: float


def in_lanes(columns: EventColumns, lane_of: Renamed) -> EventColumns:
    """The log with lanes instead of units; several units may be one lane."""
    names = [lane_of(unit) for unit in columns.units]
    lanes = sorted(set(names))
    table = np.array([*(lanes.index(name) for name in names), NOBODY], np.int32)
    return replace(columns, unit=table[columns.unit], units=lanes)


def doings_of(columns: EventColumns, nobody: str) -> list[Doing]:
    """The steps with who does them, most done first; `nobody` is the lane of what no unit did.

    Nothing at all where no unit is known.
    """
    if not len(columns.units) or not (columns.unit >= 0).any():
        return []
    lanes = [*columns.units, nobody]
    unit = np.where(columns.unit >= 0, columns.unit, len(columns.units)).astype(np.int64)
    size = len(columns.activities) * len(lanes)
    counts = np.bincount(columns.activity.astype(np.int64) * len(lanes) + unit, minlength=size)
    found = []
    for step, row in zip(columns.activities, counts.reshape(-1, len(lanes)), strict=True):
        by = sorted(((lanes[at], int(row[at])) for at in np.flatnonzero(row)), key=lambda pair: -pair[1])
        if by:
            found.append(Doing(step, tuple(by)))
    return sorted(found, key=lambda doing: (-doing.times, doing.step))


def handovers_of(columns: EventColumns) -> list[Handover]:
    """What goes from one lane to another, most frequent first. What no unit did is passed over."""
    found = handovers(columns, between="unit")
    rows = [
        Handover(columns.units[first], columns.units[second], times, median)
        for first, second, times, median in zip(
            found.first.tolist(),
            found.second.tolist(),
            found.count.tolist(),
            found.times.median.tolist(),
            strict=True,
        )
    ]
    return sorted(rows, key=lambda row: (-row.times, row.source, row.target))


def lanes_of(doings: Sequence[Doing]) -> dict[str, str]:
    """The lane of each step."""
    return {doing.step: doing.lane for doing in doings}
