"""A batch given out: the optimum of total points under capacities and minimum shares."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kinflow.organisation.matching import optimum

from .evaluation import Evaluation


def lifted(points: NDArray[np.float64], eligible: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The points moved up so that every eligible pair is worth more than leaving an item over.

    The order of pairs stays. The lift is the range of the points plus one: an item given to the least suitable
    eligible person is worth more than the gain from giving any other to the best instead of the worst.
    """
    if not eligible.any():
        return points
    low, high = float(points[eligible].min()), float(points[eligible].max())
    return np.where(eligible, points - low + (high - low) + 1.0, 0.0)


def share_out(
    evaluations: Sequence[Evaluation], room: NDArray[np.int64], minimum: ArrayLike | None = None
) -> NDArray[np.int64]:
    """The column of the person for each item (−1: nobody) so that the total of points is the greatest possible.

    evaluations: those of one or more scorings over the same people; their items follow one another.
    room: how many more items each person can take; minimum: how many each must get at least.
    Raises MinimumOutOfReach. The same situation gives the same answer.
    """
    eligible = np.vstack([each.eligible for each in evaluations])
    points = np.vstack([each.points for each in evaluations])
    people, _total = optimum(lifted(points, eligible), room, eligible=eligible, minimum=minimum)
    return people
