"""What can be counted of a structure: in the chart, and in a play of the process within it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ....structure.hierarchy import layers_of, lines_between, people_here, spans_of
from ....structure.paper import Paper
from ...results import Played
from ...scenario import Scenario


@dataclass(frozen=True)
class Structure:
    """Figures of a structure.

    `units`: with people; `managers`: who lead somebody; `span`: direct reports of each. Of a play: `handovers` between
    units in a case, `lines` of the chart that a hand-over crosses, and `decision_lines` between who had the case and who
    then decides; None where it cannot be told.
    """

    people: int
    units: int
    layers: int
    managers: int
    span: float
    handovers: float | None
    lines: float | None
    decision_lines: float | None


def structure_of(paper: Paper, scenario: Scenario, played: Played, decisions: Collection[str]) -> Structure:
    """The figures of an organisation in which the scenario was played; `decisions` are the names of steps that decide."""
    here, spans = people_here(paper), spans_of(paper)
    layers = layers_of(paper.boss, here)
    pairs, deciding, cases = _handed(scenario, played, decisions)
    moved = sum(
        times for (one, other), times in pairs.items() if here.get(one, one) != here.get(other, other)
    )
    return Structure(
        len(here),
        len({*here.values()}),
        max(layers.values(), default=0),
        len(spans),
        sum(spans.values()) / len(spans) if spans else 0.0,
        moved / cases if cases else None,
        _lines(paper, pairs),
        _lines(paper, deciding),
    )


Pairs = Counter[tuple[int, int]]


def _handed(scenario: Scenario, played: Played, decisions: Collection[str]) -> tuple[Pairs, Pairs, int]:
    """Who had a case and who then had it, how often; the same where the second then decided; and how many cases."""
    done = np.flatnonzero(
        (played.staff >= 0) & played.is_done & (played.arrival[played.case] >= scenario.warm_up)
    )
    order = done[np.lexsort((played.start[done], played.case[done]))]
    first, second = order[:-1], order[1:]
    same = (played.case[first] == played.case[second]) & (played.staff[first] != played.staff[second])
    first, second = first[same], second[same]
    known = [int(each.name) if each.name.isdecimal() else 0 for each in scenario.staff]
    decides = np.array([step.name in decisions for step in scenario.steps])
    pairs: Pairs = Counter()
    deciding: Pairs = Counter()
    who = zip(
        played.staff[first].tolist(), played.staff[second].tolist(), played.step[second].tolist(), strict=True
    )
    for one, other, step in who:
        if known[one] and known[other]:
            pairs[known[one], known[other]] += 1
            deciding[known[one], known[other]] += bool(decides[step])
    return pairs, deciding, len(np.unique(played.case[done]))


def _lines(paper: Paper, pairs: Pairs) -> float | None:
    """Lines of the chart between people on average, over pairs that have a lead in common."""
    told = [(lines_between(paper.boss, *pair), times) for pair, times in pairs.items() if times]
    known = [(lines, times) for lines, times in told if lines is not None]
    whole = sum(times for _lines, times in known)
    return sum(lines * times for lines, times in known) / whole if whole else None
