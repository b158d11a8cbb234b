"""The shapes that the parts of the search for the optimum hand to each other."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

COMPLETE = 2.0**58
"""A width that leaves nobody out."""


class Shortlist(NamedTuple):
    """The people who come close for each item: item `i` has the entries `start[i]` to `start[i + 1]`.

    An entry has a `person` and the `points` of the pair in grid steps; `best` is the item's best choice
    at the prices of the day.
    """

    start: NDArray[np.int64]
    person: NDArray[np.int32]
    points: NDArray[np.float64]
    best: NDArray[np.float64]


class Share(NamedTuple):
    """Who holds what. `holder` and `worth` are per item, the others per node.

    `places` is how many of a person's places count as taken: all (`most`) where the price is above
    zero, the least allowed (`least`) where it is below, anything between where it is zero.
    """

    holder: NDArray[np.int32]
    worth: NDArray[np.float64]
    load: NDArray[np.int64]
    places: NDArray[np.int64]
    most: NDArray[np.int64]
    least: NDArray[np.int64]
    price: NDArray[np.float64]


class Hands(NamedTuple):
    """The items of each node as a chain, to take one out and put one in at once."""

    first: NDArray[np.int32]
    after: NDArray[np.int32]
    before: NDArray[np.int32]


class Moves(NamedTuple):
    """The cheapest moves from one node to others, kept while nothing changes there.

    Node `v` has the rows `start[v]` to `stop[v]` when `fresh[v]`: to `person`, at a `loss` of points,
    and `head`, the first of the tied entries of the shortlist that give this loss; `tied` leads from
    an entry to the next, `owner` to its item. Entry number `start[-1] + i` of the shortlist stands
    for giving item `i` to nobody. `cheapest` and `top` are room to work in, `used` is one number.
    """

    start: NDArray[np.int64]
    stop: NDArray[np.int64]
    fresh: NDArray[np.bool_]
    person: NDArray[np.int32]
    head: NDArray[np.int32]
    loss: NDArray[np.float64]
    tied: NDArray[np.int32]
    owner: NDArray[np.int32]
    cheapest: NDArray[np.float64]
    top: NDArray[np.int32]
    used: NDArray[np.int64]


class Search(NamedTuple):
    """Distances from the overfull, a heap of the nodes seen, each node's place in it, how far it may move."""

    distance: NDArray[np.float64]
    heap: NDArray[np.int64]
    place: NDArray[np.int64]
    leeway: NDArray[np.float64]
