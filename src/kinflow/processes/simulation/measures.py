"""What one play of a scenario amounts to: one number for each figure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .lowering import roles_of
from .preparing import prepared
from .results import Played
from .scenario import DAY, Scenario
from .tallying import AGAIN, WAITING, WORK, tally
from .world import ROLE

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
    counts = int(ended.sum()) or np.nan
    lasts = scenario.lasts if not played.stopped else min(scenario.lasts, played.until)
    span = min(scenario.warm_up, lasts), lasts
    finished = (played.finish >= span[0]) & (played.finish < span[1])
    median, most = np.quantile(cycle, (0.5, 0.9)) if len(cycle) else (np.nan, np.nan)
    sums, cost, utilisation, load = _summed(scenario, played, ended, span)
    return Measures(
        cycle_mean=cycle.sum() / counts,
        cycle_median=float(median),
        cycle_p90=float(most),
        work=float(sums[WORK] / counts),
        waiting=float(sums[WAITING] / counts),
        throughput=float(finished.sum() * DAY / max(span[1] - span[0], 1)),
        cost=float(cost / counts),
        handovers=float(played.handovers[ended].sum() / counts),
        rework=float(sums[AGAIN] / counts),
        defective=float(played.is_defective[ended].sum() / counts),
        unfinished=float(1 - ended.sum() / counted.sum()) if counted.any() else np.nan,
        stuck=float((counted & (played.finish == STUCK)).sum() / counted.sum()) if counted.any() else np.nan,
        utilisation=utilisation,
        load=load,
        open_cases=_open_cases(played, *span),
        stopped=played.stopped,
    )


def _summed(
    scenario: Scenario, played: Played, ended: NDArray[np.bool_], span: tuple[int, int]
) -> tuple[Whole, float, dict[str, float], dict[str, float]]:
    """Sums over ended cases and what they cost; the share of their hours that people worked; the work wanted of roles as
    a share of all hours of who fills them."""
    known = prepared(scenario)
    world = known.world
    there, busy = np.zeros(len(world.crew)), np.zeros(len(world.crew))
    wanted, sums = np.zeros(world.skills.shape[1]), np.zeros(3, np.int64)
    log = (played.case, played.step, played.staff, played.came, played.ready, played.start, played.end)
    cost = tally(
        *log, played.work, played.visit, ended, _sharing(scenario, played), np.ascontiguousarray(world.steps[:, ROLE]),
        known.delays, known.usual, known.hourly, known.of_steps, world.spans, known.before, world.crew, *span,
        played.until, there, busy, wanted, sums,
    )  # fmt: skip
    utilisation = np.divide(busy, there, out=np.zeros(len(busy)), where=there > 0).tolist()
    hours = ((world.skills > 0) * there[:, None]).sum(axis=0)
    return (
        sums,
        cost,
        dict(zip((staff.name for staff in scenario.staff), utilisation, strict=True)),
        {
            role: work / of if of else (np.inf if work else 0.0)
            for role, work, of in zip(roles_of(scenario), wanted.tolist(), hours.tolist(), strict=True)
        },
    )


def _open_cases(played: Played, begin: int, end: int) -> tuple[float, float, float, float]:
    moving = played.finish != STUCK
    came = played.arrival[moving]
    gone = np.where(played.finish < 0, end, played.finish)[moving]
    edges = np.linspace(begin, end, 5)
    # Faster than clipping, which asks for the limits of its type each time.
    found = [
        float(
            (np.minimum(np.maximum(gone, low), high) - np.minimum(np.maximum(came, low), high)).sum()
            / max(high - low, 1)
        )
        for low, high in zip(edges[:-1], edges[1:], strict=True)
    ]
    return found[0], found[1], found[2], found[3]


def _sharing(scenario: Scenario, played: Played) -> Whole:
    """How many items were done together, each of them then taking its share of the time."""
    found = np.ones(len(played.case), np.int64)
    if not any(step.batch for step in scenario.steps):
        return found
    batched = np.array([step.batch is not None for step in scenario.steps])[played.step] & (played.staff >= 0)
    together = np.stack([column[batched] for column in (played.step, played.staff, played.start, played.end)])
    _one, which, counts = np.unique(together, axis=1, return_inverse=True, return_counts=True)
    found[batched] = counts[which.ravel()]
    return found
