"""The optimum of total points in a batch: the question, checked, and the answer."""

from math import fsum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

LAYOUT: tuple[Literal["C"], Literal["A"], Literal["W"]] = ("C", "A", "W")
"""In rows, aligned and not read-only: the one layout that the machine code is made for."""
IN_CACHE = 1 << 15
"""So many numbers stay near the processor while they are looked at twice."""


class MinimumOutOfReach(ValueError):
    """The minimum shares cannot all be kept: too few items, or too few that somebody is eligible for."""


def optimum(
    points: ArrayLike,
    capacity: ArrayLike,
    *,
    eligible: ArrayLike | None = None,
    minimum: ArrayLike | None = None,
) -> tuple[NDArray[np.int64], float]:
    """Give items to people so that the total of points is the greatest possible.

    An item goes to one person or to nobody. An item left over counts nothing, so a pair with negative
    points is chosen only where a minimum share asks for it; a pair that is not eligible, never.

    points: (items, people), what it is worth that this person gets this item; finite.
    capacity: (people,), whole numbers ≥ 0, how many items a person can take at most.
    eligible: (items, people), bool; all are where it is left out.
    minimum: (people,), whole numbers ≥ 0, how many items a person must get at least; none where left out.

    Returns the index of the person for each item (−1: nobody) and the total of their points.

    The total is the true optimum for the points rounded to 2**-47 of the greatest of them; all
    arithmetic after that rounding is exact. Among equal totals the choice is fixed by the arrays
    alone: one thread, a fixed order (items and people by index; of equally good people the one with
    most room left goes first), no randomness. The same arrays give the same answer on any machine.

    Raises ValueError for shapes that do not fit, NaN or infinite points, negative or broken
    capacities, and MinimumOutOfReach when no assignment keeps the minimum shares.

    Method: prices of people, the dual of this transportation problem, are estimated by an auction
    among a sample of the items and then among all of them, with shrinking steps [1]. Each item looks
    only at the people who come close at these prices; how far prices may move before anybody else
    matters is known, so that no pair is missed [2]. What is overfull then hands items on along
    shortest paths between people until every capacity is kept [3], and the prices prove the optimum.

    [1] D. P. Bertsekas, D. A. Castañon: The auction algorithm for the transportation problem.
        Annals of Operations Research 20 (1989).
    [2] After L. H. U, M. L. Yiu, K. Mouratidis, N. Mamoulis: Capacity constrained assignment in
        spatial databases. SIGMOD 2008.
    [3] J. Edmonds, R. M. Karp: Theoretical improvements in algorithmic efficiency for network flow
        problems. Journal of the ACM 19 (1972).
    """
    table = _points(points)
    items, people = table.shape
    low, high = _bounds(table)
    most = _counts(capacity, people, "capacity")
    allowed = None if eligible is None else _eligible(eligible, table.shape)
    least = np.zeros(people, np.int64) if minimum is None else _counts(minimum, people, "minimum")
    if least.any():
        _check_minimum(least, most, items, allowed)
    if items == 0 or people == 0:
        return np.full(items, -1, np.int64), 0.0
    # The compiled part is loaded here and not above: a web process that never assigns a batch stays light.
    from .optimum_search import holders

    unit = 2.0**600 if 0.0 < high < 1e-250 else 1.0  # minute points go where scaling by powers of two is safe
    person = holders(table if unit == 1.0 else table * unit, (low * unit, high * unit), most, least, allowed)
    taken = np.flatnonzero(person >= 0)
    return person, fsum(table[taken, person[taken]].tolist())


def compile_ahead() -> None:
    """Have the machine code made and kept on disk, so that the first batch need not wait for it.

    Takes about ten seconds once for each version of the program, then half a second.
    """
    points = np.eye(2)
    optimum(points, [1, 1])
    optimum(points, [1, 1], eligible=points > 0, minimum=[1, 1])


def _points(points: ArrayLike) -> NDArray[np.float64]:
    """Return the points as a table of floats that lie in rows; refuse what is not finite."""
    if isinstance(points, np.ma.MaskedArray):
        raise ValueError("points must not be masked; say with eligible who may get what")
    given = np.asarray(points)
    if given.ndim != 2:
        raise ValueError(f"points must have two dimensions (items, people), not {given.ndim}")
    if given.size and given.dtype.kind not in "fiub":
        raise ValueError(f"points must be real numbers, not {given.dtype}")
    table: NDArray[np.float64] = np.require(given, np.float64, LAYOUT)
    return table


def _bounds(table: NDArray[np.float64]) -> tuple[float, float]:
    """Return the least and the greatest point; refuse what is not finite."""
    flat, ends = table.reshape(-1), np.zeros((table.size // IN_CACHE + 1, 2))
    for k in range(len(ends)):
        part = flat[k * IN_CACHE : (k + 1) * IN_CACHE]
        if part.size:
            ends[k] = part.min(), part.max()
    low, high = float(ends[:, 0].min()), float(ends[:, 1].max())
    if np.isnan(low):
        raise ValueError("points must not be NaN")
    if not np.isfinite(max(-low, high) * max(1, table.shape[0])):
        raise ValueError("points must be finite, and so must be their sum")
    return low, high


def _counts(counts: ArrayLike, people: int, name: str) -> NDArray[np.int64]:
    """Return one whole number of items for each person."""
    given = np.asarray(counts)
    if given.shape != (people,):
        raise ValueError(f"{name} must have the shape ({people},), one number a person, not {given.shape}")
    if given.size and given.dtype.kind not in "iu":
        raise ValueError(f"{name} must be whole numbers, not {given.dtype}")
    if given.size and given.min() < 0:
        raise ValueError(f"{name} must not be negative")
    if given.dtype.kind == "u":  # more than fits is more than there are items
        given = np.minimum(given, min(np.iinfo(np.int64).max, np.iinfo(given.dtype).max))
    return given.astype(np.int64)


def _eligible(eligible: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return who may get what as a table in rows."""
    given = np.asarray(eligible)
    if given.shape != shape:
        raise ValueError(f"eligible must have the shape of points {shape}, not {given.shape}")
    if given.size and given.dtype != np.bool_:
        raise ValueError(f"eligible must be true or false, not {given.dtype}")
    return np.require(given, np.bool_, LAYOUT)


def _check_minimum(
    least: NDArray[np.int64], most: NDArray[np.int64], items: int, eligible: NDArray[np.bool_] | None
) -> None:
    """Refuse minimum shares that no assignment keeps."""
    over = np.flatnonzero(least > most)
    if over.size:
        raise MinimumOutOfReach(f"the minimum of person {over[0]} is above the capacity")
    if least.sum() > items:
        raise MinimumOutOfReach(f"minimum shares of {least.sum()} items in all, but there are {items}")
    if eligible is not None:
        from .optimum_search import holders

        person = holders(eligible.astype(np.float64), (0.0, 1.0), least, np.zeros_like(least), eligible)
        reached = np.count_nonzero(person >= 0)
        if reached < least.sum():
            raise MinimumOutOfReach(
                f"minimum shares of {least.sum()} items, but somebody is eligible for only {reached} of these"
            )
