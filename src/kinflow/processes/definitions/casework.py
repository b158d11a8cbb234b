"""The cases behind a step, an arrow or a variant, page by page; and one case with its events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from ..columns import EventColumns
from ..columns.filtering import Mask, begins_with, directly, ends_with, of_variants, through

BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """Which cases: all fulfil each of these that is said.

    `step`: they go through it; `arrow`: directly from one to the other; `variant`: exactly these steps; `start`, `end`:
    their first or last step.
    """

    step: str = ""
    arrow: tuple[str, str] | None = None
    variant: Sequence[str] = ()
    start: str = ""
    end: str = ""

    def mask(self, columns: EventColumns) -> Mask:
        """The cases that are wanted."""
        found = np.diff(columns.offsets) > 0
        if self.step:
            found &= through(columns, [self.step])
        if self.arrow:
            found &= directly(columns, *self.arrow)
        if self.variant:
            found &= of_variants(columns, [self.variant])
        if self.start:
            found &= begins_with(columns, [self.start])
        if self.end:
            found &= ends_with(columns, [self.end])
        return found


@dataclass(frozen=True)
class Page:
    """Some cases in the order of the log, and the last one's id where more follow."""

    cases: Sequence[Mapping[str, Any]]
    last: str | None


def case_page(columns: EventColumns, wanted: Wanted, after: str | None, limit: int) -> Page:
    """The wanted cases behind the case of this id (None: from the first)."""
    places = np.flatnonzero(wanted.mask(columns))
    if after is not None:
        at = place_of(columns, after)
        places = places[places > at] if at is not None else places[:0]
    shown = places[:limit].tolist()
    rows = [_row(columns, case) for case in shown]
    return Page(rows, rows[-1]["case"] if len(places) > limit else None)


def place_of(columns: EventColumns, case_id: str) -> int | None:
    """The code of the case of this id."""
    return next((at for at, each in enumerate(columns.case_ids) if each == case_id), None)


def moment(microseconds: int) -> str:
    """A moment in ISO 8601."""
    return (BEGIN + timedelta(microseconds=int(microseconds))).isoformat()


def _row(columns: EventColumns, case: int) -> dict[str, Any]:
    first, last = int(columns.offsets[case]), int(columns.offsets[case + 1]) - 1
    begun, ended = int(columns.begun_at[first]), int(columns.at[last])
    return {
        "case": str(columns.case_ids[case]),
        "events": last - first + 1,
        "begun_at": moment(begun),
        "ended_at": moment(ended),
        "seconds": (ended - begun) / 1e6,
    }


def case_told(columns: EventColumns, case: int, labels: Mapping[str, str]) -> dict[str, Any]:
    """One case with all its events and what is known of it."""
    events = range(int(columns.offsets[case]), int(columns.offsets[case + 1]))
    return {
        "case": str(columns.case_ids[case]),
        "attributes": {
            name: known.values[known.codes[case]]
            for name, known in columns.attributes.items()
            if known.codes[case] >= 0
        },
        "amounts": {
            name: float(numbers[case])
            for name, numbers in columns.amounts.items()
            if not np.isnan(numbers[case])
        },
        "events": [_event(columns, at, labels) for at in events],
    }


def _event(columns: EventColumns, at: int, labels: Mapping[str, str]) -> dict[str, Any]:
    key = columns.activities[columns.activity[at]]
    return {
        "activity": key,
        "label": labels.get(key, key),
        "begun_at": moment(columns.begun_at[at]),
        "at": moment(columns.at[at]),
        "resource": _of(columns.resources, int(columns.resource[at])),
        "unit": _of(columns.units, int(columns.unit[at])),
    }


def _of(values: Sequence[str], code: int) -> str | None:
    return values[code] if code >= 0 else None
