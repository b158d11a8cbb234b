"""Moving along paths: items go from hand to hand along ways without loss, from the overfull to free places."""

import numpy as np
from numpy.typing import NDArray

from .optimum_compiled import compiled
from .optimum_shapes import Hands, Moves, Share, Shortlist

FREE_PLACE = -1


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
