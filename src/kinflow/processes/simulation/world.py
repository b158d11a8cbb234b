"""A scenario as arrays, in the order that the compiled engine reads; numbers of columns beside them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TASK, AUTO, CHOOSE, FORK, INCLUDE, END = range(6)
"""Kinds of steps for the engine: waits are autos, a start is a choice."""
FIXED, UNIFORM, EXPONENTIAL, GAMMA, LOGNORMAL, WEIBULL, EMPIRICAL = range(7)
FIFO, LIFO, SHORTEST, DUE = range(4)

KIND, ROLE, HOURS, SIZE, LONGEST, CHECK, REWORK, OUT, OUTS, INTO, INS = range(11)
"""Columns of `steps`. Hours: number of a calendar; out, into: the first of its ways; outs, ins: how many."""
SHAPE, ONE, TWO, FROM, COUNT = range(5)
"""Columns of `times`: shape, its two parameters, where its quantiles lie in `table`."""


class World(NamedTuple):
    """What is played. Step s has its work times in row 2 s of `times`, its delay in row 2 s + 1."""

    start: int
    discipline: int
    steps: NDArray[np.int64]
    names: NDArray[np.uint64]
    """What the random numbers of a step hang on: its id, so that other steps may come and go."""
    fails: NDArray[np.float64]
    times: NDArray[np.float64]
    table: NDArray[np.float64]
    targets: NDArray[np.int64]
    """Of flows, those out of one step together; `into` are the flows that lead into one, together."""
    into: NDArray[np.int64]
    chances: NDArray[np.float64]
    """Flow × kind of case × times the case left before."""
    reach: NDArray[np.bool_]
    """Whether a token on a step can come to another."""
    role_from: NDArray[np.int64]
    members: NDArray[np.int64]
    """Staff of a role: those from `role_from` of it to that of the next."""
    skills: NDArray[np.float64]
    """Staff × role: the factor on work times, 0 for who does not fill it."""
    capacity: NDArray[np.int64]
    staff_hours: NDArray[np.int64]
    hours_from: NDArray[np.int64]
    """Spans of working time, number h from `hours_from[h]` on, each list ended by a span that never begins."""
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    urgency: NDArray[np.int64]
    """Priority by kind of case."""
