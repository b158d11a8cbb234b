"""What is simulated: how cases come, what is done with them, by whom and when; plain values, in whole microseconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

SECOND = 1_000_000
MINUTE, HOUR, DAY, WEEK = 60 * SECOND, 3_600 * SECOND, 86_400 * SECOND, 604_800 * SECOND
ALWAYS = ""
"""The calendar without a pause."""


@dataclass(frozen=True)
class Times:
    """How long something lasts, in microseconds.

    `shape` is fixed, uniform, exponential, gamma, lognormal, weibull, empirical or given. `mean` and `deviation` are
    those of the distribution itself, whatever its usual parameters are (uniform: `mean` ± `deviation` × √3; exponential:
    `mean` alone). An empirical one draws from `values`, quantiles at equal distances from the least to the greatest,
    straight lines between them. A given one is not drawn: `values` has as many for each kind of case, one by one for how
    often the case was there before, the last for all later times. Less than nothing is nothing.
    """

    shape: str
    mean: float = 0.0
    deviation: float = 0.0
    values: tuple[int, ...] = ()


def scaled(times: Times, factor: float) -> Times:
    """Times of the same shape, so many times as long."""
    values = tuple(round(each * factor) for each in times.values)
    return replace(times, mean=times.mean * factor, deviation=times.deviation * factor, values=values)


@dataclass(frozen=True)
class Calendar:
    """When somebody works: spans (from, to) in microseconds of a week that begins on Monday at 00:00, local time.

    `closed` are days without work, in whole days since the scenario begins; `opened` those worked as on another day of
    the week (0: Monday), whatever the week has for them.
    """

    spans: tuple[tuple[int, int], ...]
    closed: frozenset[int] = frozenset()
    opened: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Staff:
    """One person, or `capacity` things that one person does at a time.

    `skills` says which roles the person fills, with the factor on work times (1.0 as usual, 2.0 twice as long).
    `absences` are spans in microseconds since the scenario begins. `cost` is for an hour of work, `unit` the unit.
    What would be done within `overtime` (microseconds) after the hours end is finished then; else it stops there.
    """

    name: str
    skills: Mapping[str, float]
    calendar: str = ALWAYS
    capacity: int = 1
    cost: float = 0.0
    unit: str = ""
    absences: tuple[tuple[int, int], ...] = ()
    overtime: int = 0


@dataclass(frozen=True)
class Batch:
    """Work is begun for several cases at once: when `size` wait, or when the first has waited for `longest`."""

    size: int
    longest: int


@dataclass(frozen=True)
class Step:
    """A node of the model.

    `kind`: task (of people: `role` does it), auto (no people: `times` runs on `calendar`), wait (a delay: same), choose,
    fork (parallel, splits and joins), include (inclusive), start, end. `calendar` is of autos and waits; people work by
    their own. `delay` passes before the work is wanted, with nobody working on it (extraneous waiting), at all hours.
    `is_check` marks a step that looks at work of others, `fails` how likely work done here is defective; a defect is
    found at the next check and sends the case along `rework` (a step's id).
    """

    id: str
    name: str
    kind: str
    role: str = ""
    times: Times = Times("fixed")
    delay: Times = Times("fixed")
    calendar: str = ALWAYS
    batch: Batch | None = None
    cost: float = 0.0
    is_check: bool = False
    fails: float = 0.0
    rework: str = ""


@dataclass(frozen=True)
class Flow:
    """A way from step to step.

    `chances`, for flows out of choose and include, by kind of case and how often the case left this step before: one row
    for each kind (or one for all), the last column for all later times. Weights out of choose; each on its own out of
    include (0 to 1).
    """

    source: str
    target: str
    chances: tuple[tuple[float, ...], ...] = ((1.0,),)


@dataclass(frozen=True)
class Kind:
    """A kind of case: its share of all, how urgent (smaller goes first), and at which hour of the week such cases come.

    Where all kinds have an `hour` (0 to 168), each case is of a kind that comes at about the time at which it does.
    """

    name: str
    share: float = 1.0
    priority: int = 0
    hour: float | None = None


@dataclass(frozen=True)
class Arrivals:
    """When cases come: `times` between them, as a Poisson stream by the hour, or at given moments.

    Exactly one is set: `times`; `hourly`, cases in an hour for each of the 168 hours of a week, with `seasonal` factors
    by whole weeks since the begin (none: 1); `moments`, in microseconds since the begin.
    """

    times: Times | None = None
    hourly: tuple[float, ...] = ()
    seasonal: tuple[float, ...] = ()
    moments: tuple[int, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A whole what-if. `begins` is a Monday 00:00, local time, in microseconds since 1970; `lasts` how long cases come.

    What is still open at the end is played until it is done, or until `lasts` has passed once more. Cases that come
    before `warm_up` are played, not counted. `discipline` is fifo, lifo, shortest, or due, within equal priority.
    """

    steps: tuple[Step, ...]
    flows: tuple[Flow, ...]
    staff: tuple[Staff, ...]
    arrivals: Arrivals
    lasts: int
    kinds: tuple[Kind, ...] = (Kind("all"),)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    begins: int = 0
    warm_up: int = 0
    discipline: str = "fifo"
