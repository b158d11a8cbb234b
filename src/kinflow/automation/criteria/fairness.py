"""Fairness: whoever had none of this work for longest comes first."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion
from .situation import Situation


def _hours_waited(situation: Situation) -> Matrix:
    given = situation.people.given_at
    waited = (situation.now.timestamp() - given) / 3600.0
    return np.where(given > 0, np.maximum(waited, 0.0), np.inf)


@criterion
@dataclass(frozen=True)
class Fairness(Criterion):
    """min(1, hours since the last assignment / hours to wait for full points); 1 for who got none lately."""

    name = "fairness"
    label = gettext_lazy("Fair turns")
    help = gettext_lazy("Gives points to people who have waited long for new work.")
    full_after_hours: int = parameter(gettext_lazy("Full points after hours"), 24, low=1, high=2000)

    def values(self, situation: Situation) -> Matrix:
        """How much of the wait for full points is over."""
        row = np.minimum(1.0, _hours_waited(situation) / self.full_after_hours)
        return np.broadcast_to(row, situation.shape).copy()

    def words(self, situation: Situation, item: int, person: int) -> str:
        """How long ago the last assignment was."""
        waited = float(_hours_waited(situation)[person])
        if not np.isfinite(waited):
            return _("Got none of this work lately")
        hours = int(waited)
        if hours < 1:
            return _("Got some less than an hour ago")
        if hours < 48:
            return ngettext("Last got some %(n)d hour ago", "Last got some %(n)d hours ago", hours) % {
                "n": hours
            }
        last = datetime.fromtimestamp(situation.people.given_at[person], UTC)
        return _("Last got some on %(date)s") % {"date": f"{last:%Y-%m-%d}"}
