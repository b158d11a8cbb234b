"""Division of labour too fine: units that only pass a case on, and what it waits for them.

A unit's turn passes the case on if it lies between others' turns, holds no work that lasts, and holds only steps that
other units did in the same case, too. Asked by Mann-Whitney: do cases wait longer for such turns than for the next
event of somebody who has them already?
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from ..chances import larger
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Mask, Places, Turns, View

LEAST_CASES = 20
WORK = 1 / 60
"""Hours; what lasts longer is work."""


def pass_through(view: View) -> Iterator[Candidate]:
    """One candidate for each unit with which chains of units begin that only pass a case on."""
    turns = view.unit_turns
    passing = _passing(view, turns)
    chains: dict[int, list[tuple[int, int]]] = defaultdict(list)
    begins = np.flatnonzero(passing & ~np.concatenate(([False], passing[:-1])))
    for begin in begins:
        end = begin
        while passing[end + 1]:
            end += 1
        chains[int(turns.code[begin])].append((int(begin), int(end)))
    for where in chains.values():
        if len(where) >= LEAST_CASES:
            yield _candidate(view, turns, np.asarray(where))


def _way(turns: Turns, where: Places) -> tuple[int, ...]:
    """The longest way that a quarter of these chains take."""
    ways: Counter[tuple[int, ...]] = Counter()
    for begin, end in where:
        for last in range(begin, end + 1):
            ways[tuple(turns.code[begin : last + 1].tolist())] += 1
    frequent = [way for way, times in ways.items() if times >= len(where) / 4]
    return max(frequent, key=lambda way: (len(way), ways[way]))


def _passing(view: View, turns: Turns) -> Mask:
    """Which turns only pass the case on."""
    count = len(turns)
    if count < 3:
        return np.zeros(count, bool)
    between = np.zeros(count, bool)
    between[1:-1] = (turns.case[:-2] == turns.case[1:-1]) & (turns.case[1:-1] == turns.case[2:])
    worked = np.concatenate(([0.0], np.cumsum(np.where(view.by_person, view.work, 0))))
    idle = worked[turns.last + 1] - worked[turns.first] < WORK
    return between & idle & ~_own_step(view, turns)


def _own_step(view: View, turns: Turns) -> Mask:
    """Which turns hold a step that no other unit did in the case."""
    columns, known = view.columns, view.by_person & (view.columns.unit >= 0)
    places = np.flatnonzero(known)
    step = columns.case[places].astype(np.int64) * max(len(columns.activities), 1) + columns.activity[places]
    pair = np.unique(np.column_stack((step, columns.unit[places])), axis=0)
    steps, units = np.unique(pair[:, 0], return_counts=True)
    alone = np.zeros(columns.events + 1, np.int64)
    alone[places + 1] = units[np.searchsorted(steps, step)] == 1
    alone = np.cumsum(alone)
    return np.asarray(alone[turns.last + 1] > alone[turns.first], bool)


def _candidate(view: View, turns: Turns, where: Places) -> Candidate:
    units = _way(turns, where)
    names = tuple(view.columns.units[unit] for unit in units)
    which = np.unique(np.concatenate([np.arange(begin, end + 1) for begin, end in where]))
    events = np.concatenate([np.arange(turns.first[k], turns.last[k] + 1) for k in which])
    asked = view.once_a_case(turns.first[which])
    found = larger(view.wait[asked], view.inside_waits)
    is_large = found.effect >= 0.6 and float(view.wait[asked].mean()) > 0.1

    def tell() -> tuple[dict[str, str | float | tuple[str, ...]], Loss, tuple[Exhibit, ...]]:
        loss = loss_of(view, events)
        people, hand_offs = _people(view)
        share = len(loss.cases) / max(view.columns.cases, 1)
        return (
            {
                "units": names,
                "cases": len(loss.cases),
                "share": share,
                "wait": float(loss.waiting.mean()),
                "people": float(people[loss.cases].mean()),
                "hand_offs": float(hand_offs[loss.cases].mean()),
                "best": float(np.quantile(people[people > 0], 0.25)),
            },
            loss,
            (_waits(view, turns, which), _how_many(people)),
        )

    return Candidate(
        "pass_through", names[:1], Test("mann_whitney", found.p, "a12", found.effect), is_large, tell
    )


def _people(view: View) -> tuple[np.ndarray, np.ndarray]:
    """How many people each case met, and how often it changed hands."""
    turns = view.person_turns
    pairs = np.unique(np.column_stack((turns.case, turns.code)), axis=0)
    people = np.bincount(pairs[:, 0], minlength=view.columns.cases)
    passes = np.bincount(turns.case, minlength=view.columns.cases) - 1
    return people, np.maximum(passes, 0)


def _waits(view: View, turns: Turns, which: Places) -> Exhibit:
    rows = []
    for unit in np.unique(turns.code[which]):
        waits = view.wait[turns.first[which[turns.code[which] == unit]]]
        rows.append((view.columns.units[unit], float(waits.mean()), float(np.median(waits)), len(waits)))
    rows.sort(key=lambda row: -row[3])
    return Exhibit(
        "waits_for_units", "bars", ("unit", "hours:mean", "hours:median", "count:times"), tuple(rows)
    )


def _how_many(people: np.ndarray) -> Exhibit:
    counts = np.bincount(np.minimum(people, 10))
    rows = tuple((k, int(count)) for k, count in enumerate(counts) if count and k)
    return Exhibit("people_per_case", "bars", ("count:people", "count:cases"), rows)
