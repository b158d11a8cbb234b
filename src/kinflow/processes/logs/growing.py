"""A log while it is read: codes of values in the order of the file, and what had to be left out."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..columns import EventColumns, Labels, columns_of
from ..columns.events import NOBODY, Codes, Moments
from .times import NEVER

V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True)
class Read:
    """A log that was read: its columns, and by kind how much was left out or changed.

    Keys of `counts`: "without_activity", "without_time", "without_case", "outside" (events outside any case),
    "not_steps" (transitions that are no steps), "joined" (starts joined to their completions), "untimed" (1 where no
    event had a time), "attributes" (names beyond the limit), "rejected" (rows that could not be read).
    """

    columns: EventColumns
    counts: Mapping[str, int]


class Coded(Generic[V]):
    """Different values in the order in which they came; a value's code is its position."""

    def __init__(self) -> None:
        self.codes: dict[V, int] = {}

    def code(self, value: V) -> int:
        """The value's code, a new one where it is new."""
        found = self.codes.get(value)
        if found is None:
            found = self.codes[value] = len(self.codes)
        return found

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def values(self) -> list[V]:
        """The values by their codes."""
        return list(self.codes)


@dataclass
class Events:
    """Events in the order of the file, all arrays of one length.

    `case` and `activity` are -1 where the file says none, `at` and `begun_at` `NEVER` where there is no time.
    """

    case: Codes
    activity: Codes
    at: Moments
    begun_at: Moments
    resource: Codes
    unit: Codes

    def some(self, which: NDArray[np.bool_]) -> "Events":
        """Those of the events."""
        return Events(
            self.case[which],
            self.activity[which],
            self.at[which],
            self.begun_at[which],
            self.resource[which],
            self.unit[which],
        )


@dataclass
class Cases:
    """What is known of cases by their codes."""

    names: Sequence[str]
    attributes: dict[str, Labels] = field(default_factory=dict)
    amounts: dict[str, NDArray[np.float64]] = field(default_factory=dict)


@dataclass(frozen=True)
class Names:
    """The values behind the codes of events."""

    activities: Sequence[str]
    resources: Sequence[str] = ()
    units: Sequence[str] = ()


def read_of(events: Events, cases: Cases, names: Names, counts: Counter[str]) -> Read:
    """The log that the events make up.

    Events without a case, an activity or a time are left out and counted. Where no event has a time, all keep the order
    of the file and happen at one moment, so that what follows what can be told, but no duration. Cases without events
    are left out.
    """
    if len(events.case) and not (events.at != NEVER).any():
        counts["untimed"] = 1
        events.at = np.zeros_like(events.at)
    for reason, name in (("without_case", "case"), ("without_activity", "activity"), ("without_time", "at")):
        values = getattr(events, name)
        lacking = values == (NEVER if name == "at" else NOBODY)
        if lacking.any():
            counts[reason] += int(lacking.sum())
            events = events.some(~lacking)
    return Read(_columns(events, cases, names), {name: count for name, count in counts.items() if count})


def _columns(events: Events, cases: Cases, names: Names) -> EventColumns:
    there = np.zeros(len(cases.names), np.bool_)
    there[events.case] = True
    kept = np.flatnonzero(there)
    fresh = np.cumsum(there, dtype=np.int32) - 1
    return columns_of(
        case=fresh[events.case].astype(np.int32),
        activity=events.activity,
        at=events.at,
        begun_at=np.where(events.begun_at == NEVER, events.at, events.begun_at),
        case_ids=[cases.names[int(position)] for position in kept],
        activities=names.activities,
        resource=events.resource,
        resources=names.resources,
        unit=events.unit,
        units=names.units,
        attributes={name: _compact(one, kept) for name, one in cases.attributes.items()},
        amounts={name: values[kept] for name, values in cases.amounts.items()},
    )


def _compact(labels: Labels, kept: NDArray[np.int64]) -> Labels:
    """The labels of the cases that are kept, without values that nobody has any more."""
    codes = labels.codes[kept]
    used = np.unique(codes[codes >= 0])
    fresh = np.full(len(labels.values) + 1, NOBODY, np.int32)
    fresh[used] = np.arange(len(used), dtype=np.int32)
    return Labels([labels.values[int(code)] for code in used], fresh[codes])
