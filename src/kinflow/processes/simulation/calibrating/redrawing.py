"""Open cases with the same cases coming, but each as long as some case that came on the same day of the week."""

from dataclasses import replace

import numpy as np

from ...diagnosis.calendar import weekday
from .distances import Played, open_apart_of

DRAWS = 50
FEWEST = 5
"""Where fewer cases came on a day of the week, those of all days are taken."""


def open_apart(real: Played, source: Played, *, between: bool = False, seed: int = 0) -> tuple[float, float]:
    """How far open cases lie apart by chance, as a share of their mean: the median and the 95 % quantile of some draws.

    Of the real ones from those of a sample: each case that came takes as long as some case of the source did that came on
    the same day of the week. Or `between` two such samples.
    """
    draw = np.random.default_rng(seed)
    found = []
    for _time in range(DRAWS):
        one = _redrawn(real, source, draw) if between else real
        found.append(open_apart_of(one, _redrawn(real, source, draw)))
    return float(np.median(found)), float(np.quantile(found, 0.95))


def _redrawn(real: Played, source: Played, draw: np.random.Generator) -> Played:
    """The same cases, each as long as one of the source."""
    days, of_source = weekday(real.begins), weekday(source.begins)
    lasts, ends = source.ends - source.begins, real.ends.copy()
    for day in range(7):
        own = days == day
        known = lasts[of_source == day]
        ends[own] = real.begins[own] + draw.choice(known if len(known) >= FEWEST else lasts, int(own.sum()))
    return replace(real, ends=ends)
