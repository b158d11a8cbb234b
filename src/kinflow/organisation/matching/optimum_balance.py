"""Exact balance: overfull people hand items on along shortest paths until every capacity is kept.

Prices move along, so that each item always holds one of its best choices at the prices of the
moment. When nobody is overfull any more, the prices prove that the total is the greatest possible.
The graph has one node for each person and a last one, nobody, for items without a person.
"""

import numpy as np
from numpy.typing import NDArray

from .optimum_paths import in_hand, no_moves, push
from .optimum_seeking import REACHED, seek
from .optimum_shapes import Search, Share, Shortlist

BALANCED, STUCK = 3, 4


def balance(
    shortlist: Shortlist, share: Share, listed: NDArray[np.float64], width: NDArray[np.float64], part: float
) -> int:
    """Hand items on until nobody is overfull and every place that must be taken is.

    `listed` are the prices at which the shortlists were made, `width` how wide for each person. Each
    round goes on until this `part` of the nodes with places to fill is found. Returns BALANCED; FAR
    when the shortlists must be made anew at the prices reached; NO_WAY when there is no solution.
    """
    nodes = share.load.shape[0]
    hands, moves = in_hand(share), no_moves(shortlist, nodes)
    search = Search(np.empty(nodes), np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.empty(nodes))
    excess = share.load - share.places
    excess[-1] = -excess[:-1].sum()
    while (excess > 0).any():
        status = seek(search, part, excess, listed, width, moves, shortlist, share, hands)
        if status != REACHED:
            return status
        if push(excess, moves, shortlist, share, hands) == 0:
            return STUCK
    return BALANCED
