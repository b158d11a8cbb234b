"""Tokens at gates: which ways they take, and when they are joined."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import inlined
from . import world as w
from .drawing import TRY, unit
from .state import BUSY, CASE, HEAD, KIND_OF, PENDING, TOKENS

Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
PURPOSES, WORK_DRAW, DELAY_DRAW, WAY_DRAW, FAIL_DRAW = 16, 0, 3, 6, 7
"""Purposes of a draw; include draws one for each way, from `WAY_DRAW` on by tries."""


@inlined
def leave(
    steps: Whole, flows: Whole, chances: Real, cases: Whole, todo: Whole, depth: int, slot: int, step: int, key: int
) -> int:  # fmt: skip
    """Send the token on a step along the ways out of it; how many tokens are to be moved then."""
    first, ways, kind = steps[step, w.OUT], steps[step, w.OUTS], steps[step, w.KIND]
    before, case, visit = depth, cases[slot, CASE], cases[slot, HEAD + step]
    cases[slot, HEAD + step] += 1
    name, turn, sort = steps[step, w.NAME], visit * PURPOSES + WAY_DRAW, cases[slot, KIND_OF]
    column, best = min(visit, chances.shape[2] - 1), first
    left = 0.0
    if ways > 1 and kind == w.CHOOSE:
        for flow in range(first, first + ways):
            left += chances[flow, sort, column]
        left *= unit(key, case, name, turn)
        for flow in range(first, first + ways):
            if chances[flow, sort, column] > 0.0:
                best = flow
                left -= chances[flow, sort, column]
                if left <= 0.0:
                    break
    else:
        for flow in range(first, first + ways):
            chance = chances[flow, sort, column]
            if ways == 1 or kind == w.FORK or unit(key, case, name, turn + (flow - first) * TRY) < chance:
                todo[depth, 0], todo[depth, 1] = flows[flow, 0], flow
                depth += 1
            if chance > chances[best, sort, column]:
                best = flow
    if depth == before and ways > 0:
        todo[depth, 0], todo[depth, 1] = flows[best, 0], best
        depth += 1
    cases[slot, TOKENS] += depth - before - 1
    return depth


@inlined
def joins(steps: Whole, flows: Whole, cases: Whole, slot: int, step: int, flow: int) -> bool:
    """Whether a token that comes to a parallel join on a way is the one it waited for; takes the others."""
    first, ways = steps[step, w.INTO], steps[step, w.INS]
    at = HEAD + 2 * len(steps)
    cases[slot, at + flow] += 1
    cases[slot, HEAD + len(steps) + step] += 1
    for place in range(first, first + ways):
        if cases[slot, at + flows[place, 1]] == 0:
            return False
    for place in range(first, first + ways):
        cases[slot, at + flows[place, 1]] -= 1
    cases[slot, HEAD + len(steps) + step] -= ways
    cases[slot, TOKENS] -= ways - 1
    return True


@inlined
def opened(steps: Whole, reach: Flags, cases: Whole, slot: int) -> int:
    """An inclusive join that nothing on its way to it holds up, its tokens taken for one; or -1."""
    for step in range(len(steps)):
        here = cases[slot, HEAD + len(steps) + step]
        if here == 0 or steps[step, w.KIND] != w.INCLUDE:
            continue
        held = False
        for other in range(len(steps)):
            if other != step and cases[slot, HEAD + len(steps) + other] > 0 and reach[other, step]:
                held = True
        if not held or cases[slot, BUSY] == 0:
            cases[slot, HEAD + len(steps) + step] = 0
            cases[slot, PENDING] -= here
            cases[slot, TOKENS] -= here - 1
            return step
    return -1
