"""A process in figures: how many cases, how long they take, what the work on them costs, and where that is going."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinflow.organisation.models import Person

from ..columns import EventColumns
from .goals import LIMITED, Rates
from .models import Process
from .steps import Step, step_named, steps_of

HOUR, DAY = 3_600_000_000, 86_400_000_000
MONTH_DAYS = 30
TREND_DAYS = 90
MONTHS = 12
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Ends:
    """Of each case: whether it has ended, whether well, and from when to when it went (microseconds)."""

    ended: NDArray[np.bool_]
    well: NDArray[np.bool_]
    begun: NDArray[np.int64]
    until: NDArray[np.int64]


@dataclass(frozen=True)
class Figures:
    """The figures of a process; seconds are elapsed ones, `None` where there is nothing to tell.

    - `cases`, `open`, `ended`: how many there are, still go on, have ended;
    - `begun_per_month`, `ended_per_month`: means of the last 90 days;
    - `median_seconds`, `p90_seconds`: of cases that ended in the last 90 days;
    - `trend`: how much longer (0.1: a tenth) the median is than in the 90 days before;
    - `volume_trend`: how many more cases began than in the 90 days before; both are None in a log too young for it;
    - `cost_per_case`, `cost_per_month`, `work_seconds_per_case`: of work that has a begin and an end, in `currency`;
    - `begun_by_month`: cases begun in the last 12 times 30 days, the oldest first;
    - `goals`: each goal with the share of cases that reached it.
    """

    cases: int
    open: int
    ended: int
    begun_per_month: float
    ended_per_month: float
    median_seconds: float | None
    p90_seconds: float | None
    trend: float | None
    volume_trend: float | None
    work_seconds_per_case: float | None
    cost_per_case: float | None
    cost_per_month: float | None
    currency: str
    begun_by_month: Sequence[int]
    goals: Sequence[Mapping[str, Any]]


def figures_of(process: Process, columns: EventColumns, now: datetime, costs: Numbers | None) -> Figures:
    """The figures of a process at a moment; `costs` are those of the work on each case (None: nobody said rates)."""
    ends, moment = ends_of(process, columns), int(now.timestamp() * 1_000_000)
    lately, before = _spans(ends, moment), _spans(ends, moment - TREND_DAYS * DAY)
    begun = _begun(ends, moment, 1, TREND_DAYS)[0]
    begun_before = _begun(ends, moment - TREND_DAYS * DAY, 1, TREND_DAYS)[0]
    ended_lately = _ended_lately(ends, moment)
    is_old = columns.events > 0 and int(columns.begun_at.min()) <= moment - 2 * TREND_DAYS * DAY
    work = _sums(columns, (columns.at - columns.begun_at) / 1e6)
    per_case = _mean(costs[ended_lately]) if costs is not None else None
    per_month = len(lately) * MONTH_DAYS / TREND_DAYS
    return Figures(
        cases=columns.cases,
        open=int((~ends.ended).sum()),
        ended=int(ends.ended.sum()),
        begun_per_month=begun * MONTH_DAYS / TREND_DAYS,
        ended_per_month=per_month,
        median_seconds=_quantile(lately, 0.5),
        p90_seconds=_quantile(lately, 0.9),
        trend=_change(_quantile(before, 0.5), _quantile(lately, 0.5)) if is_old else None,
        volume_trend=_change(begun_before, begun) if is_old else None,
        work_seconds_per_case=_mean(work[ended_lately]),
        cost_per_case=per_case,
        cost_per_month=None if per_case is None else per_case * per_month,
        currency=str(process.rates.get("currency") or ""),
        begun_by_month=_begun(ends, moment, MONTHS, MONTH_DAYS),
        goals=_goals(process, columns, ends, ended_lately, costs),
    )


def ends_of(process: Process, columns: EventColumns) -> Ends:
    """Which cases have ended: those with a last step of the process that no step takes up again afterwards.

    In a process without last steps, every case has.
    """
    steps = steps_of(process.steps)
    last = _marked(
        columns,
        steps,
        lambda step, key: key in process.ends or (step is not None and step.key in process.ends),
    )
    again = _marked(columns, steps, lambda step, _key: step is not None and step.outcome == "again")
    bad = _marked(columns, steps, lambda step, _key: step is not None and step.outcome == "bad")
    filled = np.diff(columns.offsets) > 0
    first, stop = np.zeros(columns.cases, np.int64), np.zeros(columns.cases, np.int64)
    first[filled] = columns.begun_at[columns.offsets[:-1][filled]]
    stop[filled] = columns.at[columns.offsets[1:][filled] - 1]
    if not process.ends:
        return Ends(filled, filled, first, stop)
    end = _latest(columns, last[columns.activity])
    ended = (end >= 0) & (end > _latest(columns, again[columns.activity]))
    well = ended & ~bad[columns.activity[np.maximum(end, 0)]] if columns.events else ended
    until = np.where(ended, columns.at[np.maximum(end, 0)], stop) if columns.events else stop
    return Ends(ended, well, first, until)


def costs_of(process: Process, columns: EventColumns, rates: Rates) -> Numbers | None:
    """What the work on each case cost: its hours times the rate of who did it; `columns` tell people by their ids."""
    if rates.usual is None and not rates.by_seniority:
        return None
    ids = [int(each) for each in columns.resources if each.isdecimal()] if process.case_kind else []
    levels = dict(Person.objects.filter(pk__among=ids).values_list("pk", "seniority")) if ids else {}
    by_code = [
        rates.of(levels.get(int(each))) if each.isdecimal() else rates.usual for each in columns.resources
    ]
    usual = rates.usual or 0.0
    table = np.array([*(usual if rate is None else rate for rate in by_code), usual])
    return _sums(columns, (columns.at - columns.begun_at) / HOUR * table[columns.resource])


def _marked(
    columns: EventColumns, steps: Sequence[Step], is_so: Callable[[Step, str], bool]
) -> NDArray[np.bool_]:
    """Which activities are so; those that are no step of the process are steps without outcome."""
    found = [is_so(step_named(steps, key) or Step(key, "", key), key) for key in columns.activities]
    return np.array(found or [False], np.bool_)


def _latest(columns: EventColumns, marked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The place of each case's last marked event, -1 where it has none."""
    found = np.full(columns.cases, -1, np.int64)
    places = np.flatnonzero(marked)
    found[columns.case[places]] = places  # of several, the last one stays
    return found


def _sums(columns: EventColumns, of_events: Numbers) -> Numbers:
    return np.bincount(columns.case, weights=of_events, minlength=columns.cases).astype(np.float64)


def _ended_lately(ends: Ends, moment: int) -> NDArray[np.bool_]:
    return ends.ended & (ends.until <= moment) & (ends.until > moment - TREND_DAYS * DAY)


def _spans(ends: Ends, moment: int) -> Numbers:
    """How long (seconds) the cases took that ended in the 90 days before the moment."""
    lately = _ended_lately(ends, moment)
    return (ends.until[lately] - ends.begun[lately]) / 1e6


def _begun(ends: Ends, moment: int, periods: int, days: int) -> list[int]:
    """How many cases began in each of so many periods up to the moment, the oldest first."""
    ago = (moment - ends.begun) // (days * DAY)
    counted = np.bincount(ago[(ago >= 0) & (ago < periods)], minlength=periods)
    return [int(each) for each in counted[::-1]]


def _quantile(values: Numbers, share: float) -> float | None:
    return float(np.quantile(values, share)) if len(values) else None


def _mean(values: Numbers) -> float | None:
    return float(values.mean()) if len(values) else None


def _change(before: float | None, after: float | None) -> float | None:
    return after / before - 1 if before and after is not None else None


def _goals(
    process: Process, columns: EventColumns, ends: Ends, lately: NDArray[np.bool_], costs: Numbers | None
) -> list[dict[str, Any]]:
    """Each goal with the share of the cases ended lately that are as it wants."""
    hours = (ends.until - ends.begun) / HOUR
    reached: dict[str, Any] = {"duration": hours, "cost": costs, "good_end": ends.well, "no_repeats": None}
    found = []
    for goal in process.goals:
        measured = _singles(columns) if goal["measure"] == "no_repeats" else reached[goal["measure"]]
        fits = (
            measured <= goal["at_most"] if goal["measure"] in LIMITED and measured is not None else measured
        )
        share = None if fits is None or not lately.any() else float(fits[lately].mean())
        found.append({**goal, "reached": share})
    return found


def _singles(columns: EventColumns) -> NDArray[np.bool_]:
    """Cases in which no step is done twice."""
    pairs = columns.case.astype(np.int64) * max(len(columns.activities), 1) + columns.activity
    kinds = np.bincount(np.unique(pairs) // max(len(columns.activities), 1), minlength=columns.cases)
    return np.asarray(kinds == np.diff(columns.offsets), np.bool_)
