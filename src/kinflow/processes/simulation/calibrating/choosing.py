"""Which structure a model gets: that which foretells parts of what is known best, each made from what was before it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from .checking import FEWEST, SHARE
from .distances import moved
from .holidays import Planned
from .knowing import known_by
from .periods import Parts, begins_of, foretold, real_part
from .playing import player
from .scenarios import Calibrated, TooLittle, calibrated
from .structure import FADINGS, STRUCTURES, Structure
from .working import Work, work_of

EDGES = ((0.55, 0.7, 0.85, 1.0), (SHARE, 1.0))
"""Between these shares of the cases lie the parts that are foretold; the second where the first have too few cases."""
PLAYS, DRAWS = 2, 50
TRIALS = len(STRUCTURES) + len(FADINGS)
CLEARLY, ERRORS = 1.1, 2.0
"""What tells less is taken only where it is clearly nearer: by more than a tenth, and by so many standard errors."""
Hours = NDArray[np.float64]
Off = NDArray[np.float64]
"""How far something is from what happened, then from samples of it, each as large; the same samples for all."""
Part = tuple[Parts, list[Hours]]
"""A part that is foretold, and how long its cases took, then those of samples of them."""
Told = Callable[[int], bool]


@dataclass(frozen=True)
class Choice:
    """The structure that was chosen, and how far each was off in hours of cycle time; none where nothing was tried."""

    structure: Structure
    tried: tuple[tuple[Structure, float], ...] = ()


def chosen(
    log: EventColumns,
    zone: str,
    *,
    until: int,
    ended: NDArray[np.bool_] | None,
    told: Told,
    planned: Planned = Planned(),
) -> Choice | None:
    """The structure for what was known before a moment; None where `told` (how many were tried) says to stop.

    First whether people are waited for and whether whole cases are played, with all cases telling alike; then whether
    and how much less older ones tell, by what is nearer by more than a tenth: no such model tells less of a change.
    """
    known, over = known_by(log, zone, until, ended)
    parts = _parts(work_of(known, zone), over)
    if not parts:
        return Choice(Structure())

    def tried(structures: Sequence[Structure], before: int) -> dict[Structure, Off] | None:
        found = {}
        for number, each in enumerate(structures, before):
            if not told(number):
                return None
            found[each] = _off(
                partial(calibrated, known, zone, ended=over, structure=each, planned=planned), parts
            )
        return found

    plain = tried(STRUCTURES, 0)
    if plain is None:
        return None
    best = nearest(plain) or Structure()
    faded = tried([replace(best, fading=each) for each in FADINGS], len(STRUCTURES))
    if faded is None:
        return None
    best = nearest({best: plain[best]} | faded, errors=0.0) or best
    return Choice(
        best, tuple((each, float(off[0])) for each, off in (plain | faded).items() if np.isfinite(off[0]))
    )


def _parts(work: Work, over: NDArray[np.bool_]) -> list[Part]:
    """The parts of a log that are foretold one by one; none where there are too few cases."""
    begins = np.sort(begins_of(work))
    if not len(begins):
        return []
    end = int(work.done.max(initial=0)) + 1
    for shares in EDGES:
        moments = [int(begins[int(share * len(begins))]) if share < 1 else end for share in shares]
        found = [
            (Parts(since, until, end, until, True), real_part(work, since, until, over).cycle)
            for since, until in pairwise(moments)
        ]
        if all(len(hours) >= FEWEST for _part, hours in found):
            return [(part, [hours, *_samples(hours)]) for part, hours in found]
    return []


def _samples(hours: Hours) -> Iterator[Hours]:
    draw = np.random.default_rng(len(hours))
    return (draw.choice(hours, len(hours)) for _draw in range(DRAWS))


def _off(made: Callable[..., Calibrated], parts: Sequence[Part]) -> Off:
    """How far models are off on average over the parts, `made` until each begins; infinitely where one says nothing."""
    found = []
    for part, samples in parts:
        try:
            model = made(until=part.split)
        except TooLittle:
            return np.full(1 + DRAWS, np.inf)
        scenario, play = foretold(model, part), player(model, part)
        for place in range(PLAYS):
            cycle = play(scenario, place).cycle
            found.append([moved(each, cycle) for each in samples])
    off: Off = np.nan_to_num(np.mean(found, axis=0), nan=np.inf)
    return off


def nearest(tried: Mapping[Structure, Off], errors: float = ERRORS) -> Structure | None:
    """The first that is not clearly farther off than the nearest; None where nothing is near at all."""
    least = min(tried.values(), key=lambda off: off[0], default=None)
    if least is None or not np.isfinite(least[0]):
        return None
    return next(each for each, off in tried.items() if not _is_farther(off, least, errors))


def _is_farther(off: Off, least: Off, errors: float) -> bool:
    """Whether something is clearly farther off than what is nearest."""
    if not np.isfinite(off[0]):
        return True
    error = float(np.std(off[1:] - least[1:]))
    return bool(off[0] > CLEARLY * least[0] and off[0] - least[0] > errors * error)
