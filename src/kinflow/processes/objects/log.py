"""An object-centric log: events, each of which mentions objects of several kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ..columns import EventColumns, columns_of
from ..columns.events import Codes, Moments


@dataclass(frozen=True)
class ObjectLog:
    """With n events, k objects and m mentions:

    - `activity`, `at` (n,): what was done and when (microseconds UTC), in the order of the log;
    - `event`, `object` (m,): which event mentions which object, each pair once, ascending by event;
    - `kind` (k,): the kind of each object, a code of `kinds`.
    """

    activity: Codes
    at: Moments
    event: NDArray[np.int64]
    object: NDArray[np.int64]
    kind: Codes
    activities: Sequence[str]
    kinds: Sequence[str]

    @property
    def events(self) -> int:
        """How many events there are."""
        return len(self.activity)

    def mentions_of(self, kind: int) -> NDArray[np.int64]:
        """The places of the mentions of objects of a kind."""
        return np.flatnonzero(self.kind[self.object] == kind)


def object_log(
    activity: Codes,
    at: Moments,
    event: NDArray[np.int64],
    things: NDArray[np.int64],
    kind: Codes,
    activities: Sequence[str],
    kinds: Sequence[str],
) -> ObjectLog:
    """The log of these events and mentions; a mention that is there twice (in two roles) counts once."""
    pairs = np.unique(event * max(len(kind), 1) + things)
    return ObjectLog(
        activity, at, pairs // max(len(kind), 1), pairs % max(len(kind), 1), kind, activities, kinds
    )


def columns_of_kind(log: ObjectLog, kind: int) -> EventColumns:
    """The log in which the objects of a kind are the cases: an event that mentions several is an event of each.

    Activities keep their codes; cases are numbered only.
    """
    places = log.mentions_of(kind)
    known, case = np.unique(log.object[places], return_inverse=True)
    event = log.event[places]
    return columns_of(
        case=case.astype(np.int32).reshape(-1),
        activity=log.activity[event],
        at=log.at[event],
        case_ids=cast("Sequence[str]", range(len(known))),
        activities=log.activities,
    )
