"""Which choices are played next, and how often: a pure function of what was played, so that a search can stop anywhere.

New choices come by NSGA-II (K. Deb et al., "A fast and elitist multiobjective genetic algorithm", 2002): the things to
choose are yes or no and small numbers, without slopes to follow, and one run finds the whole set. Where everything can be
played, everything is. What is proposed first gets few plays. Half of the plays go into a race: whoever is not surely
beaten gets twice as many as before, round by round, so that what is bad costs little (O. Maron, A. Moore, "Hoeffding
Races", 1994; Z. Karnin et al., "Almost Optimal Exploration in Multi-Armed Bandits", 2013, for the halving).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .dominance import Point, beats, survivors
from .space import Choice, Space

FIRST, MOST = 4, 64
"""Plays of a choice: when it is new, at most."""
FOUNDERS, BROOD = 24, 12
TRIES = 200


def next_round(points: Sequence[Point], space: Space, plays: int, seed: int) -> list[Point]:
    """Points to be played up to their `target`, new or known; none where `plays` are used up or all is clear."""
    left = plays - sum(len(each.plays) for each in points)
    if left < FIRST:
        return []
    exploring = plays // 2 - sum(min(FIRST, len(each.plays)) for each in points)
    new = _new(points, space, exploring // FIRST, seed)
    if new:
        return [Point(choice, target=FIRST) for choice in new]
    return _further(points, left)


def _new(points: Sequence[Point], space: Space, room: int, seed: int) -> list[Choice]:
    known = {each.choice for each in points}
    if not known:
        return [space.present]
    if room <= 0 or len(known) >= space.size:
        return []
    if space.size - 1 <= room + len(known) - 1:
        return [each for each in space.all() if each not in known]
    chance = np.random.default_rng([seed, len(known)])
    if len(known) == 1:
        founders = [*space.singles()][: FOUNDERS // 2]
        founders += [space.drawn(chance) for _one in range(FOUNDERS - len(founders))]
        return list(dict.fromkeys(each for each in founders if each not in known))[:room]
    parents = ranked(points)
    found: dict[Choice, None] = {}
    for _try in range(TRIES):
        if len(found) >= min(BROOD, room):
            break
        child = space.child(_parent(parents, chance), _parent(parents, chance), chance)
        if child not in known:
            found[child] = None
    return list(found)


def _parent(parents: Sequence[Choice], chance: np.random.Generator) -> Choice:
    """The better ranked of two."""
    return parents[min(int(each) for each in chance.integers(len(parents), size=2))]


def _further(points: Sequence[Point], left: int) -> list[Point]:
    """Twice as many plays for those of the survivors that have fewest, as many of them as can be paid."""
    racing = [each for each in survivors(points) if len(each.plays) < MOST]
    if len(survivors(points)) < 2 or not racing:
        return []
    fewest = min(len(each.plays) for each in racing)
    found = []
    for each in racing:
        more = min(len(each.plays), MOST - len(each.plays))
        if len(each.plays) == fewest and more <= left:
            found.append(replace(each, target=len(each.plays) + more))
            left -= more
    return found


def ranked(points: Sequence[Point]) -> list[Choice]:
    """The best choices first: by how many fronts lie before theirs, then by how far from others they lie in it."""
    left = [each for each in points if each.is_possible and each.plays]
    found: list[Choice] = []
    while left and len(found) < FOUNDERS:
        best = [each for each in left if not any(beats(other, each) for other in left)]
        found += [each.choice for each in _by_distance(best)]
        left = [each for each in left if each not in best]
    return found[:FOUNDERS] or [each.choice for each in points]


def _by_distance(front: Sequence[Point]) -> list[Point]:
    """The points of a front, those farthest from their neighbours first (crowding distance)."""
    values = np.array([each.mean for each in front])
    values = np.where(np.isfinite(values), values, 1e300)
    distance = np.zeros(len(front))
    for column in values.T:
        order = np.argsort(column, kind="stable")
        reach = column[order[-1]] - column[order[0]]
        distance[order[[0, -1]]] = np.inf
        if reach and len(front) > 2:
            distance[order[1:-1]] += (column[order[2:]] - column[order[:-2]]) / reach
    return [front[place] for place in np.argsort(-distance, kind="stable")]
