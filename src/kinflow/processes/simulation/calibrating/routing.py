"""The ways of cases: from each step to the next by kind of case and how often it was left, with the waits between."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..scenario import Flow, Step
from .awaited import stand_ins
from .working import Work

START, END, FIRST = "start", "end", "first"
BORDER = -1
LEAVINGS = 4
"""The first, second, third and all later times that a case leaves a step are told apart."""
ENOUGH = 25
"""So many observations let a kind or a time have its own chances; else those of all are taken."""
Move = tuple[int, int]


@dataclass(frozen=True)
class Ways:
    """Each event's leaving: from which activity (-1: the start), to which (-1: the end), of which kind, which time.

    `into` is the event that a leaving leads to, -1 for the end.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    kind: NDArray[np.int64]
    times: NDArray[np.int64]
    into: NDArray[np.int64]


def ways_of(
    work: Work, kind: NDArray[np.int64], cases: NDArray[np.bool_], ended: NDArray[np.bool_], until: int
) -> Ways:
    """How the chosen cases went up to a moment; where one has not ended, it leaves its last step as another did later."""
    columns = work.columns
    chosen = np.flatnonzero(cases & (np.diff(columns.offsets) > 0))
    events = np.flatnonzero(cases[columns.case])
    last = np.zeros(columns.events, bool)
    last[columns.offsets[1:][np.diff(columns.offsets) > 0] - 1] = True
    following = np.where(last, BORDER, np.append(columns.activity[1:], BORDER))[events]
    into = np.where(last, BORDER, np.arange(1, columns.events + 1))[events]
    begin = columns.offsets[:-1][chosen]
    found = Ways(
        np.concatenate((np.full(len(chosen), BORDER), columns.activity[events])).astype(np.int64),
        np.concatenate((columns.activity[begin], following)).astype(np.int64),
        np.concatenate((kind[chosen], kind[columns.case[events]])),
        np.concatenate((np.zeros(len(chosen), np.int64), _time(columns.case, columns.activity)[events])),
        np.concatenate((begin, into)).astype(np.int64),
    )
    is_open = np.concatenate((np.zeros(len(chosen), bool), ~ended[columns.case[events]]))
    kept = _leading(found, is_open & (found.target == BORDER))
    left = np.flatnonzero(~kept)
    waited = until - work.done[events[left - len(chosen)]]
    return _gone_on(_only_those(found, np.flatnonzero(kept)), _only_those(found, left), waited, work)


def _only_those(ways: Ways, places: NDArray[np.int64]) -> Ways:
    return Ways(*(getattr(ways, name)[places] for name in ("source", "target", "kind", "times", "into")))


def _gone_on(seen: Ways, left: Ways, waited: NDArray[np.int64], work: Work) -> Ways:
    """The ways that were seen, and those that open cases are taken to go on by, after what they have waited already."""
    lasted = np.where(
        (seen.source >= 0) & (seen.into > 0), work.done[seen.into] - work.done[seen.into - 1], -1
    )
    rows, taken = [], []
    for source in np.unique(left.source).tolist():
        here, own = np.flatnonzero(left.source == source), np.flatnonzero(seen.source == source)
        alike = left.kind[here][:, None] == seen.kind[own]
        found = stand_ins(waited[here], lasted[own], alike)
        rows.append(here[found >= 0])
        taken.append(own[found[found >= 0]])
    if not rows:
        return seen
    row, by = np.concatenate(rows), np.concatenate(taken)
    more = (left.source[row], seen.target[by], left.kind[row], left.times[row], seen.into[by])
    parts = (seen.source, seen.target, seen.kind, seen.times, seen.into)
    return Ways(*(np.concatenate(both) for both in zip(parts, more, strict=True)))


def _leading(ways: Ways, is_open: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which ways lead somewhere: all but those of open cases, where something else leads from their step to an end."""
    kept = ~is_open
    before: dict[int, set[int]] = defaultdict(set)
    for source, target in set(zip(ways.source[kept].tolist(), ways.target[kept].tolist(), strict=True)):
        before[target].add(source)
    waiting = list(before[BORDER])
    ending = set(waiting)
    while waiting:
        for source in before[waiting.pop()] - ending:
            ending.add(source)
            waiting.append(source)
    found: NDArray[np.bool_] = kept | ~np.isin(ways.source, np.array(sorted(ending), np.int64))
    return found


def _time(case: NDArray[np.int32], activity: NDArray[np.int32]) -> NDArray[np.int64]:
    """Which time each event's activity is in its case, from 0, at most the last one told apart."""
    wide = int(activity.max(initial=0)) + 1
    codes = case.astype(np.int64) * wide + activity
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(codes) else np.empty(0, int)
    lengths = np.diff(np.append(begins, len(codes)))
    found = np.empty(len(codes), np.int64)
    found[order] = np.arange(len(codes)) - np.repeat(begins, lengths)
    return np.minimum(found, LEAVINGS - 1)


def chances_of(ways: Ways, source: int, kinds: int) -> Mapping[int, tuple[tuple[float, ...], ...]]:
    """By target the chance of each kind (row) at each leaving (column) of a step."""
    here = np.flatnonzero(ways.source == source)
    targets = np.unique(ways.target[here])
    place = np.searchsorted(targets, ways.target[here])
    counts = np.zeros((kinds, LEAVINGS, len(targets)))
    np.add.at(counts, (ways.kind[here], ways.times[here], place), 1)
    shares = np.empty_like(counts)
    for kind in range(kinds):
        for time in range(LEAVINGS):
            shares[kind, time] = _pooled(counts, kind, time)
    rows = 1 if (shares == shares[:1]).all() else kinds
    columns = next((k for k in range(1, LEAVINGS) if (shares[:, k:] == shares[:, k - 1 : k]).all()), LEAVINGS)
    return {
        int(target): tuple(tuple(float(each) for each in shares[row, :columns, k]) for row in range(rows))
        for k, target in enumerate(targets)
    }


def _pooled(counts: NDArray[np.float64], kind: int, time: int) -> NDArray[np.float64]:
    """The chances of the narrowest group that is large enough: of kind and time, of the time, of the kind, of all."""
    for part in (counts[kind, time], counts[:, time].sum(axis=0), counts[kind].sum(axis=0)):
        if part.sum() >= ENOUGH:
            found: NDArray[np.float64] = part / part.sum()
            return found
    whole = counts.sum(axis=(0, 1))
    return np.asarray(whole / whole.sum(), np.float64)


def drawn(
    ways: Ways,
    kinds: int,
    task: Callable[[int], Step],
    wait: Callable[[Move, int], Step | None],
) -> tuple[tuple[Step, ...], tuple[Flow, ...]]:
    """The steps and flows: each activity once, after it a choice, on the way to the next a wait where there is one.

    `wait` makes the step of a move and a kind; where it gives the same step for all kinds, there is one way.
    """
    steps: dict[str, Step] = {START: Step(START, START, "start"), END: Step(END, END, "end")}
    flows: dict[tuple[str, str], tuple[tuple[float, ...], ...]] = {(START, FIRST): ((1.0,),)}
    for source in np.unique(ways.source).tolist():
        choice = FIRST if source == BORDER else f"after {source}"
        steps[choice] = Step(choice, choice, "choose")
        if source != BORDER:
            steps[f"step {source}"] = task(source)
            flows[f"step {source}", choice] = ((1.0,),)
        for target, chances in chances_of(ways, source, kinds).items():
            aim = END if target == BORDER else f"step {target}"
            by_step: dict[str, list[int]] = defaultdict(list)
            for kind in range(kinds):
                between = wait((source, target), kind)
                if between is not None:
                    steps[between.id] = between
                    flows[between.id, aim] = ((1.0,),)
                by_step[between.id if between else aim].append(kind)
            for through, of_kinds in by_step.items():
                flows[choice, through] = _only(chances, of_kinds, kinds)
    return tuple(steps.values()), tuple(Flow(a, b, chances) for (a, b), chances in flows.items())


def _only(
    chances: tuple[tuple[float, ...], ...], of_kinds: list[int], kinds: int
) -> tuple[tuple[float, ...], ...]:
    """The chances of some kinds; nothing for the others."""
    if len(of_kinds) == kinds:
        return chances
    wide = chances if len(chances) == kinds else chances * kinds
    return tuple(row if kind in of_kinds else tuple(0.0 for _each in row) for kind, row in enumerate(wide))
