"""Expected satisfaction: a stated model, no measurement, of how many cases leave their customer content.

A case's customer is content with the chance 1 / (1 + exp(-x)), x = base - doubling × log2(cycle / expected)
- handover × hand-overs - again × steps done again. The coefficients are assumptions that whoever reads them can
change; no rating of a customer stands behind them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..results import Played
from ..scenario import SECOND, Scenario

Cases = list[list[int]]
"""Alike cases of one play counted together: quarter doublings of a second, hand-overs, steps done again, how many."""
PARTS = 4
MOST_COUNTED = 20
"""More hand-overs, or steps done again, of a case count as so many."""


@dataclass(frozen=True)
class Satisfaction:
    """The coefficients, each with its least and most; `expected` in hours, 0 for the median before."""

    base: float = field(default=1.5, metadata={"between": (-10.0, 10.0)})
    doubling: float = field(default=0.7, metadata={"between": (0.0, 10.0)})
    handover: float = field(default=0.1, metadata={"between": (0.0, 10.0)})
    again: float = field(default=0.5, metadata={"between": (0.0, 10.0)})
    expected: float = field(default=0.0, metadata={"between": (0.0, 100_000.0)})


STATED = Satisfaction()
NUMBERS = tuple(Satisfaction.__dataclass_fields__)


def counted(scenario: Scenario, played: Played) -> Cases:
    """The cases of a play that came after the warm-up and ended. Waiting again is no step done again."""
    ended = (played.arrival >= scenario.warm_up) & (played.finish >= 0)
    if not ended.any():
        return []
    cycle = np.maximum(played.finish - played.arrival, SECOND)[ended]
    is_done = np.array([step.kind != "wait" for step in scenario.steps])
    repeated = (played.visit > 0) & is_done[played.step]
    again = np.bincount(played.case[repeated], minlength=len(played.arrival))[ended]
    columns = (
        np.round(PARTS * np.log2(cycle / SECOND)).astype(np.int64),
        np.minimum(played.handovers[ended], MOST_COUNTED),
        np.minimum(again, MOST_COUNTED),
    )
    kinds, counts = np.unique(np.stack(columns, axis=1), axis=0, return_counts=True)
    found: Cases = np.column_stack((kinds, counts)).tolist()
    return found


def usual_of(plays: Sequence[Cases]) -> float:
    """The median cycle time of the cases of some plays, in doublings of a second."""
    rows = np.array([row for cases in plays for row in cases], np.int64).reshape(-1, 4)
    if not len(rows):
        return 0.0
    order = np.argsort(rows[:, 0], kind="stable")
    reached = np.cumsum(rows[order, 3])
    return float(rows[order[np.searchsorted(reached, reached[-1] / 2)], 0]) / PARTS


def content_of(model: Satisfaction, cases: Cases, usual: float) -> float:
    """The share of cases whose customer is expected to be content; NaN where none ended.

    `usual` is the expected cycle time in doublings of a second where the model names none.
    """
    rows = np.array(cases, np.float64).reshape(-1, 4)
    if not len(rows):
        return float("nan")
    expected = np.log2(max(model.expected * 3600, 1.0)) if model.expected else usual
    x = (
        model.base
        - model.doubling * (rows[:, 0] / PARTS - expected)
        - model.handover * rows[:, 1]
        - model.again * rows[:, 2]
    )
    return float(np.average(1 / (1 + np.exp(-np.clip(x, -500, 500))), weights=rows[:, 3]))


def model_from(given: Mapping[str, Any], usual: Satisfaction = STATED) -> tuple[Satisfaction, list[str]]:
    """The model that somebody gave, and the names of what could not be taken; those are as in `usual`."""
    values, wrong = {}, []
    for name in NUMBERS:
        if given.get(name, "") == "":
            continue
        value = number_within(name, given[name])
        if value is None:
            wrong.append(name)
        else:
            values[name] = value
    return replace(usual, **values), wrong


def number_within(name: str, given: Any) -> float | None:
    """A coefficient as it was given; None for what is no number or lies outside its limits."""
    least, most = limits_of(name)
    try:
        value = float("no" if isinstance(given, bool) else given)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if least <= value <= most else None


def limits_of(name: str) -> tuple[float, float]:
    """The least and the most that a coefficient can be."""
    least, most = Satisfaction.__dataclass_fields__[name].metadata["between"]
    return least, most
