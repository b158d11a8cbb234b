"""Small logs written by hand, and logs that hypothesis thinks up."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from kinflow.processes.columns import EventColumns, Labels, columns_of

HOUR = 3_600_000_000
Row = tuple[str, str, float, str | None]
"""Case, activity, hour, who did it."""


def log_of(
    rows: Sequence[Row],
    *,
    begun: Sequence[float] | None = None,
    units: dict[str, str] | None = None,
    **more: object,
) -> EventColumns:
    """A log of rows; `begun` says in which hour each was begun, `units` where each resource belongs."""
    cases, activities, resources = (_names(rows, k) for k in (0, 1, 3))
    names = sorted(set((units or {}).values()))
    return columns_of(
        case=_codes(rows, 0, cases),
        activity=_codes(rows, 1, activities),
        at=np.array([round(row[2] * HOUR) for row in rows], np.int64),
        begun_at=None if begun is None else np.array([round(hour * HOUR) for hour in begun], np.int64),
        resource=_codes(rows, 3, resources),
        unit=np.array(
            [names.index(units[row[3]]) if units and row[3] in units else -1 for row in rows], np.int32
        ),
        case_ids=cases,
        activities=activities,
        resources=resources,
        units=names,
        **more,  # type: ignore[arg-type]
    )


def traces(*steps: str) -> EventColumns:
    """A log with a case for each word, an event for each letter, an hour apart; nobody known."""
    return log_of(
        [
            (f"case {k}", letter, hour, None)
            for k, word in enumerate(steps)
            for hour, letter in enumerate(word)
        ]
    )


def labels(*values: str | None) -> Labels:
    """An attribute with these values, case by case."""
    known = sorted({value for value in values if value is not None})
    return Labels(known, np.array([-1 if v is None else known.index(v) for v in values], np.int32))


def _names(rows: Sequence[Row], place: int) -> list[str]:
    return list(dict.fromkeys(str(row[place]) for row in rows if row[place] is not None))


def _codes(rows: Sequence[Row], place: int, names: list[str]) -> np.ndarray:
    code = {name: k for k, name in enumerate(names)}
    return np.array([-1 if row[place] is None else code[str(row[place])] for row in rows], np.int32)


@st.composite
def event_rows(draw: st.DrawFn, *, ties: bool = True) -> list[Row]:
    """Rows of a log in any order, with equal moments and unknown people in them."""
    size = draw(st.integers(0, 30))
    hours = st.lists(st.integers(0, 12 if ties else 10_000), min_size=size, max_size=size, unique=not ties)
    return [
        (
            draw(st.sampled_from("xyz")),
            draw(st.sampled_from("abcd")),
            hour,
            draw(st.sampled_from(["Ann", "Bo", None])),
        )
        for hour in draw(hours)
    ]
