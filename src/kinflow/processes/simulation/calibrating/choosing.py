"""Which structure a model gets: that which foretells the last part of what is known best, made from the part before."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from .checking import FEWEST, SHARE, noise_of
from .distances import moved
from .knowing import known_by
from .periods import foretold, parts_of, real_part
from .playing import player
from .scenarios import TooLittle, calibrated
from .structure import STRUCTURES, Structure
from .working import work_of

PLAYS = 2
CLEARLY = 1.1
"""A structure that tells less is taken only where it is clearly nearer, by more than a tenth and more than chance."""


@dataclass(frozen=True)
class Choice:
    """The structure that was chosen, and how far each was off in hours of cycle time; none where nothing was tried."""

    structure: Structure
    tried: tuple[tuple[Structure, float], ...] = ()
    noise: float = 0.0


def chosen(
    log: EventColumns,
    zone: str,
    *,
    until: int,
    ended: NDArray[np.bool_] | None,
    told: Callable[[int], bool],
) -> Choice | None:
    """The structure for what was known before a moment; None where `told` (how many were tried) says to stop."""
    known, over = known_by(log, zone, until, ended)
    work = work_of(known, zone)
    parts = parts_of(work, SHARE)
    real = real_part(work, parts.split, parts.arrivals_end, over)
    if len(real.begins) < FEWEST:
        return Choice(Structure())
    tried = []
    for number, structure in enumerate(STRUCTURES):
        if not told(number):
            return None
        try:
            found = calibrated(known, zone, until=parts.split, ended=over, structure=structure)
        except TooLittle:
            continue
        scenario, play = foretold(found, parts), player(found, parts)
        off = [moved(real.cycle, play(scenario, place).cycle) for place in range(PLAYS)]
        tried.append((structure, float(np.mean(off)) if np.isfinite(off).all() else np.inf))
    return nearest(tuple(tried), noise_of(real.cycle)[0])


def nearest(tried: tuple[tuple[Structure, float], ...], noise: float) -> Choice:
    """The first structure that is not clearly farther off than the nearest."""
    least = min((off for _structure, off in tried), default=np.inf)
    if not np.isfinite(least):
        return Choice(Structure())
    first = next(each for each, off in tried if off <= max(CLEARLY * least, least + noise))
    return Choice(first, tuple((each, off) for each, off in tried if np.isfinite(off)), noise)
