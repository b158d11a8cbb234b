"""What can be counted of a structure: in the chart, and in plays of the process within it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ....structure.hierarchy import layers_of, lines_between, people_here, spans_of
from ....structure.paper import Paper
from ...results import Played
from ...scenario import Scenario

Pair = tuple[int, int]


@dataclass(frozen=True)
class Handed:
    """How work was handed on in one play: `handovers` between units in a case, `lines` of the chart that a hand-over
    crosses, and `decision_lines` between who had the case and who then decides; NaN where it cannot be told."""

    handovers: float
    lines: float
    decision_lines: float


@dataclass(frozen=True)
class Structure:
    """Figures of a structure.

    `units`: with people; `managers`: who lead somebody; `span`: direct reports of each. The others are means of plays, as
    in `Handed`; None where they cannot be told.
    """

    people: int
    units: int
    layers: int
    managers: int
    span: float
    handovers: float | None
    lines: float | None
    decision_lines: float | None


SIMULATED = tuple(each.name for each in fields(Handed))


def structure_of(paper: Paper, plays: Sequence[Handed]) -> Structure:
    """The figures of an organisation in which a scenario was played."""
    here, spans = people_here(paper), spans_of(paper)
    means = []
    for name in SIMULATED:
        known = [value for each in plays if not np.isnan(value := getattr(each, name))]
        means.append(sum(known) / len(known) if known else None)
    return Structure(
        len(here),
        len({*here.values()}),
        max(layers_of(paper.boss, here).values(), default=0),
        len(spans),
        sum(spans.values()) / len(spans) if spans else 0.0,
        *means,
    )


def passed_on(scenario: Scenario, played: Played) -> dict[str, Any]:
    """The hand-overs of a play, alike ones counted together, as JSON: who had the case, who then had it, the place of the
    step that the second did, and how many; beside them how many cases there were."""
    done = np.flatnonzero(
        (played.staff >= 0) & played.is_done & (played.arrival[played.case] >= scenario.warm_up)
    )
    order = done[np.lexsort((played.start[done], played.case[done]))]
    first, second = order[:-1], order[1:]
    known = np.array([int(each.name) if each.name.isdecimal() else 0 for each in scenario.staff], np.int64)
    one, other = known[played.staff[first]], known[played.staff[second]]
    same = (played.case[first] == played.case[second]) & (played.staff[first] != played.staff[second])
    same &= (one > 0) & (other > 0)
    columns = np.stack((one, other, played.step[second]), axis=1)[same]
    kinds, counts = np.unique(columns, axis=0, return_counts=True)
    return {"cases": len(np.unique(played.case[done])), "pairs": np.column_stack((kinds, counts)).tolist()}


def handed_in(
    paper: Paper, scenario: Scenario, passed: Mapping[str, Any], decisions: Collection[str]
) -> Handed:
    """How work was handed on in a play within an organisation; `decisions` are the names of steps that decide."""
    here = people_here(paper)
    decides = [step.name in decisions for step in scenario.steps]
    pairs, decided = Counter[Pair](), Counter[Pair]()
    for one, other, step, times in passed["pairs"]:
        pairs[one, other] += times
        if decides[step]:
            decided[one, other] += times
    moved = sum(times for (a, b), times in pairs.items() if here.get(a, a) != here.get(b, b))
    cases = passed["cases"]
    return Handed(moved / cases if cases else np.nan, _lines(paper, pairs), _lines(paper, decided))


def _lines(paper: Paper, pairs: Mapping[Pair, int]) -> float:
    """Lines of the chart between people on average, over pairs that have a lead in common; NaN where none has."""
    told = [(lines_between(paper.boss, *pair), times) for pair, times in pairs.items()]
    known = [(lines, times) for lines, times in told if lines is not None]
    whole = sum(times for _lines, times in known)
    return sum(lines * times for lines, times in known) / whole if whole else np.nan
