"""Communities of a network by modularity, found by the method of Louvain (Blondel and others 2008), and how alike two
partitions are.

Nodes are moved in their order, of equal places to the first, so that the same network always gives the same communities.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ...columns.compiled import compiled

Whole = NDArray[np.int64]
Weights = NDArray[np.float64]
LEAST_GAIN = 1e-9
MOST_PASSES = 100


def communities_of(weights: sparse.csr_matrix) -> Whole:
    """The community of each node of a symmetric network with weights of at least 0, numbered by their first nodes."""
    found = np.arange(weights.shape[0], dtype=np.int64)
    network = _ready(weights)
    while network.nnz:
        moved = move_nodes(network.indptr, network.indices, network.data, _degrees(network))
        names, place = np.unique(moved, return_inverse=True)
        if len(names) == network.shape[0]:
            break
        place = place.ravel()
        found = place[found]
        size = network.shape[0]
        into = sparse.csr_matrix((np.ones(size), (np.arange(size), place)), shape=(size, len(names)))
        network = _ready(into.T @ network @ into)
    return _by_first(found)


def _ready(network: sparse.csr_matrix) -> sparse.csr_matrix:
    """The network in the one layout for which the pass is compiled."""
    given = sparse.csr_matrix(network, dtype=np.float64)
    given.sum_duplicates()
    given.indptr, given.indices = given.indptr.astype(np.int64), given.indices.astype(np.int64)
    return given


def _degrees(network: sparse.csr_matrix) -> Weights:
    return np.asarray(network.sum(axis=1), np.float64).ravel()


def _by_first(found: Whole) -> Whole:
    """The same partition, its parts numbered in the order in which they come up."""
    _names, first, place = np.unique(found, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[place.ravel()]


@compiled
def move_nodes(begins: Whole, neighbours: Whole, weights: Weights, degrees: Weights) -> Whole:
    """Move each node to the neighbouring community that gains most modularity, until none moves any more."""
    count = degrees.shape[0]
    community = np.arange(count)
    total, own = degrees.copy(), degrees.sum()
    towards = np.zeros(count, np.float64)
    for _again in range(MOST_PASSES):
        has_moved = False
        for node in range(count):
            here, degree = community[node], degrees[node]
            for k in range(begins[node], begins[node + 1]):
                if neighbours[k] != node:
                    towards[community[neighbours[k]]] += weights[k]
            total[here] -= degree
            best, gain = here, towards[here] - degree * total[here] / own
            for k in range(begins[node], begins[node + 1]):
                there = community[neighbours[k]]
                found = towards[there] - degree * total[there] / own
                if found > gain + LEAST_GAIN:
                    best, gain = there, found
            for k in range(begins[node], begins[node + 1]):
                towards[community[neighbours[k]]] = 0.0
            total[best] += degree
            if best != here:
                community[node] = best
                has_moved = True
        if not has_moved:
            break
    return community


def modularity(weights: sparse.csr_matrix, parts: Whole) -> float:
    """How much more of a network's weight lies within parts than chance would put there (Newman and Girvan 2004)."""
    network = sparse.coo_matrix(weights)
    total = float(network.data.sum())
    if not total:
        return 0.0
    within = float(network.data[parts[network.row] == parts[network.col]].sum())
    degrees = np.bincount(parts, weights=np.asarray(network.sum(axis=1)).ravel())
    return within / total - float(((degrees / total) ** 2).sum())


def adjusted_rand(one: Whole, other: Whole) -> float:
    """How alike two partitions are: 1 the same, 0 as alike as chance would have it (Hubert and Arabie 1985)."""
    table = np.zeros((int(one.max(initial=-1)) + 1, int(other.max(initial=-1)) + 1))
    np.add.at(table, (one, other), 1)
    both, first, second = (
        float((each * (each - 1) / 2).sum()) for each in (table, table.sum(axis=1), table.sum(axis=0))
    )
    every = len(one) * (len(one) - 1) / 2
    expected = first * second / every if every else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
