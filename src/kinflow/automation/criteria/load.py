"""Load: the open work somebody holds already, against what they can take."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .criterion import Criterion, Matrix, criterion
from .situation import Situation


def load_shares(situation: Situation) -> Matrix:
    """The part of their capacity that people hold, 0…1; who has no limit is measured by the busiest person."""
    people = situation.people
    if not len(people.ids):
        return np.zeros(0)
    busiest = max(float(people.held.max()), 1.0)
    limit = np.where(np.isfinite(people.limit), people.limit, busiest)
    full = np.where(people.held > 0, 1.0, np.where(people.limit == 0, 1.0, 0.0))
    return np.clip(np.divide(people.held, limit, out=full, where=limit > 0), 0.0, 1.0)


@criterion
@dataclass(frozen=True)
class Load(Criterion):
    """−(weight of the open work held) / (capacity): 0 for who is free, −1 for who is full."""

    name = "load"
    label = gettext_lazy("Current load")
    help = gettext_lazy("Takes points away from people who hold much open work already.")
    sign = -1

    def values(self, situation: Situation) -> Matrix:
        """Minus the part of the capacity that is taken."""
        return np.broadcast_to(-load_shares(situation), situation.shape).copy()

    def words(self, situation: Situation, item: int, person: int) -> str:
        """The load in per cent, or in items where there is no limit."""
        people = situation.people
        if not np.isfinite(people.limit[person]):
            return _("Holds %(held)g, without a limit") % {"held": people.held[person]}
        return _("Load %(percent)d %% of capacity") % {"percent": round(100 * load_shares(situation)[person])}
