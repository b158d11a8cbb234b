"""Overload beside idle time: of people of one unit who do the same step, some have a queue while others have nothing
to do.

Asked by Kruskal and Wallis' test: do cases wait longer for some of these people than for others? Who has the longest
queue must be busy with other work while cases wait. Idle is who is at
work by the calendar, not away, and has neither work in hand nor work lying ready that the log knows of. What people
do outside the log it cannot tell.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ..calendar import OpenHours, hours_between
from ..found import Candidate, Exhibit, Loss, Test
from ..intervals import lasting, where
from ..ranks import differ
from ..training import free_share
from ..view import Hours, Places, View

LEAST = 20
"""So often somebody has done the step who counts as able to do it."""
IDLE = 0.5
"""In this share of the waiting somebody similar had nothing to do."""
TIMES, HOURS = 1.5, 1.0
"""The longest queue waits so many times as long as the shortest, and so many hours longer."""
BUSY = 0.3
"""Who has the longest queue works on something else in this share of the waiting."""
SHORTEST = 0.25
"""Hours; shorter gaps between pieces of work are no idle time."""


def uneven_loads(view: View) -> Iterator[Candidate]:
    """One candidate for each step and unit in which several people do it."""
    columns = view.columns
    for step, places in enumerate(view.by_step):
        mine = places[view.by_person[places] & ~view.is_first[places] & (columns.unit[places] >= 0)]
        mine = mine[columns.resource[mine] >= 0]
        for unit in np.unique(columns.unit[mine]):
            ours = mine[columns.unit[mine] == unit]
            counts = np.bincount(columns.resource[ours])
            able = np.flatnonzero(counts >= LEAST)
            if len(able) >= 2:
                yield _candidate(view, step, int(unit), ours[np.isin(columns.resource[ours], able)], able)


def _candidate(view: View, step: int, unit: int, places: Places, able: Places) -> Candidate:
    columns = view.columns
    once = view.once_a_case(places)
    found = differ(view.wait[once], columns.resource[once].astype(np.int64))
    means = np.array([float(view.wait[places[columns.resource[places] == each]].mean()) for each in able])
    subject = (columns.activities[step], columns.units[unit])
    is_uneven = bool(means.max() >= max(TIMES * means.min(), means.min() + HOURS))
    is_uneven = is_uneven and _busy(view, places, int(able[means.argmax()])) >= BUSY
    idle = _idle(view, places, able) if is_uneven and found.p < 0.05 else np.zeros(len(places))
    share = float(idle.sum() / max(view.wait[places].sum(), 1e-9))

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        cases, waiting = view.case_sums(places, idle)
        working = np.zeros(len(cases))
        facts: dict[str, str | float] = {
            "step": columns.activities[step],
            "unit": columns.units[unit],
            "times": len(places),
            "people": len(able),
            "longest": float(means.max()),
            "shortest": float(means.min()),
            "share": share,
        }
        return facts, Loss(cases, waiting, working, events=places), (_people(view, places, able),)

    test = Test("kruskal_wallis", found.p, "idle", share)
    return Candidate("uneven_load", subject, test, is_uneven and share >= IDLE, tell, is_general=True)


def _idle(view: View, places: Places, able: Sequence[int] | Places) -> Hours:
    """Hours of each wait in which another of these people was at work and had nothing to do for as long as the step
    takes."""
    columns = view.columns
    needed = max(SHORTEST, float(np.median(view.work[places])))
    free = {int(each): lasting(view.free(int(each)), needed) for each in able}
    idle = np.zeros(len(places))
    for person in free:
        theirs = columns.resource[places] == person
        others = where([spans for each, spans in free.items() if each != person], 1)
        idle[theirs] = _within(view, places[theirs], others)
    return np.minimum(idle, view.wait[places])


def _busy(view: View, places: Places, person: int) -> float:
    """In which share of the waiting for this person they had work in hand."""
    mine = places[view.columns.resource[places] == person]
    whole = float(view.wait[mine].sum())
    return float(_within(view, mine, view.works(person)).sum()) / whole if whole > 0 else 0.0


def _within(view: View, places: Places, spans: OpenHours) -> Hours:
    if not len(spans.begins):
        return np.zeros(len(places))
    return hours_between(view.ready_at[places], view.columns.begun_at[places], spans)


def _people(view: View, places: Places, able: Places) -> Exhibit:
    """Each person's queue and load."""
    rows = []
    for person in able:
        mine = places[view.columns.resource[places] == person]
        name = view.columns.resources[int(person)]
        rows.append((name, float(view.wait[mine].mean()), len(mine), 1 - free_share(view, int(person))))
    rows.sort(key=lambda row: -row[1])
    return Exhibit(
        "queues", "table", ("person", "hours:mean", "count:times", "share:load"), tuple(rows), per_person=True
    )
