"""Exact balance: overfull people hand items on along shortest paths until every capacity is kept.

Prices move along, so that each item always holds one of its best choices at the prices of the
moment. When nobody is overfull any more, the prices prove that the total is the greatest possible.
The graph has one node for each person and a last one, nobody, for items without a person.
"""

import numpy as np
from numpy.typing import NDArray

from .optimum_compiled import compiled
from .optimum_shapes import COMPLETE, Hands, Moves, Search, Share, Shortlist

BALANCED, FAR, NO_WAY, STUCK = 0, 1, 2, 3
UNSEEN, DONE = -1, -2
FREE_PLACE = -1


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
def put(hands: Hands, v: int, i: int) -> None:
    """Put item `i` at the head of the chain of `v`."""
    head = hands.first[v]
    hands.after[i], hands.before[i] = head, -1
    if head >= 0:
        hands.before[head] = i
    hands.first[v] = i


@compiled
def take(hands: Hands, v: int, i: int) -> None:
    """Take item `i` out of the chain of `v`."""
    after, before = hands.after[i], hands.before[i]
    if before >= 0:
        hands.after[before] = after
    else:
        hands.first[v] = after
    if after >= 0:
        hands.before[after] = before


@compiled
def in_hand(share: Share) -> Hands:
    """Chain up the items of each node, in the order of the items."""
    nodes, items = share.load.shape[0], share.holder.shape[0]
    hands = Hands(np.full(nodes, -1, np.int32), np.empty(items, np.int32), np.empty(items, np.int32))
    for i in range(items - 1, -1, -1):
        put(hands, share.holder[i], i)
    return hands


@compiled
def no_moves(shortlist: Shortlist, nodes: int) -> Moves:
    """Lay out room for the moves; none is known yet."""
    items, entries = shortlist.start.shape[0] - 1, shortlist.start[-1]
    room = 2 * min(nodes * nodes, entries + nodes)
    owner = np.empty(entries + items, np.int32)
    for i in range(items):
        owner[shortlist.start[i] : shortlist.start[i + 1]] = i
        owner[entries + i] = i
    return Moves(
        np.zeros(nodes, np.int64),
        np.zeros(nodes, np.int64),
        np.zeros(nodes, np.bool_),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room),
        np.empty(entries + items, np.int32),
        owner,
        np.full(nodes, np.inf),
        np.empty(nodes, np.int32),
        np.zeros(1, np.int64),
    )


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
def hand_on(
    v: int, q: int, entry: int, shortlist: Shortlist, share: Share, hands: Hands, moves: Moves
) -> None:
    """Move the item of a shortlist's entry from `v` to `q`; FREE_PLACE moves the count of a place instead."""
    nobody = share.load.shape[0] - 1
    if entry == FREE_PLACE:
        share.places[q if v == nobody else v] += -1 if v == nobody else 1
        return
    i = moves.owner[entry]
    take(hands, v, i)
    put(hands, q, i)
    share.holder[i] = q
    share.worth[i] = 0.0 if q == nobody else shortlist.points[entry]
    share.load[v] -= 1
    share.load[q] += 1
    moves.fresh[v] = moves.fresh[q] = False


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

    Returns BALANCED and how far that is; FAR and how far is certain when the shortlists do not reach;
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
        return BALANCED, reached
    return (NO_WAY, 0.0) if limit == np.inf else (FAR, limit)


@compiled
def next_step(
    v: int, row: NDArray[np.int64], seen: NDArray[np.bool_], moves: Moves, share: Share
) -> tuple[int, int]:
    """Return where `v` can hand something without loss, and the entry; where is −1 when nowhere."""
    nobody = share.load.shape[0] - 1
    price = share.price
    while row[v] < moves.stop[v]:
        k = row[v]
        q = moves.person[k]
        if not seen[q] and moves.loss[k] - price[v] + price[q] == 0.0:
            entry = moves.head[k]
            while entry >= 0 and share.holder[moves.owner[entry]] != v:
                entry = moves.tied[entry]
            moves.head[k] = entry
            if entry >= 0:
                return q, entry
        row[v] += 1
    if v != nobody:
        open_end = price[v] == 0.0 and share.places[v] < share.most[v] and not seen[nobody]
        return (nobody if open_end else -1), FREE_PLACE
    while row[v] < moves.stop[v] + nobody:
        q = row[v] - moves.stop[v]
        if price[q] == 0.0 and share.places[q] > share.least[q] and not seen[q]:
            return q, FREE_PLACE
        row[v] += 1
    return -1, FREE_PLACE


@compiled
def push(excess: NDArray[np.int64], moves: Moves, shortlist: Shortlist, share: Share, hands: Hands) -> int:
    """Hand on along all ways without loss, depth first, until none is left; return how many there were."""
    nodes = excess.shape[0]
    row = moves.start.copy()
    seen = ~moves.fresh
    path, carried = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    pushed = 0
    for v in range(nodes):
        seen[v] = seen[v] and excess[v] >= 0
    for source in range(nodes):
        while excess[source] > 0:
            depth, path[0], seen[source] = 0, source, True
            while depth >= 0 and excess[path[depth]] >= 0:
                q, entry = next_step(path[depth], row, seen, moves, share)
                if q < 0:
                    depth -= 1
                else:
                    carried[depth] = entry
                    depth += 1
                    path[depth], seen[q] = q, True
            if depth < 0:
                break
            pushed += 1
            excess[source] -= 1
            excess[path[depth]] += 1
            for d in range(depth):
                hand_on(path[d], path[d + 1], carried[d], shortlist, share, hands, moves)
            for d in range(depth + 1):
                seen[path[d]] = False
    return pushed


@compiled
def balance(
    shortlist: Shortlist, share: Share, listed: NDArray[np.float64], width: NDArray[np.float64], part: float
) -> int:
    """Hand items on until nobody is overfull and every place that must be taken is.

    `listed` are the prices at which the shortlists were made, `width` how wide for each person. Each
    round goes on until this `part` of the nodes with places to fill is found. Returns BALANCED; FAR
    when the shortlists must be made anew at the prices reached; NO_WAY when there is no solution.
    """
    nodes = share.load.shape[0]
    hands = in_hand(share)
    moves = no_moves(shortlist, nodes)
    search = Search(np.empty(nodes), np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.empty(nodes))
    excess = share.load - share.places
    excess[-1] = -excess[:-1].sum()
    while True:
        size = start_search(search, excess)
        if size == 0:
            return BALANCED
        if 2 * moves.used[0] > moves.person.shape[0]:
            moves.fresh[:] = False
            moves.used[0] = 0
        allow(search, share, listed, width)
        wanted = max(1, int(part * (excess < 0).sum()))
        status, reached = explore(search, size, wanted, excess, moves, shortlist, share, hands)
        if status == NO_WAY:
            return NO_WAY
        ground = min(search.distance[-1], reached)
        for v in range(nodes):
            share.price[v] += ground - min(search.distance[v], reached)
        if status == FAR:
            return FAR
        if push(excess, moves, shortlist, share, hands) == 0:
            return STUCK
