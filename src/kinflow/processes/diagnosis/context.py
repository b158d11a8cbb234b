"""What a diagnosis knows beside the log; everything has a default, so that any log can be diagnosed."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kinflow.organisation.lines import Lines

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
    at_start: Mapping[str, NDArray[np.bool_]] = dataclasses.field(default_factory=dict)
    """By fields of the case's own record: of which cases (m,) they were filled when the case began."""


@dataclass(frozen=True)
class People:
    """What is known of the log's resources, r of them.

    `calendar` is a code of `calendars`, -1 for the usual one; `away` says when each is absent, by the resource's code;
    `busy` when each works on something that is not in this log.
    """

    calendars: Sequence[OpenHours] = ()
    calendar: Codes | None = None
    away: Mapping[int, OpenHours] = field(default_factory=dict)
    busy: Mapping[int, OpenHours] = field(default_factory=dict)


@dataclass(frozen=True)
class Chart:
    """The organisation as it is drawn: lines among its people, and the place among them of each resource (r,), -1 where
    unknown."""

    lines: Lines
    place: NDArray[np.int64]


@dataclass(frozen=True)
class Context:
    """What is known beside the log.

    - `open_hours`: when work is usually done (elapsed time counts where unknown); `zone`: where clocks hang;
    - `people`: calendars and absences of single people; `chart`: who reports to whom;
    - `cost_per_hour` of work, `cost_per_waiting_hour` of a case that waits, `value_of_success` of a case that ends well
      (`values`: of each case, NaN where unknown), all in `currency`; without them findings tell hours only;
    - `machines`: resources that are no people;
    - `outcomes`: what came of each event (n,), with the words that mean yes and no;
    - `changes`: fields that were changed;
    - `success`, `failure`: steps that end a case well or badly; `reopening`: steps that open it again; `asking`: steps
      after which it waits for the customer;
    - `goal_hours`: how long a case may take, in elapsed hours;
    - `rate`: the share of false findings that is accepted among all.
    """

    open_hours: OpenHours | None = None
    zone: str = "UTC"
    people: People = People()
    chart: Chart | None = None
    cost_per_hour: float | None = None
    cost_per_waiting_hour: float | None = None
    value_of_success: float | None = None
    values: NDArray[np.float64] | None = None
    currency: str = ""
    machines: frozenset[str] = frozenset()
    outcomes: Labels | None = None
    approvals: frozenset[str] = APPROVALS
    refusals: frozenset[str] = REFUSALS
    changes: FieldChanges | None = None
    success: frozenset[str] = frozenset()
    failure: frozenset[str] = frozenset()
    reopening: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    goal_hours: float | None = None
    minutes_per_entry: float = MINUTES_PER_ENTRY
    rate: float = 0.05
    more: Mapping[str, Labels] = field(default_factory=dict)
    """Attributes of cases beside those of the columns."""
