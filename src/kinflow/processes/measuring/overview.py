"""A log in one dictionary: what the screens, the API and the command line show of a process."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns

from .clock import Clock
from .follows import Follows, follows, handovers
from .spreads import Spread, spread_of_all
from .steps import Steps, durations, steps
from .variants import steps_of, variants


@dataclass(frozen=True)
class Names:
    """The values behind the codes of a log."""

    activities: Sequence[str]
    resources: Sequence[str]
    units: Sequence[str]


@dataclass(frozen=True)
class Measured:
    """What is measured of a log, by whatever engine.

    `variants`: the steps of each that is shown, and its cases, in any order; `variant_count`: how many there are in all.
    `handovers`, `unit_handovers`: arrows between different ones only. `durations`: of the cases, one group.
    """

    cases: int
    events: int
    steps: Steps
    variants: list[tuple[list[str], int]]
    variant_count: int
    follows: Follows
    handovers: Follows
    unit_handovers: Follows
    durations: Spread


def overview(
    columns: EventColumns,
    *,
    clock: Clock | None = None,
    most_variants: int | None = None,
    handover_times: bool = True,
) -> dict[str, Any]:
    """Everything at a glance, ready for JSON.

    - `cases`, `events`: how many;
    - `activities`, `start`, `end`: name → count, most frequent first;
    - `variants`: `steps` and `cases`, most frequent first, at most `most_variants`;
    - `variant_count`: how many there are in all;
    - `directly_follows`: `from`, `to`, `count`, and the times from the end of a step to the begin of the next,
      `mean_seconds`, `median_seconds`, `p90_seconds`, most frequent first;
    - `handovers`, `unit_handovers`: the same between different resources and different units,
      without times where `handover_times` is False, which is quicker;
    - `case_seconds`: `mean`, `median`, `p90`, `least`, `most`; None in a log without cases;
    - `findings`: empty; whoever has found something puts it in.

    Equals are ordered by name. `clock` counts working time only.
    """
    found = variants(columns)
    shown = zip(found.example[:most_variants].tolist(), found.count[:most_variants].tolist(), strict=True)
    measured = Measured(
        cases=columns.cases,
        events=columns.events,
        steps=steps(columns),
        variants=[(steps_of(columns, example), count) for example, count in shown],
        variant_count=len(found.count),
        follows=follows(columns, clock=clock),
        handovers=handovers(columns, clock=clock, timed=handover_times),
        unit_handovers=handovers(columns, between="unit", clock=clock, timed=handover_times),
        durations=spread_of_all(durations(columns, clock=clock)),
    )
    return told(measured, Names(columns.activities, columns.resources, columns.units), handover_times)


def told(found: Measured, names: Names, handover_times: bool) -> dict[str, Any]:
    """What was measured in one dictionary, see `overview`."""
    return {
        "cases": found.cases,
        "events": found.events,
        "activities": _counts(names.activities, found.steps.count),
        "variants": _variants(found.variants),
        "variant_count": found.variant_count,
        "directly_follows": _arrows(names.activities, found.follows),
        "start": _counts(names.activities, found.steps.start),
        "end": _counts(names.activities, found.steps.end),
        "handovers": _arrows(names.resources, found.handovers, handover_times),
        "unit_handovers": _arrows(names.units, found.unit_handovers, handover_times),
        "case_seconds": _times(found.durations) if found.cases else None,
        "findings": [],
    }


def _counts(names: Sequence[str], count: NDArray[np.int64]) -> dict[str, int]:
    """Names with how often, without those that never are."""
    found = [(names[k], int(count[k])) for k in np.flatnonzero(count).tolist()]
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _variants(found: list[tuple[list[str], int]]) -> list[dict[str, Any]]:
    """Variants with their steps."""
    shown = [{"steps": each, "cases": count} for each, count in found]
    return sorted(shown, key=lambda variant: (-variant["cases"], variant["steps"]))


def _arrows(names: Sequence[str], found: Follows, timed: bool = True) -> list[dict[str, Any]]:
    """Arrows with the names at their ends, most frequent first, of equals by name."""
    place = np.empty(len(names), np.int64)
    place[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    order = np.lexsort((place[found.second], place[found.first], -found.count))
    ends = (found.first[order].tolist(), found.second[order].tolist(), found.count[order].tolist())
    if not timed:
        return [
            {"from": names[first], "to": names[second], "count": count}
            for first, second, count in zip(*ends, strict=True)
        ]
    times = (figures[order].tolist() for figures in (found.times.mean, found.times.median, found.times.p90))
    return [
        {
            "from": names[first],
            "to": names[second],
            "count": count,
            "mean_seconds": mean,
            "median_seconds": median,
            "p90_seconds": p90,
        }
        for first, second, count, mean, median, p90 in zip(*ends, *times, strict=True)
    ]


def _times(times: Spread) -> dict[str, float]:
    """The figures of the only group."""
    return {name: float(getattr(times, name)[0]) for name in ("mean", "median", "p90", "least", "most")}
