"""Whole cases played again: each simulated case goes the way of one past case, and takes the times that that one took.

So everything that hangs together in a case stays so: how often it was sent back, that one slow from the beginning is
slow to its end, that it is closed at a fixed time after it came. Some past cases stand for all, evenly by kind and by
how long they took. Beyond what a case did itself, where moves lead it elsewhere, it goes and takes as others did.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kruskal

from ..scenario import Flow, Kind, Step, Times
from .delaying import Delays
from .kinds import Kinds
from .routing import BORDER, END, FIRST, START, Ways
from .working import Work

MODELS = 200
"""So many past cases stand for all."""
STRETCHES, FEWEST = 10, 5
"""The week is looked at in so many stretches, with so many cases each at least."""
TURNS = 12
"""So many leavings of a step are taken from the case itself; later ones go as those of all cases."""
Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Models:
    """The past cases that stand for all (k,), the share of cases that each stands for, and the name of its kind."""

    cases: Whole
    kinds: tuple[Kind, ...]


def models_of(cases: Whole, kinds: Kinds, hours: Numbers, came: Numbers | None = None) -> Models:
    """Cases that stand for others of their kind that took about as long; `hours` of each of all cases, `came` at which
    hour of the week each did, so that simulated ones go as some that came at about the same time."""
    chosen, told = [], []
    for code, kind in enumerate(kinds.kinds):
        own = cases[kinds.of_case[cases] == code]
        count = min(len(own), max(1, round(MODELS * len(own) / max(1, len(cases)))))
        for group in np.array_split(own[np.argsort(hours[own], kind="stable")], count) if count else ():
            middle = np.argmin(np.abs(hours[group] - hours[group].mean()))
            chosen.append(int(group[middle]))
            hour = None if came is None else float(came[chosen[-1]])
            told.append(replace(kind, share=len(group) / max(1, len(cases)), hour=hour))
    return Models(np.array(chosen, np.int64), tuple(told))


def hangs_on_the_week(hours: Numbers, came: Numbers) -> bool:
    """Whether how long cases take clearly hangs on when in the week they come: the test of Kruskal and Wallis (1952) over
    stretches of the week in which equally many came, against the Bayesian information criterion."""
    stretches = [hours[own] for own in np.array_split(np.argsort(came, kind="stable"), STRETCHES)]
    if len(hours) < FEWEST * STRETCHES or (hours == hours[0]).all():
        return False
    found = float(kruskal(*stretches).statistic)
    return bool(found > (STRETCHES - 1) * np.log(len(hours)))


def drawn_whole(
    work: Work, ways: Ways, models: Models, task: Callable[[int], Step], lasts: Numbers, delays: Delays
) -> tuple[tuple[Step, ...], tuple[Flow, ...]]:
    """The steps and flows: each activity once, the delay before it, and a choice after it that each model has made.

    `lasts` is the work time of each event (NaN: not known), in the order of the log's.
    """
    steps = {
        START: Step(START, START, "start"),
        FIRST: Step(FIRST, FIRST, "choose"),
        END: Step(END, END, "end"),
    }
    flows = [Flow(START, FIRST)]
    own = _events(work, models)
    for code in np.unique(ways.source[ways.source != BORDER]).tolist():
        made, choice = task(code), f"after {code}"
        if made.times.mean > 0:
            made = replace(made, times=_given(lasts, own, code, work, first=True))
        steps[made.id], steps[choice] = made, Step(choice, choice, "choose")
        flows.append(Flow(made.id, choice))
        if code in delays.hours:
            times = _given(delays.spans, own, code, work, first=False)
            wait = Step(
                f"wait to {code}", f"wait to {code}", "wait", times=times, calendar=delays.hours[code]
            )
            steps[wait.id] = wait
            flows.append(Flow(wait.id, made.id))
    for source in np.unique(ways.source).tolist():
        for target, chances in _chances(work, ways, own, source).items():
            aim = END if target == BORDER else f"step {target}"
            if source != BORDER and f"wait to {target}" in steps:
                aim = f"wait to {target}"
            flows.append(Flow(FIRST if source == BORDER else f"after {source}", aim, chances))
    return tuple(steps.values()), tuple(flows)


def _events(work: Work, models: Models) -> list[Whole]:
    """The events of each model, in order."""
    offsets = work.columns.offsets
    return [np.arange(offsets[case], offsets[case + 1]) for case in models.cases.tolist()]


def _given(spans: Numbers, own: list[Whole], code: int, work: Work, *, first: bool) -> Times:
    """The times of an activity by model and turn; where a model has none, those of cases drawn at random.

    `first` says whether the first event of a case counts.
    """
    activity = work.columns.activity
    known = spans[(activity == code) & ~np.isnan(spans) & (first | ~work.is_first)]
    turns = [events[(activity[events] == code) & (first | ~work.is_first[events])][:TURNS] for events in own]
    wide = max(1, max(map(len, turns)))
    table = np.random.default_rng(code).choice(known if len(known) else np.zeros(1), (len(own), wide))
    for row, events in zip(table, turns, strict=True):
        row[: len(events)] = np.where(np.isnan(spans[events]), row[: len(events)], spans[events])
    values = tuple(int(each) for each in table.ravel())
    return Times("given", mean=float(table.mean()), deviation=float(table.std()), values=values)


def _chances(
    work: Work, ways: Ways, own: list[Whole], source: int
) -> dict[int, tuple[tuple[float, ...], ...]]:
    """By target the chance of each model (row) at each leaving (column) of a step: its own, then those of all cases."""
    targets, counts = np.unique(ways.target[ways.source == source], return_counts=True)
    if len(targets) == 1:
        return {int(targets[0]): ((1.0,),)}
    made = [_left(work, events, source) for events in own]
    wide = max(map(len, made))
    usual = [float(f"{count / counts.sum():.4g}") for count in counts]
    found = np.empty((len(own), wide + 1, len(targets)))
    found[:] = usual
    for row, aims in zip(found, made, strict=True):
        row[: len(aims)] = np.asarray(aims)[:, None] == targets if len(aims) else 0.0
    return {
        int(target): tuple(tuple(row) for row in _trimmed(found[:, :, place]).tolist())
        for place, target in enumerate(targets)
    }


def _left(work: Work, events: Whole, source: int) -> list[int]:
    """Where a model went at each leaving of a step."""
    aims = [BORDER, *work.columns.activity[events].tolist(), BORDER]
    return [aims[place + 1] for place, each in enumerate(aims[:-1]) if each == source][:TURNS]


def _trimmed(chances: Numbers) -> Numbers:
    """Chances without the last leavings at which they are as before."""
    kept = chances.shape[1]
    while kept > 1 and (chances[:, kept - 1] == chances[:, kept - 2]).all():
        kept -= 1
    return chances[:, :kept]
