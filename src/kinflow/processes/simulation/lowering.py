"""From a scenario to the arrays of the engine."""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import gammaln

from . import world as w
from .hours import NEVER, Whole, spans_of
from .reaching import reach
from .scenario import ALWAYS, Flow, Scenario, Times
from .world import World

_KINDS = {
    "task": w.TASK, "auto": w.AUTO, "wait": w.AUTO, "choose": w.CHOOSE, "start": w.CHOOSE,
    "fork": w.FORK, "include": w.INCLUDE, "end": w.END,
}  # fmt: skip
_DISCIPLINES = {"fifo": w.FIFO, "lifo": w.LIFO, "shortest": w.SHORTEST, "due": w.DUE}


def lowered(scenario: Scenario, until: int) -> World:
    """The arrays of a checked scenario that is played until a moment (microseconds since its begin)."""
    steps = {step.id: place for place, step in enumerate(scenario.steps)}
    roles = {role: place for place, role in enumerate(roles_of(scenario))}
    spans, hours_of_steps, hours_of_staff = _hours(scenario, until)
    flows = sorted(scenario.flows, key=lambda flow: steps[flow.source])
    table: list[NDArray[np.float64]] = []
    rows, times = np.zeros((len(steps), w.NAME + 1), np.int64), []
    sources = np.array([steps[flow.source] for flow in flows], np.int64)
    targets = np.array([steps[flow.target] for flow in flows], np.int64)
    into = np.argsort(targets, kind="stable")
    for place, step in enumerate(scenario.steps):
        rows[place, : w.OUT] = (
            _KINDS[step.kind],
            roles[step.role] if step.kind == "task" else -1,
            *hours_of_steps[place],
            *((step.batch.size, step.batch.longest) if step.batch else (0, 0)),
            step.is_check,
            steps[step.rework] if step.rework else -1,
        )
        rows[place, w.NAME] = number_of(step.id)
        times.append((*row_of(step.times, table, len(scenario.kinds)), step.fails))
        times.append((*row_of(step.delay, table, len(scenario.kinds)), 0.0))
    every = np.arange(len(steps))
    for column, ends_at in ((w.OUT, sources), (w.INTO, targets[into])):
        rows[:, column] = np.searchsorted(ends_at, every)
        rows[:, column + 1] = np.searchsorted(ends_at, every, "right") - rows[:, column]
    skills = np.zeros((len(scenario.staff), len(roles)))
    for who, staff in enumerate(scenario.staff):
        for role, factor in staff.skills.items():
            if role in roles:
                skills[who, roles[role]] = factor
    filled, member = np.nonzero(skills.T)
    first = np.searchsorted(filled, np.arange(len(roles) + 1)) + len(roles) + 1
    holder, post = np.nonzero(skills)
    posts = np.searchsorted(holder, np.arange(len(scenario.staff) + 1)) + len(roles) + 1 + len(member)
    return World(
        start=steps[next(step.id for step in scenario.steps if step.kind == "start")],
        discipline=_DISCIPLINES[scenario.discipline],
        steps=rows,
        times=np.array(times, float),
        table=np.concatenate([*table, np.zeros(1)]),
        flows=np.ascontiguousarray(np.stack([targets, into], axis=1).astype(np.int64)),
        chances=_chances(flows, len(scenario.kinds)),
        reach=reach(len(steps), sources, targets),
        skills=skills,
        spans=spans,
        roles=np.concatenate([first, member, post]).astype(np.int64),
        crew=np.array(
            [
                (staff.capacity, -1, 0, at, *posts[who : who + 2], last, staff.overtime)
                for who, (staff, (at, last)) in enumerate(zip(scenario.staff, hours_of_staff, strict=True))
            ],
            np.int64,
        ).reshape(-1, 8),
    )


def roles_of(scenario: Scenario) -> list[str]:
    """The roles that tasks ask for, in order."""
    return sorted({step.role for step in scenario.steps if step.kind == "task"})


def number_of(name: str) -> int:
    """A number of 64 bits for a name, the same everywhere."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def row_of(times: Times, table: list[NDArray[np.float64]], kinds: int = 1) -> tuple[float, ...]:
    """Shape and parameters of a distribution by its mean and deviation; quantiles and given times go into the table."""
    mean, deviation = times.mean, times.deviation
    if times.shape in ("empirical", "given"):
        values = np.maximum(np.array(times.values, float), 0.0)
        begins = sum(map(len, table))
        table.append(values if times.shape == "given" else np.sort(values))
        if times.shape == "given":
            return w.GIVEN, len(values) // kinds, 0.0, begins, len(values)
        return w.EMPIRICAL, 0.0, 0.0, begins, len(values)
    if times.shape == "exponential":
        return w.EXPONENTIAL, mean, 0.0, 0.0, 0.0
    if times.shape == "fixed" or deviation == 0.0 or mean == 0.0:
        return w.FIXED, round(mean), 0.0, 0.0, 0.0
    if times.shape == "uniform":
        return w.UNIFORM, mean - deviation * 3**0.5, 2 * deviation * 3**0.5, 0.0, 0.0
    if times.shape == "gamma":
        return w.GAMMA, (mean / deviation) ** 2, deviation**2 / mean, 0.0, 0.0
    if times.shape == "lognormal":
        spread = np.log1p((deviation / mean) ** 2)
        return w.LOGNORMAL, np.log(mean) - spread / 2, spread**0.5, 0.0, 0.0
    power = _weibull(deviation / mean)
    return w.WEIBULL, power, mean / np.exp(gammaln(1 + power)), 0.0, 0.0


def _weibull(variation: float) -> float:
    """One by the shape of a Weibull distribution with a coefficient of variation."""
    wanted = np.log1p(variation**2)
    return float(brentq(lambda power: gammaln(1 + 2 * power) - 2 * gammaln(1 + power) - wanted, 1e-6, 60.0))


def _chances(flows: list[Flow], kinds: int) -> NDArray[np.float64]:
    widest = max((len(row) for flow in flows for row in flow.chances), default=1)
    found = np.zeros((len(flows), kinds, widest))
    for place, flow in enumerate(flows):
        for kind in range(kinds):
            row = flow.chances[kind if len(flow.chances) > 1 else 0]
            found[place, kind] = [*row, *[row[-1]] * (widest - len(row))]
    return found


def _hours(scenario: Scenario, until: int) -> tuple[Whole, list[tuple[int, int]], list[tuple[int, int]]]:
    """All spans, each list of them once; the first and last span of each step, and of each of the staff."""
    calendars = [(step.calendar, ()) for step in scenario.steps]
    people = [(staff.calendar, staff.absences) for staff in scenario.staff]
    places: dict[tuple[str, tuple[tuple[int, int], ...]], tuple[int, int]] = {}
    lists: list[Whole] = []
    count = 0
    for name, absences in dict.fromkeys([*calendars, *people]):
        begins, ends = spans_of(None if name == ALWAYS else scenario.calendars[name], absences, until)
        lists.append(np.stack([np.append(begins, NEVER), np.append(ends, 2 * NEVER - 1)], axis=1))
        places[name, absences] = (count, count + len(begins))
        count += len(begins) + 1
    return np.concatenate(lists), [places[key] for key in calendars], [places[key] for key in people]
