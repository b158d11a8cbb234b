"""From the main path to everything: in which order the arrows of a map are shown, and how much each stand explains.

The main path is the most frequent variant. After it the arrows come by how often they are walked; with an arrow come the
widest way from the start to it and from it to the end (that whose rarest arrow is most frequent), so that no step ever
hangs in the air.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..columns.events import EventColumns

BORDER = -1
"""Stands before the first step of a case and after its last."""
MOST_ARROWS = 400
"""Arrows that are drawn; a picture of more helps nobody."""
Arrow = tuple[int, int]


@dataclass(frozen=True)
class Level:
    """A stand of the slider: how many steps and arrows are shown, which shares of cases and moves they explain."""

    steps: int
    arrows: int
    cases: float
    moves: float


def arrows_of(columns: EventColumns) -> dict[Arrow, int]:
    """How often each step follows each, with the border before the first and after the last of a case."""
    pairs, counts = np.unique(_moves(columns), return_counts=True)
    wide = len(columns.activities) + 1
    codes = [(int(pair) // wide - 1, int(pair) % wide - 1) for pair in pairs]
    return dict(zip(codes, map(int, counts), strict=True))


def first_levels(shown: Mapping[Arrow, int]) -> dict[int, int]:
    """From which stand on each step is shown: that of the first of its arrows."""
    first: dict[int, int] = {}
    for arrow, level in shown.items():
        for code in arrow:
            if code != BORDER:
                first[code] = min(level, first.get(code, level))
    return first


def _moves(columns: EventColumns) -> NDArray[np.int64]:
    """The moves of all cases one after another, as pairs of codes; a case with k events has k + 1."""
    wide = len(columns.activities) + 1
    lengths = np.diff(columns.offsets)
    filled = lengths > 0
    starts = columns.offsets[:-1][filled] + np.arange(int(filled.sum()))
    line = np.zeros(columns.events + len(starts), np.int64)
    here = np.ones(len(line), bool)
    here[starts] = False  # the place of the border before each case
    line[here] = columns.activity.astype(np.int64) + 1
    following = np.append(line[1:], 0)
    moves: NDArray[np.int64] = line * wide + following
    return moves


def revealed(arrows: Mapping[Arrow, int], main_path: Sequence[int]) -> dict[Arrow, int]:
    """The level at which each arrow is shown first; those beyond the limit are left out."""
    into, out_of = _widest(arrows, forward=True), _widest(arrows, forward=False)
    shown: dict[Arrow, int] = {}
    walk = [BORDER, *main_path, BORDER]
    for arrow in zip(walk, walk[1:], strict=False):
        if arrow in arrows:
            shown[arrow] = 0
    level = 0
    for arrow in sorted(arrows, key=lambda each: (-arrows[each], each)):
        if len(shown) >= MOST_ARROWS:
            break
        fresh = [each for each in (arrow, *_way(arrow, into, out_of)) if each not in shown]
        if arrow in shown or not fresh:
            continue
        level += 1
        shown |= dict.fromkeys(fresh, level)
    return shown


def _widest(arrows: Mapping[Arrow, int], *, forward: bool) -> dict[int, int]:
    """For each step the neighbour through which its widest way to the border leads."""
    beside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (before, after), walked in arrows.items():
        here, there = (before, after) if forward else (after, before)
        beside[here].append((there, walked))
    found: dict[int, int] = {}
    waiting = [(-walked, step, BORDER) for step, walked in beside[BORDER] if step != BORDER]
    heapq.heapify(waiting)
    while waiting:
        width, step, through = heapq.heappop(waiting)
        if step in found:
            continue
        found[step] = through
        for there, walked in beside[step]:
            if there != BORDER and there not in found:
                heapq.heappush(waiting, (max(width, -walked), there, step))
    return found


def _way(arrow: Arrow, into: Mapping[int, int], out_of: Mapping[int, int]) -> list[Arrow]:
    """The arrows of the widest ways from the start to an arrow and from it to the end."""
    before, after = arrow
    way = []
    while before != BORDER and before in into:
        way.append((into[before], before))
        before = into[before]
    while after != BORDER and after in out_of:
        way.append((after, out_of[after]))
        after = out_of[after]
    return way


def stands(columns: EventColumns, levels: Mapping[Arrow, int]) -> list[Level]:
    """What each level shows and explains; a case is explained where all its moves are shown."""
    last = max(levels.values(), default=0)
    wide = len(columns.activities) + 1
    keys = sorted((((a + 1) * wide + b + 1), level) for (a, b), level in levels.items())
    codes = np.array([code for code, _level in keys], np.int64)
    at = np.array([level for _code, level in keys], np.int64)
    moves = _moves(columns)
    if not len(moves) or not len(codes):
        return [Level(0, 0, 0.0, 0.0)]
    place = np.minimum(np.searchsorted(codes, moves), len(codes) - 1)
    needed = np.where(codes[place] == moves, at[place], last + 1)
    lengths = np.diff(columns.offsets)
    lengths = lengths[lengths > 0]
    begins = np.concatenate(([0], np.cumsum(lengths + 1)[:-1]))
    by_case = np.bincount(np.maximum.reduceat(needed, begins), minlength=last + 2)[: last + 1]
    by_move = np.bincount(needed, minlength=last + 2)[: last + 1]
    by_arrow = np.bincount(at, minlength=last + 1)
    first: dict[int, int] = {}
    for (before, after), level in levels.items():
        for step in (before, after):
            if step != BORDER:
                first[step] = min(level, first.get(step, level))
    by_step = np.bincount(np.array(list(first.values()), np.int64), minlength=last + 1)
    return [
        Level(int(steps), int(shown), float(cases) / len(begins), float(walked) / len(moves))
        for steps, shown, cases, walked in zip(
            np.cumsum(by_step), np.cumsum(by_arrow), np.cumsum(by_case), np.cumsum(by_move), strict=True
        )
    ]


def usual(levels: Sequence[Level], *, cases: float = 0.8, arrows: int = 26) -> int:
    """The level to begin with: the first that explains most cases, unless that would be too many arrows to read."""
    for number, level in enumerate(levels):
        if level.arrows > arrows:
            return max(0, number - 1)
        if level.cases >= cases:
            return number
    return len(levels) - 1
