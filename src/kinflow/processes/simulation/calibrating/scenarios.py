"""A scenario of a process as its log shows it, with all that is told of how each part of it was found."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kinflow.kit.problem import Problem

from ...columns import EventColumns
from ...columns.filtering import sub_log
from ..scenario import ALWAYS, HOUR, WEEK, Scenario, Step, Times
from .arriving import arrivals_of
from .delaying import Delays, delays_of
from .finishing import crossing, finishing
from .fitting import fitted
from .holidays import Planned
from .kinds import Kinds, kinds_of
from .knowing import begins_and_ends, known_by, telling
from .routing import Ways, drawn, ways_of
from .staffing import People, people_of
from .structure import Structure
from .weeks import monday_before, open_over
from .whole import drawn_whole, hangs_on_the_week, models_of
from .working import Work, without_people, work_of

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
    structure: Structure
    planned: Planned = Planned()


def calibrated(
    log: EventColumns,
    zone: str,
    *,
    until: int | None = None,
    ended: NDArray[np.bool_] | None = None,
    structure: Structure = Structure(),
    planned: Planned = Planned(),
) -> Calibrated:
    """A scenario from what had happened in a log before a local moment (None: from all).

    `ended` says which cases are over (None: all); the others count as far as they came. `planned` is what the
    company's calendar plans beside its week, also of days to come.
    Raises TooLittle where fewer than ten cases tell how cases go.
    """
    log, over = known_by(log, zone, until, ended)
    work = work_of(log, zone)
    if not structure.people:
        work = without_people(work)
    columns = work.columns
    until = until or (int(work.done.max()) + 1 if columns.events else 0)
    cases = telling(work, over, until, structure.fading)
    telling_cases = int((cases & over if structure.whole else cases).sum())
    if telling_cases < FEWEST:
        raise TooLittle(f"{telling_cases} cases")
    begins, ends = begins_and_ends(work)
    came = begins[np.diff(columns.offsets) > 0]
    monday = monday_before(int(came.min()))
    kinds = _kinds(work, cases, (ends - begins) / MINUTE)
    people = people_of(work, monday, until, np.ones(columns.events, bool), planned)
    people = finishing(work, people, monday, until)
    ways = ways_of(work, kinds.of_case, cases, over, until)
    hours = people.calendars["usual"] if structure.people else None
    delays = delays_of(work, ways, len(kinds.kinds), monday, until, hours, planned)
    lasts = _work_times(work, people if structure.people else None, cases[columns.case], monday, until)
    observed = {
        code: lasts[(columns.activity == code) & ~np.isnan(lasts)] for code in range(len(columns.activities))
    }
    task = _tasks(work, people, observed, takes_people=structure.people)
    if structure.whole:
        taken, lasted = np.flatnonzero(cases & over), (ends - begins) / MINUTE
        came_at = (begins - monday) % WEEK / HOUR
        is_timed = not structure.people and hangs_on_the_week(lasted[taken], came_at[taken])
        models = models_of(taken, kinds, lasted, came_at if is_timed else None)
        sorts, (steps, flows) = models.kinds, drawn_whole(work, ways, models, task, lasts, delays)
    else:
        sorts, (steps, flows) = kinds.kinds, drawn(ways, len(kinds.kinds), task, delays.of)
    scenario = Scenario(
        steps,
        flows,
        people.staff if structure.people else (),
        kinds=sorts,
        calendars=people.calendars | delays.calendars,
        arrivals=arrivals_of(came, monday, until),
        begins=monday,
        lasts=until - monday,
    )
    return Calibrated(scenario, work, cases, kinds, people, delays, ways, until, observed, structure, planned)


def _kinds(work: Work, cases: NDArray[np.bool_], minutes: NDArray[np.float64]) -> Kinds:
    """The kinds of the cases that tell; all others are of the first, and are not asked."""
    found = kinds_of(sub_log(work.columns, cases), minutes[cases])
    of_case = np.zeros(work.columns.cases, np.int64)
    of_case[cases] = found.of_case
    return replace(found, of_case=of_case)


def _work_times(
    work: Work, people: People | None, counted: NDArray[np.bool_], monday: int, until: int
) -> NDArray[np.float64]:
    """Work times by event, in the usual hours where people do it; what lies outside them wholly, or was finished after
    them, counts elapsed.

    Without people, all of it counts as it passed. NaN where the event tells nothing of it.
    """
    columns = work.columns
    spans = (work.done - work.begun).astype(np.float64)
    if people is not None:
        usual = open_over(people.calendars["usual"], monday, until)
        inside = usual.between(work.begun, work.done).astype(np.float64)
        after = crossing(usual, work.begun, work.done)
        overtime = max((each.overtime for each in people.staff), default=0)
        is_elapsed = (columns.resource < 0) | (inside <= 0.5 * np.minimum(spans, MINUTE))
        is_elapsed |= after.is_through & (after.beyond <= overtime)
        spans = np.where(is_elapsed, spans, inside)
        spans = spans / _speeds(columns, people)
    return np.where(counted & work.sample, spans, np.nan)


def _speeds(columns: EventColumns, people: People) -> NDArray[np.float64]:
    """Of each event the factor of who did it: what is left without it is the time that the work usually takes."""
    factors = np.ones((len(columns.resources) + 1, len(columns.activities)))
    codes = {name: code for code, name in enumerate(columns.resources)}
    for staff in people.staff:
        for code, role in enumerate(people.roles):
            factors[codes[staff.name], code] = staff.skills.get(role, 1.0)
    return factors[columns.resource, columns.activity]


def _tasks(
    work: Work, people: People, observed: dict[int, NDArray[np.float64]], *, takes_people: bool
) -> Callable[[int], Step]:
    """The step of an activity, with its work times."""
    names = work.columns.activities
    able = {role for each in people.staff for role in each.skills} if takes_people else set()
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

    return task
