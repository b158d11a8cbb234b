"""What a diagnosis knows beside the log; everything has a default, so that any log can be diagnosed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..columns.events import Codes, Labels, Moments
from .calendar import OpenHours

REFUSALS = frozenset({"refused", "rejected", "declined", "denied", "not approved", "no"})
APPROVALS = frozenset({"approved", "accepted", "granted", "passed", "ok", "yes"})
MINUTES_PER_ENTRY = 5.0


@dataclass(frozen=True)
class FieldChanges:
    """Fields that people changed, k of them in order of time.

    `record` and `field` say which one, codes of whatever is known to the caller and of `fields`; `before` and `after`
    are codes of values, -1 where empty; `resource` is a code of the log's resources and `unit` of `units`, -1 where
    unknown; `case` is the case it belongs to or -1; `own` where it is text of the case's own record.
    """

    at: Moments
    record: NDArray[np.int64]
    field: Codes
    fields: Sequence[str]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    resource: Codes
    unit: Codes
    units: Sequence[str]
    case: Codes
    own: NDArray[np.bool_]


@dataclass(frozen=True)
class Context:
    """What is known beside the log.

    - `open_hours`: when work is done (elapsed time counts where unknown); `zone`: where clocks hang;
    - `cost_per_hour` of work, `cost_per_waiting_hour` of a case that waits, `value_of_success` of a case that ends well,
      all in `currency`; without them findings tell hours only;
    - `machines`: resources that are no people;
    - `outcomes`: what came of each event (n,), with the words that mean yes and no;
    - `changes`: fields that were changed;
    - `success`, `failure`: steps that end a case well or badly; `reopening`: steps that open it again;
    - `goal_hours`: how long a case may take, in elapsed hours;
    - `rate`: the share of false findings that is accepted among all.
    """

    open_hours: OpenHours | None = None
    zone: str = "UTC"
    cost_per_hour: float | None = None
    cost_per_waiting_hour: float | None = None
    value_of_success: float | None = None
    currency: str = ""
    machines: frozenset[str] = frozenset()
    outcomes: Labels | None = None
    approvals: frozenset[str] = APPROVALS
    refusals: frozenset[str] = REFUSALS
    changes: FieldChanges | None = None
    success: frozenset[str] = frozenset()
    failure: frozenset[str] = frozenset()
    reopening: frozenset[str] = frozenset()
    goal_hours: float | None = None
    minutes_per_entry: float = MINUTES_PER_ENTRY
    rate: float = 0.05
    more: Mapping[str, Labels] = field(default_factory=dict)
    """Attributes of cases beside those of the columns."""
