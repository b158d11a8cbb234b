"""A scenario of a process as its log shows it, with all that is told of how each part of it was found."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kinflow.kit.problem import Problem

from ...columns import EventColumns
from ..scenario import ALWAYS, Scenario, Step, Times
from .arriving import arrivals_of
from .delaying import Delays, delays_of
from .fitting import fitted
from .kinds import Kinds, kinds_of
from .routing import Ways, drawn, ways_of
from .staffing import People, people_of
from .weeks import monday_before, open_over
from .working import Work, work_of

MINUTE = 60_000_000
FEWEST = 10
"""Cases below which nothing is calibrated."""


class TooLittle(Problem):
    """The log does not hold enough to calibrate anything."""

    code = "too-little"


@dataclass(frozen=True)
class Calibrated:
    """The scenario, and what it was made of."""

    scenario: Scenario
    work: Work
    cases: NDArray[np.bool_]
    kinds: Kinds
    people: People
    delays: Delays
    ways: Ways
    until: int
    observed: dict[int, NDArray[np.float64]]
    """Work times by activity (microseconds)."""


def calibrated(
    log: EventColumns,
    zone: str,
    *,
    until: int | None = None,
    ended: NDArray[np.bool_] | None = None,
) -> Calibrated:
    """A scenario from the cases of a log that began before a local moment (None: from all).

    `ended` says which cases are over (None: all); the others count as far as they came.
    Raises TooLittle where there are fewer than ten cases, or none lasts.
    """
    work = work_of(log, zone)
    columns = work.columns
    filled = np.diff(columns.offsets) > 0
    begins = np.zeros(columns.cases, np.int64)
    begins[filled] = work.begun[columns.offsets[:-1][filled]]
    end = int(work.done.max()) + 1 if columns.events else 0
    until = end if until is None else until
    cases = filled & (begins < until)
    if int(cases.sum()) < FEWEST:
        raise TooLittle(f"{int(cases.sum())} cases")
    kinds = kinds_of(columns, _minutes(work, filled)) if columns.attributes else _alike(columns)
    monday = monday_before(int(begins[cases].min()))
    counted = cases[columns.case] & (work.begun < until)
    people = people_of(work, monday, until, counted)
    ways = ways_of(work, kinds.of_case, cases, filled if ended is None else ended)
    last = max(until, int(work.done[cases[columns.case]].max())) + 1
    delays = delays_of(work, ways, len(kinds.kinds), monday, last, people.calendars["usual"])
    observed = _work_times(work, people, cases[columns.case], monday, last)
    scenario = _scenario(work, kinds, people, ways, delays, observed)
    arrivals = arrivals_of(begins[cases], monday, until)
    scenario = replace(scenario, arrivals=arrivals, begins=monday, lasts=until - monday)
    return Calibrated(scenario, work, cases, kinds, people, delays, ways, until, observed)


def _alike(columns: EventColumns) -> Kinds:
    return kinds_of(replace(columns, attributes={}), np.zeros(columns.cases))


def _minutes(work: Work, filled: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How long each case took."""
    columns = work.columns
    found = np.zeros(columns.cases)
    last = np.maximum.reduceat(work.done, columns.offsets[:-1][filled])
    found[filled] = (last - work.begun[columns.offsets[:-1][filled]]) / MINUTE
    return found


def _work_times(
    work: Work, people: People, counted: NDArray[np.bool_], monday: int, until: int
) -> dict[int, NDArray[np.float64]]:
    """Work times by activity, in the usual hours where people do it; what lies outside them wholly counts elapsed."""
    columns = work.columns
    elapsed = (work.done - work.begun).astype(np.float64)
    usual = open_over(people.calendars["usual"], monday, until)
    inside = usual.between(work.begun, work.done).astype(np.float64)
    spans = np.where((columns.resource >= 0) & (inside > 0.5 * np.minimum(elapsed, MINUTE)), inside, elapsed)
    some = counted & work.sample
    return {code: spans[some & (columns.activity == code)] for code in range(len(columns.activities))}


def _scenario(
    work: Work,
    kinds: Kinds,
    people: People,
    ways: Ways,
    delays: Delays,
    observed: dict[int, NDArray[np.float64]],
) -> Scenario:
    names = work.columns.activities
    able = {role for each in people.staff for role in each.skills}
    pooled = np.concatenate([*observed.values(), np.empty(0)])

    def task(code: int) -> Step:
        spans = observed[code]
        if work.how[code] == "unknown":
            return Step(f"step {code}", names[code], "auto", times=Times("fixed"), calendar=ALWAYS)
        times = fitted(spans if len(spans) or work.how[code] != "estimated" else pooled)
        role = people.roles[code]
        if role not in able or work.how[code] == "instant":
            return Step(f"step {code}", names[code], "auto", times=times, calendar=ALWAYS)
        return Step(f"step {code}", names[code], "task", role=role, times=times)

    steps, flows = drawn(ways, len(kinds.kinds), task, delays.of)
    return Scenario(
        steps,
        flows,
        people.staff,
        arrivals=arrivals_of(np.empty(0, np.int64), 0, 1),
        lasts=1,
        kinds=kinds.kinds,
        calendars=people.calendars | delays.calendars,
    )
