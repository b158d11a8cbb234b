"""Random process trees, what they allow, and the directly-follows graphs of their complete logs."""

import random
from collections import Counter
from itertools import pairwise

from hypothesis import assume
from hypothesis import strategies as st

from kinflow.processes.discovery.follows import DirectlyFollows
from kinflow.processes.discovery.normal import may_be_empty
from kinflow.processes.discovery.trees import SILENT, Kind, Tree, exclusive, loop, sequence, step


@st.composite
def trees(draw: st.DrawFn, *, rediscoverable: bool = False, steps: int = 9) -> Tree:
    """A tree in which each step occurs once.

    Rediscoverable ones are of the class for which the inductive miner is proven (Leemans, Fahland, van der Aalst 2013,
    theorem 14): nothing silent, and in each loop nothing that is done first is also done last.
    """
    names = [chr(ord("a") + k) for k in range(draw(st.integers(1, steps)))]
    return _grown(draw, names, rediscoverable)


def _grown(draw: st.DrawFn, names: list[str], rediscoverable: bool) -> Tree:
    if len(names) == 1:
        leaf = step(names[0])
        return leaf if rediscoverable or draw(st.integers(0, 4)) else exclusive(leaf, SILENT)
    kind = draw(st.sampled_from([Kind.SEQUENCE, Kind.EXCLUSIVE, Kind.PARALLEL, Kind.LOOP]))
    if kind is Kind.LOOP and len(names) > 2:
        cut = draw(st.integers(2, len(names) - 1))
        inner = draw(st.integers(1, cut - 1))
        done = sequence(*(_grown(draw, part, rediscoverable) for part in (names[:inner], names[inner:cut])))
        return loop(done, _grown(draw, names[cut:], rediscoverable))
    kind = Kind.SEQUENCE if kind is Kind.LOOP else kind
    cut = draw(st.integers(1, len(names) - 1))
    return Tree(
        kind,
        children=(_grown(draw, names[:cut], rediscoverable), _grown(draw, names[cut:], rediscoverable)),
    )


Sets = tuple[set[str], set[str], set[tuple[str, str]]]


def footprint(tree: Tree) -> Sets:
    """What its complete log begins with, ends with, and has directly after each other; worked out, not played."""
    if tree.kind is Kind.SILENT:
        return set(), set(), set()
    if tree.kind is Kind.STEP:
        return {tree.name}, {tree.name}, set()
    parts = [footprint(child) for child in tree.children]
    follows = set().union(*(part[2] for part in parts))
    starts, ends = set().union(*(p[0] for p in parts)), set().union(*(p[1] for p in parts))
    if tree.kind is Kind.EXCLUSIVE:
        return starts, ends, follows
    if tree.kind is Kind.PARALLEL:
        alphabets = [set(child.steps) for child in tree.children]
        for one in range(len(alphabets)):
            for other in range(len(alphabets)):
                if one != other:
                    follows |= {(a, b) for a in alphabets[one] for b in alphabets[other]}
        return starts, ends, follows
    if tree.kind is Kind.LOOP:
        done, redo = tree.children
        both = footprint(sequence(done, redo, done))
        again = footprint(sequence(redo, done, redo))
        first = both[0] if may_be_empty(done) else parts[0][0]
        last = both[1] if may_be_empty(done) else parts[0][1]
        return first, last, both[2] | again[2]
    first, last = set(), set()
    for index, part in enumerate(parts):
        first |= part[0]
        if not may_be_empty(tree.children[index]):
            break
    for index in range(len(parts) - 1, -1, -1):
        last |= parts[index][1]
        if not may_be_empty(tree.children[index]):
            break
    for one in range(len(parts)):
        for other in range(one + 1, len(parts)):
            follows |= {(a, b) for a in parts[one][1] for b in parts[other][0]}
            if not may_be_empty(tree.children[other]):
                break
    return first, last, follows


def complete(tree: Tree) -> DirectlyFollows:
    """The directly-follows graph of a log of so many ways through a tree that nothing is missing from it."""
    names = tuple(sorted(tree.steps))
    code = {name: index for index, name in enumerate(names)}
    wanted = footprint(tree)
    chance = random.Random(1)
    edges: Counter[tuple[str, str]] = Counter()
    start: Counter[str] = Counter()
    end: Counter[str] = Counter()
    empty = 0
    for _ in range(4_000):
        if (set(start), set(end), set(edges)) == wanted and empty >= may_be_empty(tree):
            break
        way = played(tree, chance)
        edges.update(pairwise(way))
        start.update(way[:1])
        end.update(way[-1:])
        empty += not way
    assume((set(start), set(end), set(edges)) == wanted)
    return DirectlyFollows(
        names,
        {(code[a], code[b]): count for (a, b), count in edges.items()},
        {code[a]: count for a, count in start.items()},
        {code[a]: count for a, count in end.items()},
        empty,
    )


def played(tree: Tree, chance: random.Random) -> list[str]:
    """One way through a tree."""
    if tree.kind is Kind.STEP:
        return [tree.name]
    if tree.kind is Kind.SILENT:
        return []
    if tree.kind is Kind.EXCLUSIVE:
        return played(chance.choice(tree.children), chance)
    if tree.kind is Kind.LOOP:
        way = played(tree.children[0], chance)
        while chance.random() < 0.4:
            way += played(tree.children[1], chance) + played(tree.children[0], chance)
        return way
    ways = [played(child, chance) for child in tree.children]
    if tree.kind is Kind.SEQUENCE:
        return [name for way in ways for name in way]
    mixed = []
    while any(ways):
        way = chance.choice([way for way in ways if way])
        mixed.append(way.pop(0))
    return mixed
