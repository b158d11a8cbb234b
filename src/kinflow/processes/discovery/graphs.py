"""The graph that the inductive miner cuts: part of a directly-follows graph, with its own beginnings and ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Group = frozenset[int]


@dataclass(frozen=True)
class Graph:
    """Nodes, edges with counts, where it begins and ends with counts, and how often it was passed by without
    doing any of it.
    """

    nodes: Group
    edges: dict[tuple[int, int], int]
    start: dict[int, int]
    end: dict[int, int]
    passed: int = 0

    def successors(self) -> dict[int, set[int]]:
        """Which nodes follow each node."""
        following: dict[int, set[int]] = {node: set() for node in self.nodes}
        for a, b in self.edges:
            following[a].add(b)
        return following


def filtered(graph: Graph, noise: float) -> Graph:
    """Without the edges rarer than `noise` times the most frequent way out of their source, likewise beginnings
    and ends.

    The filter of the infrequent variant of the inductive miner (Leemans, Fahland, van der Aalst 2013).
    """
    most = dict(graph.end)
    for (a, _), count in graph.edges.items():
        most[a] = max(most.get(a, 0), count)
    least_start = noise * max(graph.start.values(), default=0)
    end = {node: count for node, count in graph.end.items() if count >= noise * most[node]}
    return Graph(
        graph.nodes,
        {(a, b): count for (a, b), count in graph.edges.items() if count >= noise * most[a]},
        {node: count for node, count in graph.start.items() if count >= least_start},
        end or graph.end,
        graph.passed,
    )


def connected(nodes: Iterable[int], linked: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The groups of nodes joined by links, whatever their direction, in the order of their least node."""
    leader = {node: node for node in nodes}

    def top(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for a, b in linked:
        if a in leader and b in leader:
            leader[top(a)] = top(b)
    groups: dict[int, set[int]] = {}
    for node in sorted(leader):
        groups.setdefault(top(node), set()).add(node)
    return sorted(groups.values(), key=min)


def components(nodes: Iterable[int], following: Callable[[int], Iterable[int]]) -> list[set[int]]:
    """Strongly connected components, those that can be reached last coming first (Tarjan 1972, without recursion)."""
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    waiting: list[int] = []
    found: list[set[int]] = []
    placed: set[int] = set()
    for root in sorted(nodes):
        if root in number:
            continue
        path = [(root, iter(sorted(following(root))))]
        number[root] = low[root] = len(number)
        waiting.append(root)
        while path:
            node, ahead = path[-1]
            for next_node in ahead:
                if next_node not in number:
                    number[next_node] = low[next_node] = len(number)
                    waiting.append(next_node)
                    path.append((next_node, iter(sorted(following(next_node)))))
                    break
                if next_node not in placed:
                    low[node] = min(low[node], number[next_node])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == number[node]:
                    group = set()
                    while node not in group:
                        group.add(waiting.pop())
                    found.append(group)
                    placed |= group
    return found
