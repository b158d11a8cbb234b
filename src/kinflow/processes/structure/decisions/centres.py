"""Where decisions are made: by layer of the chart, by distance in lines from who asked, by unit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...columns.events import NOBODY
from ...definitions.labels import labels_of
from ...definitions.steps import IS, steps_of
from ...diagnosis.context import APPROVALS, REFUSALS
from ..deciding import Kind, decisions_in, requests_in
from ..hierarchy import layers_of, lines_between
from ..logs import Log
from ..paper import Paper
from .made import Made, made_in

FAR = 3
"""Distances from so many lines on are told together."""


@dataclass(frozen=True)
class Decision:
    """A step that decides: how often by people on each layer, at each distance, in each unit (by its id).

    Layers and distances are counted where the chart knows them. `refused` is the share of answers that mean no, None for
    ends; `wait` the median of seconds from asking to decision, None where nobody is asked.
    """

    process: str
    process_key: str
    key: str
    label: str
    kind: Kind
    times: int
    by_layer: Mapping[int, int]
    by_distance: Mapping[int, int]
    by_unit: Mapping[int, int]
    refused: float | None
    wait: float | None


@dataclass(frozen=True)
class Centres:
    """All decisions, and how many people are on each layer."""

    decisions: Sequence[Decision]
    staff: Mapping[int, int]


def centres_of(logs: Sequence[Log], paper: Paper) -> Centres:
    """The decisions of logs of ours, by process, the most frequent first."""
    layers = layers_of(paper.boss, paper.people)
    staff = Counter(layers[pk] for pk, person in paper.people.items() if person.is_here)
    return Centres(
        [each for log in logs for each in _decisions(log, paper, layers)], dict(sorted(staff.items()))
    )


def _decisions(log: Log, paper: Paper, layers: Mapping[int, int]) -> list[Decision]:
    steps = steps_of(log.process.steps)
    asked_by = {work: asking for asking, work in requests_in(steps).items()}
    kinds = decisions_in(log.results, steps)
    labels = labels_of(log.process, list(kinds))
    found = [
        _decision(
            log, paper, layers, key, kind, labels[key], made_in(log.columns, key, asked_by.get(key, ""))
        )
        for key, kind in kinds.items()
    ]
    return sorted(found, key=lambda each: (-each.times, each.key))


def _decision(
    log: Log, paper: Paper, layers: Mapping[int, int], key: str, kind: Kind, label: str, made: Made
) -> Decision:
    people = [int(each) for each in log.columns.resources]
    deciders = Counter(made.decider[made.decider >= 0].tolist())
    waits = made.wait[~np.isnan(made.wait)]
    by_layer: Counter[int] = Counter()
    for code, times in deciders.items():
        if people[code] in paper.people:
            by_layer[layers[people[code]]] += times
    units = Counter(made.unit[(made.unit >= 0) & (made.decider >= 0)].tolist())
    return Decision(
        log.process.called,
        log.process.key,
        key,
        label,
        kind,
        len(made.decider),
        dict(sorted(by_layer.items())),
        _distances(made, people, paper),
        {int(log.columns.units[code]): times for code, times in units.most_common()},
        _refused(log.results, key) if kind == "check" else None,
        float(np.median(waits)) if len(waits) else None,
    )


def _distances(made: Made, people: Sequence[int], paper: Paper) -> dict[int, int]:
    """How many decisions were made so many lines away from who asked."""
    known = (made.decider >= 0) & (made.asker != NOBODY)
    pairs = Counter(zip(made.decider[known].tolist(), made.asker[known].tolist(), strict=True))
    found: Counter[int] = Counter()
    for (decider, asker), times in pairs.items():
        ends = people[decider], people[asker]
        lines = lines_between(paper.boss, *ends) if all(pk in paper.people for pk in ends) else None
        if lines is not None:
            found[min(lines, FAR)] += times
    return dict(sorted(found.items()))


def _refused(results: Mapping[str, int], key: str) -> float | None:
    """The share of a check's answers that mean no."""
    counted: Counter[bool] = Counter()
    for each, times in results.items():
        step, _is, result = each.partition(IS)
        if step == key and result.lower() in APPROVALS | REFUSALS:
            counted[result.lower() in REFUSALS] += times
    return counted[True] / counted.total() if counted else None
