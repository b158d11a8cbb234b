"""Where a directly-follows graph falls apart: the four cuts of the inductive miner (Leemans, Fahland, van der
Aalst 2015, 2018).
"""

from itertools import combinations

from .graphs import Graph, Group, components, connected


def exclusive_cut(graph: Graph) -> list[Group]:
    """Groups between which there is no edge; empty where there is one group only."""
    groups = connected(graph.nodes, graph.edges)
    return [frozenset(group) for group in groups] if len(groups) > 1 else []


def sequence_cut(graph: Graph) -> list[Group]:
    """Groups in a row: from each every later one can be reached, and no earlier one; empty where there is no
    such row.

    The row is made strict: groups that are only skipped together become one.
    """
    following = graph.successors()
    parts = components(graph.nodes, following.__getitem__)[::-1]
    if len(parts) < 2:
        return []
    place = {node: index for index, part in enumerate(parts) for node in part}
    reach = [0] * len(parts)  # bit k: the k-th part can be reached
    for index in range(len(parts) - 1, -1, -1):
        for node in parts[index]:
            for next_node in following[node]:
                after = place[next_node]
                if after != index:
                    reach[index] |= reach[after] | 1 << after
    apart = [(a, b) for a, b in combinations(range(len(parts)), 2) if not reach[a] >> b & 1]
    rows = sorted(connected(range(len(parts)), apart), key=min)
    groups = [frozenset[int]().union(*(parts[index] for index in row)) for row in rows]
    return _strict(graph, groups) if len(groups) > 1 else []


def _strict(graph: Graph, groups: list[Group]) -> list[Group]:
    """Joins to a group that may be skipped the neighbours that never occur without its side of the row."""
    count = len(groups)
    place = {node: index for index, group in enumerate(groups) for node in group}
    entered = [-1 if group & graph.start.keys() else count for group in groups]
    left = [count if group & graph.end.keys() else -1 for group in groups]
    jumps = [(-1, place[node]) for node in graph.start] + [(place[node], count) for node in graph.end]
    for a, b in graph.edges:
        if place[a] != place[b]:
            jumps.append((place[a], place[b]))
            entered[place[b]] = min(entered[place[b]], place[a])
            left[place[a]] = max(left[place[a]], place[b])
    joined = list(range(count))
    for index in range(count):
        if not any(a < index < b for a, b in jumps):
            continue
        before = index - 1
        while before >= 0 and left[before] <= index:
            joined[before] = joined[index]
            before -= 1
        after = index + 1
        while after < count and entered[after] >= index:
            joined[after] = joined[index]
            after += 1
    rows = connected(range(count), [(index, joined[index]) for index in range(count)])
    spans = connected(range(count), [(k, k + 1) for row in rows for k in range(min(row), max(row))])
    strict = [frozenset[int]().union(*(groups[index] for index in span)) for span in spans]
    return strict if len(strict) > 1 else groups


def parallel_cut(graph: Graph) -> list[Group]:
    """Groups whose nodes follow each other in both directions across groups, each with a beginning and an end;
    or empty.
    """
    edges = graph.edges
    apart = [
        (a, b) for a, b in combinations(sorted(graph.nodes), 2) if (a, b) not in edges or (b, a) not in edges
    ]
    groups = connected(graph.nodes, apart)
    whole: list[set[int]] = []
    partial: list[set[int]] = []
    for group in groups:
        has_both = group & graph.start.keys() and group & graph.end.keys()
        (whole if has_both else partial).append(group)
    if not whole:
        return []
    for group in partial:
        whole[0] |= group
    return [frozenset(group) for group in whole] if len(whole) > 1 else []


def loop_cut(graph: Graph) -> list[Group]:
    """What is done, then the groups that lead from its ends back to its beginnings; or empty.

    A group may only be entered from an end and only lead to a beginning; then from all ends, and to all
    beginnings.
    """
    starts, ends = set(graph.start), set(graph.end)
    body = starts | ends
    groups = connected(graph.nodes - body, graph.edges)
    back: list[Group] = []
    for group in groups:
        sources = {(a, b) for a, b in graph.edges if a in body and b in group}
        targets = {(a, b) for a, b in graph.edges if a in group and b in body}
        entries, exits = {b for _, b in sources}, {a for a, _ in targets}
        fits = (
            sources
            and targets
            and all(a in ends for a, _ in sources)
            and all(b in starts for _, b in targets)
            and all((a, b) in graph.edges for a in ends for b in entries)
            and all((a, b) in graph.edges for a in exits for b in starts)
        )
        if fits:
            back.append(frozenset(group))
        else:
            body |= group
    return [frozenset(body), *back] if back else []
