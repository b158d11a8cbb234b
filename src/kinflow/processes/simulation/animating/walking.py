"""A play as walks: each piece of work, from which step its case came to it, and when it waited and was worked on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..plays import SEED, WARM_UP
from ..results import Played
from ..scenario import DAY, HOUR, WEEK, Scenario
from ..simulating import simulate

LONGEST = 8 * WEEK
MOST_CASES, MOST_MOVES, MOST_EVENTS = 2_000, 20_000, 4_000_000
"""What is shown at most: so long, so many cases that come, so many moves; what is played at most: so many events."""
BORDER = -1
"""In place of a step: where cases come from, and where they end."""
WORKED = ("task", "auto")
Whole = NDArray[np.int64]
NOBODY = -1


@dataclass(frozen=True)
class Walks:
    """The moves of one play, in their order; times in microseconds since what is shown begins, before it below nothing.

    `source` and `target` are places in `scenario.steps`, or BORDER. A case left `source` at `left` and came to `target`
    at `wanted`, after its delays; there its work was begun at `begun` and done at `done`. From `counted` to `done` one
    more person is at work for it: later than `begun` where somebody who does several things at a time had another one,
    and `done` where nobody does it. What had not happened by the end of the play is put there.
    """

    scenario: Scenario
    source: Whole
    target: Whole
    left: Whole
    wanted: Whole
    begun: Whole
    counted: Whole
    done: Whole
    arrival: Whole
    finish: Whole
    """Of each case, not of each move: when it came, and ended."""


@dataclass(frozen=True)
class Shown:
    """Plays of scenarios over the same time: `begins` in microseconds since 1970, local time, and how long it lasts."""

    begins: int
    lasts: int
    sides: tuple[Walks, ...]


def shown(scenarios: Sequence[Scenario]) -> Shown:
    """The first of the plays by which what-ifs are told, from the end of its warm-up on, as far as it can be shown.

    Raises Invalid as `simulate` does.
    """
    since = min(each.lasts for each in scenarios) // WARM_UP
    since -= since % (WEEK if since >= WEEK else DAY)
    until = min(since + LONGEST, *(each.lasts for each in scenarios))
    plays = []
    for each in scenarios:
        played = simulate(replace(each, lasts=until), SEED, most_open=MOST_MOVES, most_events=MOST_EVENTS)
        plays.append(played)
        until = min(until, played.until)
    if until <= since:
        since = 0
    sides = [_walks(each, played) for each, played in zip(scenarios, plays, strict=True)]
    until = min([until, *(_bounded(side, since) for side in sides)])
    return Shown(
        scenarios[0].begins + since, until - since, tuple(_part(each, since, until) for each in sides)
    )


def _bounded(side: Walks, since: int) -> int:
    """Until when no more cases come and moves are made than can be shown, but an hour at least."""
    coming = side.arrival[side.arrival >= since]
    ends = [int(coming[MOST_CASES])] if len(coming) > MOST_CASES else []
    moves = side.left[side.done > since]
    ends += [int(moves[MOST_MOVES])] if len(moves) > MOST_MOVES else []
    return max(since + HOUR, min(ends)) if ends else np.iinfo(np.int64).max


def _part(side: Walks, since: int, until: int) -> Walks:
    """What can be seen between two moments, told since the first."""
    ends_here = side.target == BORDER
    kept = (side.left < until) & np.where(ends_here, side.wanted >= since, side.done > since)
    here = (side.arrival < until) & (side.finish > since)
    times = {
        name: getattr(side, name)[kept] - since for name in ("left", "wanted", "begun", "counted", "done")
    }
    return replace(
        side,
        source=side.source[kept],
        target=side.target[kept],
        arrival=side.arrival[here] - since,
        finish=side.finish[here] - since,
        **times,
    )


def _walks(scenario: Scenario, played: Played) -> Walks:
    """All moves of a play."""
    last = played.until
    source, left, target, item = _sources(scenario, played)
    known = item >= 0
    rows = np.where(known, item, 0)
    wanted = np.where(known, np.minimum(played.ready[rows], last), left)
    waits = known & (target != played.step[rows])
    wanted = np.where(waits, last, wanted)
    start = np.where(played.start < 0, last, np.minimum(played.start, last))
    end = np.minimum(played.end, last)
    begun, done = (np.where(known & ~waits, each[rows], wanted) for each in (start, end))
    counted = np.where(known & ~waits, _counted(played, start, end)[rows], done)
    order = np.argsort(left, kind="stable")
    finish = np.where(played.finish >= 0, played.finish, last)
    return Walks(
        scenario, source[order], target[order], left[order], wanted[order], begun[order], counted[order],
        done[order], played.arrival, finish,
    )  # fmt: skip


def _counted(played: Played, start: Whole, end: Whole) -> Whole:
    """From when each piece of work keeps one more person at work on its step; its end where it keeps nobody more."""
    found = end.copy()
    order = np.lexsort((start, played.staff, played.step))
    whose, until = (-1, -1), 0
    for row in order[(played.staff[order] != NOBODY) & (played.start[order] >= 0)].tolist():
        own = (int(played.step[row]), int(played.staff[row]))
        if own != whose:
            whose, until = own, 0
        found[row] = min(max(int(start[row]), until), int(end[row]))
        until = max(until, int(end[row]))
    return found


def _sources(scenario: Scenario, played: Played) -> tuple[Whole, Whole, Whole, Whole]:
    """Of each move the step that was left, when, the step that it leads to, and the piece of work there (-1: an end).

    A token passes gateways in no time: a case comes to a step when it is done with the one before. Delays that are steps
    of their own are part of the move to the step behind them.
    """
    leads, is_worked = _leads(scenario), [each.kind in WORKED for each in scenario.steps]
    step, came, end, case = (each.tolist() for each in (played.step, played.came, played.end, played.case))
    before: dict[tuple[int, int], list[int]] = {}
    origin: list[tuple[int, int]] = [(BORDER, 0)] * len(step)
    followed: set[int] = set()
    moves = []

    def left_from(own: int, moment: int, to: int | None) -> tuple[int, int]:
        """The step that a case left at a moment for another, and when the way there began."""
        there = before.get((own, moment), ())
        row = next((each for each in reversed(there) if to in leads[step[each]]), there[-1] if there else -1)
        if row < 0:
            return BORDER, moment
        followed.add(row)
        return (step[row], end[row]) if is_worked[step[row]] else origin[row]

    for row in range(len(step)):
        origin[row] = left_from(case[row], came[row], step[row])
        before.setdefault((case[row], end[row]), []).append(row)
        if is_worked[step[row]]:
            moves.append((*origin[row], step[row], row))
    for own, finish in enumerate(played.finish.tolist()):
        if finish >= 0:
            moves.append((*left_from(own, finish, BORDER), BORDER, -1))
    for row, code in enumerate(step):
        if not is_worked[code] and row not in followed:  # a case that still is under way to a step
            behind = [each for each in sorted(leads[code]) if each != BORDER]
            if behind:
                moves.append((*origin[row], behind[0], row))
    found = np.array(moves, np.int64).reshape(-1, 4)
    return found[:, 0], found[:, 1], found[:, 2], found[:, 3]


def _leads(scenario: Scenario) -> list[set[int]]:
    """To which steps that take time each leads, gateways passed; BORDER where cases end."""
    places = {each.id: place for place, each in enumerate(scenario.steps)}
    ways: list[list[int]] = [[] for _each in places]
    for flow in scenario.flows:
        ways[places[flow.source]].append(places[flow.target])
    found: list[set[int]] = []
    for first in range(len(ways)):
        reached: set[int] = set() if ways[first] else {BORDER}
        todo, seen = list(ways[first]), {first}
        while todo:
            place = todo.pop()
            kind = scenario.steps[place].kind
            if kind == "end":
                reached.add(BORDER)
            elif kind in (*WORKED, "wait"):
                reached.add(place)
            elif place not in seen:
                seen.add(place)
                todo += ways[place]
        found.append(reached)
    return found
