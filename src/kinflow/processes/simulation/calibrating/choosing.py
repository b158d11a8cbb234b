"""Which structure a model gets: that which foretells the last part of what is known best, made from the part before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from ...diagnosis.calendar import HOUR
from .checking import FEWEST, SHARE, noise_of
from .distances import moved
from .knowing import begins_and_ends, known_by, telling
from .periods import foretold, parts_of, real_part
from .playing import player
from .scenarios import TooLittle, calibrated
from .structure import LATELY, STRUCTURES, Structure
from .working import work_of

Each = TypeVar("Each")
PLAYS = 2
CLEARLY = 1.1
"""What tells less is taken only where it is clearly nearer, by more than a tenth and more than chance."""


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
    noise, most = noise_of(real.cycle)
    lately = _lately(known, zone, over, parts.split, real.cycle, most)
    tried = []
    for number, each in enumerate(STRUCTURES):
        if not told(number):
            return None
        structure = replace(each, lately=lately)
        try:
            found = calibrated(known, zone, until=parts.split, ended=over, structure=structure)
        except TooLittle:
            continue
        scenario, play = foretold(found, parts), player(found, parts)
        off = [moved(real.cycle, play(scenario, place).cycle) for place in range(PLAYS)]
        tried.append((structure, float(np.mean(off)) if np.isfinite(off).all() else np.inf))
    return Choice(
        nearest(tried, noise) or Structure(), tuple(each for each in tried if np.isfinite(each[1])), noise
    )


def _lately(
    known: EventColumns,
    zone: str,
    over: NDArray[np.bool_],
    until: int,
    later: NDArray[np.float64],
    noise: float,
) -> float:
    """The share of the cases, the last ones, that took about as long as later ones: all, unless fewer are clearly so."""
    log, over = known_by(known, zone, until, over)
    work = work_of(log, zone)
    begins, ends = begins_and_ends(work)
    hours = (ends - begins) / HOUR
    tried = [(share, moved(later, hours[telling(work, over, until, share) & over])) for share in LATELY]
    return nearest([(share, off) for share, off in tried if np.isfinite(off)], noise) or 1.0


def nearest(tried: Sequence[tuple[Each, float]], noise: float) -> Each | None:
    """The first that is not clearly farther off than the nearest."""
    least = min((off for _each, off in tried), default=np.inf)
    if not np.isfinite(least):
        return None
    return next(each for each, off in tried if off <= max(CLEARLY * least, least + noise))
