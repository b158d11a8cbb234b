"""Some cases as walks through the map, for its replay."""

from typing import Any

import numpy as np

from ..columns import EventColumns

MOST_CASES = 400
MOST_STEPS = 60


def walks_of(columns: EventColumns) -> dict[str, Any]:
    """An even sample of the cases, as `[[at, step, at, step, …], …]`.

    `at` goes from 0, the moment `from` (milliseconds since 1970), to 1, the moment `to`; `step` is a place in `steps`.
    """
    filled = np.flatnonzero(np.diff(columns.offsets) > 0)
    if not len(filled):
        return {"from": 0, "to": 0, "steps": [], "cases": []}
    order = filled[np.argsort(columns.at[columns.offsets[:-1][filled]], kind="stable")]
    taken = order[np.linspace(0, len(order) - 1, min(len(order), MOST_CASES)).astype(np.int64)]
    first, last = int(columns.at.min()), int(columns.at.max())
    place = (columns.at - first) / max(1, last - first)
    cases = []
    for case in taken.tolist():
        span = slice(
            int(columns.offsets[case]),
            min(int(columns.offsets[case + 1]), int(columns.offsets[case]) + MOST_STEPS),
        )
        pairs = zip(place[span].round(5).tolist(), columns.activity[span].tolist(), strict=True)
        cases.append([part for pair in pairs for part in pair])
    return {"from": first // 1000, "to": last // 1000, "steps": list(columns.activities), "cases": cases}
