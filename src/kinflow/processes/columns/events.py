"""Events as integer columns, sorted by case, then time, then the order in which they were recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Moments = NDArray[np.int64]
NOBODY = -1


@dataclass(frozen=True)
class Labels:
    """Values behind codes: code k stands for `values[k]`; `codes` has one for each case, -1 where there is none."""

    values: Sequence[str]
    codes: Codes


@dataclass(frozen=True)
class Kept:
    """Where a log lies on disk, and which of those that lay there it is."""

    folder: Path
    stamp: str


@dataclass(frozen=True)
class EventColumns:
    """A log. With n events of m cases:

    - `case` (n,): the case of each event, 0 to m - 1, ascending;
    - `activity` (n,): what was done, a code of `activities`;
    - `at` (n,): when it was done (its end), microseconds since 1970 in UTC, ascending within a case;
    - `begun_at` (n,): when it was begun; `at` where only one moment is known;
    - `resource`, `unit` (n,): who did it and where they belong, codes of `resources` and `units`, -1 where unknown;
    - `offsets` (m + 1,): case c owns the events from `offsets[c]` up to, not including, `offsets[c + 1]`;
    - `case_ids` (m,): what each case is called;
    - `attributes`: values of cases by name, such as region or product;
    - `amounts`: numbers of cases by name (m,), NaN where unknown;
    - `kept`: where exactly these columns lie on disk, if they were read from there; not what is made of them.
    """

    case: Codes
    activity: Codes
    at: Moments
    begun_at: Moments
    resource: Codes
    unit: Codes
    offsets: NDArray[np.int64]
    case_ids: Sequence[str]
    activities: Sequence[str]
    resources: Sequence[str] = ()
    units: Sequence[str] = ()
    attributes: Mapping[str, Labels] = field(default_factory=dict)
    amounts: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    kept: Kept | None = field(default=None, init=False, compare=False, repr=False)

    @property
    def events(self) -> int:
        """How many events there are."""
        return len(self.case)

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return len(self.case_ids)


def columns_of(
    *,
    case: Codes,
    activity: Codes,
    at: Moments,
    case_ids: Sequence[str],
    activities: Sequence[str],
    begun_at: Moments | None = None,
    resource: Codes | None = None,
    resources: Sequence[str] = (),
    unit: Codes | None = None,
    units: Sequence[str] = (),
    attributes: Mapping[str, Labels] | None = None,
    amounts: Mapping[str, NDArray[np.float64]] | None = None,
) -> EventColumns:
    """The columns of events given in the order in which they were recorded; equal moments keep that order.

    Raises ValueError where columns differ in length or a code has no value.
    """
    count = len(case)
    begun_at = at if begun_at is None else np.minimum(begun_at, at)
    resource = np.full(count, NOBODY, np.int32) if resource is None else resource
    unit = np.full(count, NOBODY, np.int32) if unit is None else unit
    for codes, known, least in (
        (case, len(case_ids), 0),
        (activity, len(activities), 0),
        (resource, len(resources), NOBODY),
        (unit, len(units), NOBODY),
    ):
        if len(codes) != count or (count and not least <= codes.min() <= codes.max() < known):
            raise ValueError("codes without values, or columns of different lengths")
    if len(at) != count or len(begun_at) != count:
        raise ValueError("columns of different lengths")
    order = np.lexsort((at, case))
    sorted_case = case[order].astype(np.int32)
    return EventColumns(
        case=sorted_case,
        activity=activity[order].astype(np.int32),
        at=at[order].astype(np.int64),
        begun_at=begun_at[order].astype(np.int64),
        resource=resource[order].astype(np.int32),
        unit=unit[order].astype(np.int32),
        offsets=np.searchsorted(sorted_case, np.arange(len(case_ids) + 1)).astype(np.int64),
        case_ids=case_ids,
        activities=activities,
        resources=resources,
        units=units,
        attributes=attributes or {},
        amounts=amounts or {},
    )
