"""What one play of a scenario amounts to: one number for each figure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .hours import spans_of
from .lowering import roles_of
from .results import Played
from .scenario import ALWAYS, DAY, HOUR, Calendar, Scenario, Staff

Whole = NDArray[np.int64]
STUCK = -2


@dataclass(frozen=True)
class Measures:
    """Figures of one play; what they mean says `Figures`. NaN where there is nothing to measure."""

    cycle_mean: float
    cycle_median: float
    cycle_p90: float
    work: float
    waiting: float
    throughput: float
    cost: float
    handovers: float
    rework: float
    defective: float
    unfinished: float
    stuck: float
    utilisation: dict[str, float]
    load: dict[str, float]
    open_cases: tuple[float, float, float, float]
    """How many cases were open on average in each quarter of the time counted, those that are stuck left out."""
    stopped: str


def measured(scenario: Scenario, played: Played) -> Measures:
    """The figures of a play. Cases count that came after the warm-up; those of their course, if they ended."""
    counted = played.arrival >= scenario.warm_up
    ended = counted & (played.finish >= 0)
    cycle = (played.finish - played.arrival)[ended]
    items = ended[played.case]
    counts = int(ended.sum()) or np.nan
    lasts = scenario.lasts if not played.stopped else min(scenario.lasts, played.until)
    span = min(scenario.warm_up, lasts), lasts
    finished = (played.finish >= span[0]) & (played.finish < span[1])
    median, most = np.quantile(cycle, (0.5, 0.9)) if len(cycle) else (np.nan, np.nan)
    utilisation, load = _people(scenario, played, span)
    return Measures(
        cycle_mean=cycle.sum() / counts,
        cycle_median=float(median),
        cycle_p90=float(most),
        work=float(played.work[items & (played.staff >= 0)].sum() / counts),
        waiting=float((played.start - played.came)[items].sum() / counts),
        throughput=float(finished.sum() * DAY / max(span[1] - span[0], 1)),
        cost=float(_cost(scenario, played, items) / counts),
        handovers=float(played.handovers[ended].sum() / counts),
        rework=float((items & (played.visit > 0)).sum() / counts),
        defective=float(played.is_defective[ended].sum() / counts),
        unfinished=float(1 - ended.sum() / counted.sum()) if counted.any() else np.nan,
        stuck=float((counted & (played.finish == STUCK)).sum() / counted.sum()) if counted.any() else np.nan,
        utilisation=utilisation,
        load=load,
        open_cases=_open_cases(played, *span),
        stopped=played.stopped,
    )


def _cost(scenario: Scenario, played: Played, items: NDArray[np.bool_]) -> float:
    """What people and steps of some items cost."""
    hourly = np.array([*(staff.cost for staff in scenario.staff), 0.0])
    of_steps = np.array([step.cost for step in scenario.steps])
    hours = played.work[items] / HOUR
    return float(hours @ hourly[played.staff[items]] + of_steps[played.step[items]].sum())


def _open_cases(played: Played, begin: int, end: int) -> tuple[float, float, float, float]:
    moving = played.finish != STUCK
    came = played.arrival[moving]
    gone = np.where(played.finish < 0, end, played.finish)[moving]
    edges = np.linspace(begin, end, 5)
    found = [
        float((np.clip(gone, low, high) - np.clip(came, low, high)).sum() / max(high - low, 1))
        for low, high in zip(edges[:-1], edges[1:], strict=True)
    ]
    return found[0], found[1], found[2], found[3]


def _people(
    scenario: Scenario, played: Played, span: tuple[int, int]
) -> tuple[dict[str, float], dict[str, float]]:
    """The share of their hours that people worked; the work wanted of roles as a share of all hours of who fills them."""
    order = np.argsort(played.staff, kind="stable")
    edges = np.searchsorted(played.staff[order], np.arange(len(scenario.staff) + 1))
    shared = _sharing(scenario, played)
    utilisation, hours = {}, []
    for place, staff in enumerate(scenario.staff):
        items = order[edges[place] : edges[place + 1]]
        open_ = spans_of(_calendar(scenario, staff), staff.absences, 2 * scenario.lasts)
        begun = np.clip(played.start[items], *span)
        done = np.clip(np.minimum(played.end[items], played.until), *span)
        busy = ((_worked(open_, done) - _worked(open_, begun)) / shared[items]).sum()
        there = np.diff(_worked(open_, np.array(span)))[0] * staff.capacity
        hours.append(float(there))
        utilisation[staff.name] = float(busy / there) if there else 0.0
    return utilisation, _loads(scenario, played, span, np.array(hours))


def _calendar(scenario: Scenario, staff: Staff) -> Calendar | None:
    return None if staff.calendar == ALWAYS else scenario.calendars[staff.calendar]


def _worked(open_: tuple[Whole, Whole], moments: Whole) -> Whole:
    """The working time from the begin to each of some moments."""
    begins, ends = open_
    if not len(begins):
        return np.zeros(len(moments), np.int64)
    before = np.append(0, np.cumsum(ends - begins)[:-1])
    at = np.searchsorted(begins, moments, "right") - 1
    return np.where(at < 0, 0, before[at] + np.minimum(moments, ends[at]) - begins[at])


def _sharing(scenario: Scenario, played: Played) -> Whole:
    """How many items were done together, each of them then taking its share of the time."""
    found = np.ones(len(played.case), np.int64)
    batched = np.array([step.batch is not None for step in scenario.steps])[played.step] & (played.staff >= 0)
    together = np.stack([column[batched] for column in (played.step, played.staff, played.start, played.end)])
    _one, which, counts = np.unique(together, axis=1, return_inverse=True, return_counts=True)
    found[batched] = counts[which.ravel()]
    return found


def _loads(
    scenario: Scenario, played: Played, span: tuple[int, int], hours: NDArray[np.float64]
) -> dict[str, float]:
    wanted = (played.ready >= span[0]) & (played.ready < span[1])
    found = {}
    for role in roles_of(scenario):
        factors = np.array([staff.skills.get(role, 0.0) for staff in scenario.staff])
        steps = np.array([step.kind == "task" and step.role == role for step in scenario.steps])
        items = wanted & steps[played.step]
        usual = factors[factors > 0].mean()
        work = np.where(played.staff >= 0, played.work, played.work * usual)[items].sum()
        there = hours[factors > 0].sum()
        found[role] = float(work / there) if there else (np.inf if work else 0.0)
    return found
