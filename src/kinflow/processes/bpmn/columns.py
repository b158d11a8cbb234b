"""Where elements stand from left to right: columns by how far the flow has come, with stand-ins on the way of
long flows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_STAND_INS = 8_000


@dataclass(frozen=True)
class Edge:
    """A flow between two nodes of a sheet; `room` is how many pixels its name takes."""

    id: str
    source: str
    target: str
    room: float = 0.0


@dataclass(frozen=True)
class Path:
    """A flow from column to column: its source, stand-ins in between, its target; `returns` where it leads back."""

    edge: Edge
    stops: tuple[str, ...]
    returns: bool


@dataclass(frozen=True)
class Placed:
    """Columns of nodes and stand-ins, and the paths along them."""

    column: dict[str, int]
    paths: list[Path]
    stand_ins: dict[str, str]  # stand-in: the node whose band it keeps to


def in_columns(nodes: Iterable[str], edges: list[Edge]) -> Placed:
    """The longest path from the beginning decides the column; flows that lead back are found by a walk and
    turned around.
    """
    order = list(nodes)
    ahead: dict[str, list[Edge]] = {node: [] for node in order}
    for edge in edges:
        ahead[edge.source].append(edge)
    entered = {edge.target for edge in edges}
    back = _returning([node for node in order if node not in entered] + order, ahead)
    column = _longest(order, [edge for edge in edges if edge.id not in back])
    paths = []
    stand_ins: dict[str, str] = {}
    longest = _longest_way(edges, column)
    for edge in edges:
        first, last = column[edge.source], column[edge.target]
        returns = edge.id in back
        between = range(first, last - 1, -1) if returns else range(first + 1, last)
        if abs(last - first) > longest:
            between = range(0)
        stops = []
        for place in between:
            name = f"{edge.id} {place}"
            column[name] = place
            stand_ins[name] = edge.source
            stops.append(name)
        paths.append(Path(edge, (edge.source, *stops, edge.target), returns))
    return Placed(column, paths, stand_ins)


def _longest_way(edges: list[Edge], column: Mapping[str, int]) -> int:
    """Over how many columns a flow is led on a way of its own; longer ones of an entangled model run straight."""
    left = MOST_STAND_INS
    for length in sorted(abs(column[edge.target] - column[edge.source]) for edge in edges):
        left -= length
        if left < 0:
            return length - 1
    return len(column)


def _returning(starts: list[str], ahead: Mapping[str, list[Edge]]) -> set[str]:
    """The ids of edges to a node on the way that led to them."""
    back: set[str] = set()
    state: dict[str, int] = {}
    for root in starts:
        if root in state:
            continue
        state[root] = 1
        way = [(root, iter(ahead[root]))]
        while way:
            node, edges = way[-1]
            for edge in edges:
                if state.get(edge.target) == 1:
                    back.add(edge.id)
                elif edge.target not in state:
                    state[edge.target] = 1
                    way.append((edge.target, iter(ahead[edge.target])))
                    break
            else:
                state[node] = 2
                way.pop()
    return back


def _longest(nodes: list[str], edges: list[Edge]) -> dict[str, int]:
    column = dict.fromkeys(nodes, 0)
    missing = dict.fromkeys(nodes, 0)
    ahead: dict[str, list[str]] = {node: [] for node in nodes}
    for edge in edges:
        missing[edge.target] += 1
        ahead[edge.source].append(edge.target)
    ready = [node for node in nodes if not missing[node]]
    for node in ready:
        for target in ahead[node]:
            column[target] = max(column[target], column[node] + 1)
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    return column
