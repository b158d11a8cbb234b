"""Searching: how far it is from the overfull to places that are free, along the cheapest moves between people.

Dijkstra's search over the people and a last node, nobody, for items without a person. A length is what a move
loses at the prices of the moment; these are such that no length is negative.
"""

import numpy as np
from numpy.typing import NDArray

from .optimum_compiled import compiled
from .optimum_shapes import COMPLETE, Hands, Moves, Search, Share, Shortlist

REACHED, FAR, NO_WAY = 0, 1, 2
UNSEEN, DONE = -1, -2


@compiled
def lift(search: Search, k: int) -> None:
    """Move the entry at heap position `k` up to where it belongs."""
    v = search.heap[k]
    while k > 0:
        parent = (k - 1) >> 1
        u = search.heap[parent]
        if search.distance[u] <= search.distance[v]:
            break
        search.heap[k], search.place[u] = u, k
        k = parent
    search.heap[k], search.place[v] = v, k


@compiled
def take_nearest(search: Search, size: int) -> int:
    """Take the nearest node out of the heap of `size` entries."""
    nearest = int(search.heap[0])
    search.place[nearest] = DONE
    size -= 1
    if size == 0:
        return nearest
    v = search.heap[size]
    distance = search.distance[v]
    k = 0
    while 2 * k + 1 < size:
        child = 2 * k + 1
        u = search.heap[child]
        if child + 1 < size:
            other = search.heap[child + 1]
            if search.distance[other] < search.distance[u]:
                child, u = child + 1, other
        if search.distance[u] >= distance:
            break
        search.heap[k], search.place[u] = u, k
        k = child
    search.heap[k], search.place[v] = v, k
    return nearest


@compiled
def reach(search: Search, size: int, v: int, distance: float) -> int:
    """Note that `v` is at most this far; return the size of the heap."""
    if distance < search.distance[v] and search.place[v] != DONE:
        search.distance[v] = distance
        if search.place[v] == UNSEEN:
            search.heap[size], search.place[v] = v, size
            size += 1
        lift(search, search.place[v])
    return size


@compiled
def start_search(search: Search, excess: NDArray[np.int64]) -> int:
    """Begin at all overfull nodes; return how many there are."""
    size = 0
    for v in range(excess.shape[0]):
        if excess[v] > 0:
            search.distance[v], search.place[v], search.heap[size] = 0.0, size, v
            size += 1
        else:
            search.distance[v], search.place[v] = np.inf, UNSEEN
    return size


@compiled
def allow(search: Search, share: Share, listed: NDArray[np.float64], width: NDArray[np.float64]) -> None:
    """Work out how far each price may fall behind the others before somebody not on a shortlist matters."""
    nobody = share.load.shape[0] - 1
    peak = 0.0
    for v in range(nobody):
        if share.most[v] > 0:
            peak = max(peak, share.price[v] - listed[v])
    search.leeway[:] = np.inf
    for v in range(nobody):
        if share.most[v] > 0 and width[v] < COMPLETE:
            search.leeway[v] = max(0.0, width[v] - (peak - (share.price[v] - listed[v])))


@compiled
def list_moves(v: int, moves: Moves, shortlist: Shortlist, share: Share, hands: Hands) -> None:
    """Find the cheapest moves out of `v`, with all items that tie for each."""
    nobody, entries = share.load.shape[0] - 1, shortlist.start[-1]
    cheapest, top, tied = moves.cheapest, moves.top, moves.tied
    first = used = moves.used[0]
    i = hands.first[v]
    if v != nobody and i >= 0:
        moves.person[used] = nobody
        used += 1
    while i >= 0:
        worth = share.worth[i]
        if v != nobody and worth <= cheapest[nobody]:
            tied[entries + i] = -1 if worth < cheapest[nobody] else top[nobody]
            cheapest[nobody], top[nobody] = worth, entries + i
        for k in range(shortlist.start[i], shortlist.start[i + 1]):
            q = shortlist.person[k]
            loss = worth - shortlist.points[k]
            if loss <= cheapest[q] and q != v:
                if cheapest[q] == np.inf:
                    moves.person[used] = q
                    used += 1
                tied[k] = -1 if loss < cheapest[q] else top[q]
                cheapest[q], top[q] = loss, k
        i = hands.after[i]
    for k in range(first, used):
        q = moves.person[k]
        moves.head[k], moves.loss[k] = top[q], cheapest[q]
        cheapest[q] = np.inf
    moves.start[v], moves.stop[v], moves.fresh[v], moves.used[0] = first, used, True, used


@compiled
def explore(
    search: Search,
    size: int,
    wanted: int,
    excess: NDArray[np.int64],
    moves: Moves,
    shortlist: Shortlist,
    share: Share,
    hands: Hands,
) -> tuple[int, float]:
    """Search from the overfull until as many nodes with places to fill are found as `wanted`.

    Returns REACHED and how far that is; FAR and how far is certain when the shortlists do not reach;
    NO_WAY when they are complete and there is none.
    """
    nobody = share.load.shape[0] - 1
    price, distance = share.price, search.distance
    found, reached, limit = 0, 0.0, -np.inf
    while found < wanted:
        front = distance[search.heap[0]] if size > 0 else np.inf
        if front > limit:
            limit = np.inf
            for v in range(nobody):
                if search.place[v] != DONE:
                    limit = min(limit, search.leeway[v])
        if front > limit or size == 0:
            break
        v = take_nearest(search, size)
        size -= 1
        if excess[v] < 0:
            found += 1
            reached = front
        if not moves.fresh[v]:
            list_moves(v, moves, shortlist, share, hands)
        here = front - price[v]
        for k in range(moves.start[v], moves.stop[v]):
            q = moves.person[k]
            further = here + moves.loss[k] + price[q]
            if further < distance[q]:
                size = reach(search, size, q, further)
        if v == nobody:
            for q in range(nobody):
                if share.places[q] > share.least[q]:
                    size = reach(search, size, q, here + price[q])
        elif share.places[v] < share.most[v]:
            size = reach(search, size, nobody, here)
    if found > 0:
        return REACHED, reached
    return (NO_WAY, 0.0) if limit == np.inf else (FAR, limit)


@compiled
def seek(
    search: Search,
    part: float,
    excess: NDArray[np.int64],
    listed: NDArray[np.float64],
    width: NDArray[np.float64],
    moves: Moves,
    shortlist: Shortlist,
    share: Share,
    hands: Hands,
) -> int:
    """Search from the overfull and move the prices along, so that the ways found lose nothing.

    It goes on until this `part` of the nodes with places to fill is found. `listed` are the prices at which the
    shortlists were made, `width` how wide for each person. Returns REACHED; FAR when the shortlists do not
    reach; NO_WAY when they are complete and there is none.
    """
    nodes = excess.shape[0]
    size = start_search(search, excess)
    if 2 * moves.used[0] > moves.person.shape[0]:
        moves.fresh[:] = False
        moves.used[0] = 0
    allow(search, share, listed, width)
    wanted = max(1, int(part * (excess < 0).sum()))
    status, reached = explore(search, size, wanted, excess, moves, shortlist, share, hands)
    if status != NO_WAY:
        ground = min(search.distance[-1], reached)
        for v in range(nodes):
            share.price[v] += ground - min(search.distance[v], reached)
    return status
