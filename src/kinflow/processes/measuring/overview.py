"""A log in one dictionary: what the screens, the API and the command line show of a process."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns

from .clock import Clock
from .follows import Follows, follows, handovers
from .spreads import Spread, spread_of_all
from .steps import durations, steps
from .variants import Variants, steps_of, variants


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
    done, found = steps(columns), variants(columns)
    return {
        "cases": columns.cases,
        "events": columns.events,
        "activities": _counts(columns.activities, done.count),
        "variants": _variants(columns, found, most_variants),
        "variant_count": len(found.count),
        "directly_follows": _arrows(columns.activities, follows(columns, clock=clock)),
        "start": _counts(columns.activities, done.start),
        "end": _counts(columns.activities, done.end),
        "handovers": _arrows(
            columns.resources, handovers(columns, clock=clock, timed=handover_times), handover_times
        ),
        "unit_handovers": _arrows(
            columns.units,
            handovers(columns, between="unit", clock=clock, timed=handover_times),
            handover_times,
        ),
        "case_seconds": _times(spread_of_all(durations(columns, clock=clock))) if columns.cases else None,
        "findings": [],
    }


def _counts(names: Sequence[str], count: NDArray[np.int64]) -> dict[str, int]:
    """Names with how often, without those that never are."""
    found = [(names[k], int(count[k])) for k in np.flatnonzero(count).tolist()]
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _variants(columns: EventColumns, found: Variants, most: int | None) -> list[dict[str, Any]]:
    """Variants with their steps."""
    shown = [
        {"steps": steps_of(columns, example), "cases": count}
        for example, count in zip(found.example[:most].tolist(), found.count[:most].tolist(), strict=True)
    ]
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
