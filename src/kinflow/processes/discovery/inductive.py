"""The inductive miner on the directly-follows graph: a sound model of any log, in milliseconds.

S. J. J. Leemans, D. Fahland, W. M. P. van der Aalst: Scalable process discovery with guarantees (2015) and
Scalable process discovery and conformance checking, Software & Systems Modeling 17 (2018); infrequent paths as
in Discovering block-structured process models from event logs containing infrequent behaviour (2013). Beyond
them, a graph without a cut is tried once more as something repeated (the edges from its ends to its beginnings
taken away) before all is given up to a flower; and a part of a parallel block whose steps occur less often than
the block is taken to be optional.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from .cuts import exclusive_cut, loop_cut, parallel_cut, sequence_cut
from .follows import DirectlyFollows
from .graphs import Graph, Group, filtered
from .normal import flower, normal, optional
from .trees import SILENT, Kind, Tree, exclusive, loop, parallel, sequence, step

MOST_ACTIVITIES = 500
DEEPEST = 120  # nesting that no log of people's work reaches; below it a flower keeps time and stack bounded


class TooManyActivities(ValueError):
    """More kinds of steps than a model can show; filter, or look at a higher level."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} activities; at most {MOST_ACTIVITIES} can be shown in a model")
        self.count = count


def discover_tree(follows: DirectlyFollows, noise: float = 0.0) -> Tree:
    """The process tree of a log, in normal form.

    `noise` (0 to 1) leaves out ways rarer than this share of the most frequent way out of the same step, where
    the whole graph cannot be cut. Raises TooManyActivities.
    """
    codes = follows.occurring
    if len(codes) > MOST_ACTIVITIES:
        raise TooManyActivities(len(codes))
    graph = Graph(
        frozenset(codes), dict(follows.edges), dict(follows.start), dict(follows.end), follows.empty
    )
    return normal(_Miner(follows, noise).mine(graph))


class _Miner:
    def __init__(self, follows: DirectlyFollows, noise: float) -> None:
        self.names = follows.activities
        self.noise = noise
        self.occurrences = dict(follows.start)
        for (_, b), count in follows.edges.items():
            self.occurrences[b] = self.occurrences.get(b, 0) + count

    def mine(self, graph: Graph, depth: int = 0) -> Tree:
        if not graph.nodes:
            return SILENT
        tree = self._mine_present(graph, depth)
        return optional(tree) if self._counts(graph.passed, sum(graph.start.values())) else tree

    def _counts(self, rare: int, usual: int) -> bool:
        """Whether something happened, and often enough beside the usual."""
        return rare > 0 and rare >= self.noise * usual

    def _mine_present(self, graph: Graph, depth: int) -> Tree:
        if len(graph.nodes) == 1:
            return self._single(graph)
        if depth > DEEPEST:
            return flower([self.names[node] for node in sorted(graph.nodes)])
        tree = self._cut(graph, graph, depth)
        if tree is None and self.noise > 0:
            tree = self._cut(filtered(graph, self.noise), graph, depth)
        return tree or self._repeated(graph, depth) or self._flower(graph)

    def _single(self, graph: Graph) -> Tree:
        (node,) = graph.nodes
        again = graph.edges.get((node, node), 0)
        leaf = step(self.names[node])
        return loop(leaf) if self._counts(again, sum(graph.end.values())) else leaf

    def _cut(self, seen: Graph, whole: Graph, depth: int) -> Tree | None:
        """The tree by a cut of the graph as seen, its parts taken from the whole graph; None where there is no cut."""
        for find, split, build in _CUTS:
            if groups := find(seen):
                parts = split(whole, groups)
                if find is parallel_cut:
                    parts = [self._left_out(whole, part) for part in parts]
                return build([self.mine(part, depth + 1) for part in parts])
        return None

    def _left_out(self, whole: Graph, part: Graph) -> Graph:
        """The part of a parallel block, with how often it was surely left out: all its steps occur less often
        than the block.
        """
        missing = sum(whole.start.values()) - sum(self.occurrences.get(node, 0) for node in part.nodes)
        return replace(part, passed=max(missing, 0))

    def _repeated(self, graph: Graph, depth: int) -> Tree | None:
        """The graph as something done again and again: without the edges from its ends to its beginnings."""
        kept = {
            (a, b): count
            for (a, b), count in graph.edges.items()
            if not (a in graph.end and b in graph.start)
        }
        if len(kept) == len(graph.edges):
            return None
        once = Graph(graph.nodes, kept, graph.start, graph.end)
        tree = self._cut(once, once, depth)
        if tree is None and self.noise > 0:
            tree = self._cut(filtered(once, self.noise), once, depth)
        return loop(tree) if tree else None

    def _flower(self, graph: Graph) -> Tree:
        tree = flower([self.names[node] for node in sorted(graph.nodes)])
        return next(child for child in tree.children if child is not SILENT) if tree.children else tree


def _part(graph: Graph, group: Group, start: dict[int, int], end: dict[int, int], passed: int = 0) -> Graph:
    """The graph within a group; where nothing begins or ends there by the rules, wherever it is entered or left."""
    edges = {(a, b): count for (a, b), count in graph.edges.items() if a in group and b in group}
    if not start:
        start = _counted((b, count) for (a, b), count in graph.edges.items() if b in group and a not in group)
    if not end:
        end = _counted((a, count) for (a, b), count in graph.edges.items() if a in group and b not in group)
    return Graph(group, edges, start or dict.fromkeys(group, 1), end or dict.fromkeys(group, 1), passed)


def _counted(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for node, count in pairs:
        counts[node] = counts.get(node, 0) + count
    return counts


def _within(counts: dict[int, int], group: Group) -> list[tuple[int, int]]:
    return [(node, count) for node, count in counts.items() if node in group]


def _split_apart(graph: Graph, groups: list[Group]) -> list[Graph]:
    """Parts of choices and parallel blocks: each with the beginnings and ends that it has itself; the usual first."""
    parts = [
        _part(graph, group, dict(_within(graph.start, group)), dict(_within(graph.end, group)))
        for group in groups
    ]
    return sorted(parts, key=lambda part: -sum(part.start.values()))


def _split_row(graph: Graph, groups: list[Group]) -> list[Graph]:
    """Parts of a sequence: each begins where it is entered from before, and counts the jumps over it."""
    place = {node: index for index, group in enumerate(groups) for node in group}
    starts = [_within(graph.start, group) for group in groups]
    ends = [_within(graph.end, group) for group in groups]
    passed = [0] * len(groups)
    jumps = [(-1, place[node], count) for node, count in graph.start.items()]
    jumps += [(place[node], len(groups), count) for node, count in graph.end.items()]
    for (a, b), count in graph.edges.items():
        if place[a] < place[b]:
            starts[place[b]].append((b, count))
            ends[place[a]].append((a, count))
            jumps.append((place[a], place[b], count))
    for before, after, count in jumps:
        for index in range(before + 1, after):
            passed[index] += count
    return [
        _part(graph, group, _counted(start), _counted(end), skipped)
        for group, start, end, skipped in zip(groups, starts, ends, passed, strict=True)
    ]


def _split_loop(graph: Graph, groups: list[Group]) -> list[Graph]:
    """What is done, and all ways back as one part.

    Where no beginning is an end, an edge from an end to a beginning is a repetition without anything between.
    """
    body = groups[0]
    direct = 0
    if not graph.start.keys() & graph.end.keys():
        straight = {(a, b) for a, b in graph.edges if a in graph.end and b in graph.start}
        direct = sum(graph.edges[edge] for edge in straight)
        kept = {edge: count for edge, count in graph.edges.items() if edge not in straight}
        graph = Graph(graph.nodes, kept, graph.start, graph.end)
    back = frozenset[int]().union(*groups[1:])
    to_back = [(a, b, count) for (a, b), count in graph.edges.items() if a in body and b in back]
    to_body = [(a, b, count) for (a, b), count in graph.edges.items() if a in back and b in body]
    done = _part(
        graph,
        body,
        _counted(_within(graph.start, body) + [(b, count) for _, b, count in to_body if b in graph.start]),
        _counted(_within(graph.end, body) + [(a, count) for a, _, count in to_back if a in graph.end]),
    )
    redo = _part(
        graph,
        back,
        _counted((b, count) for _, b, count in to_back),
        _counted((a, count) for a, _, count in to_body),
        direct,
    )
    return [done, redo]


_Finder = Callable[[Graph], list[Group]]
_Splitter = Callable[[Graph, list[Group]], list[Graph]]
_Builder = Callable[[list[Tree]], Tree]

_CUTS: tuple[tuple[_Finder, _Splitter, _Builder], ...] = (
    (exclusive_cut, _split_apart, lambda parts: exclusive(*parts)),
    (sequence_cut, _split_row, lambda parts: sequence(*parts)),
    (parallel_cut, _split_apart, lambda parts: parallel(*parts)),
    (loop_cut, _split_loop, lambda parts: loop(*parts)),
)


def is_flower(tree: Tree) -> bool:
    """Whether the tree says nothing but "anything, in any order"."""
    inner = tree
    if inner.kind is Kind.EXCLUSIVE and SILENT in inner.children and len(inner.children) == 2:
        inner = next(child for child in inner.children if child is not SILENT)
    return (
        inner.kind is Kind.LOOP
        and inner.children[1].kind is Kind.SILENT
        and inner.children[0].kind is Kind.EXCLUSIVE
        and all(child.kind is Kind.STEP for child in inner.children[0].children)
    )
