"""A scenario as arrays, in the order that the compiled engine reads; numbers of columns beside them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TASK, AUTO, CHOOSE, FORK, INCLUDE, END = range(6)
"""Kinds of steps for the engine: waits are autos, a start is a choice."""
FIXED, UNIFORM, EXPONENTIAL, GAMMA, LOGNORMAL, WEIBULL, EMPIRICAL, GIVEN = range(8)
LONGEST_WORK = 1e17
"""Three thousand years: longer draws are taken for it, so that moments stay whole numbers of 64 bits."""
FIFO, LIFO, SHORTEST, DUE = range(4)

KIND, ROLE, HOURS, LAST_HOURS, SIZE, LONGEST, CHECK, REWORK, OUT, OUTS, INTO, INS, NAME = range(13)
"""Columns of `steps`. Hours: its first and last span; out, into: the first of its ways; outs, ins: how many; name: a
number of its id, on which its random numbers hang, so that other steps may come and go."""
SHAPE, ONE, TWO, FROM, COUNT, FAILS = range(6)
"""Columns of `times`: shape, its two parameters, where its quantiles lie in `table`, how likely a defect is."""


class World(NamedTuple):
    """What is played. Step s has its work times in row 2 s of `times`, its delay in row 2 s + 1."""

    start: int
    discipline: int
    steps: NDArray[np.int64]
    times: NDArray[np.float64]
    table: NDArray[np.float64]
    flows: NDArray[np.int64]
    """The target of each, those out of one step together; and numbers of flows, those into one step together."""
    chances: NDArray[np.float64]
    """Flow × kind of case × times the case left before."""
    reach: NDArray[np.bool_]
    """Whether a token on a step can come to another."""
    skills: NDArray[np.float64]
    """Staff × role: the factor on work times, 0 for who does not fill it."""
    spans: NDArray[np.int64]
    """Begin and end of spans of working time, list after list, each ended by one that never begins."""
    roles: NDArray[np.int64]
    """Where the members of each role begin (and the last ends), then the members, then the roles of each of the staff."""
    crew: NDArray[np.int64]
    """Of each of the staff at the beginning: places free, idle since, to be woken, first span, where their roles
    begin and end, the end of their spans, and how long they go on after one."""
