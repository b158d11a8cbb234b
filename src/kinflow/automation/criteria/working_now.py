"""Working now: whoever is at work, or is soonest back."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..parameters import parameter
from .criterion import Criterion, Matrix, criterion
from .shifts import hours_until_shift, starts_by_person
from .situation import Situation

AVAILABLE = {"online": 1.0, "busy": 0.7, "away": 0.5, "offline": 0.4}
"""What presence makes of somebody within their working hours."""


@criterion
@dataclass(frozen=True)
class WorkingNow(Criterion):
    """1 within working hours, falling evenly to 0 for who is back only in so many hours; absent people have 0."""

    name = "working_now"
    label = gettext_lazy("At work now, or soon")
    help = gettext_lazy("By working calendar, absence and, if wanted, presence.")
    horizon_hours: int = parameter(gettext_lazy("No points if back later than hours"), 24, low=1, high=400)
    by_presence: bool = parameter(gettext_lazy("Presence counts, too"), False)

    def _row(self, situation: Situation) -> Matrix:
        people = situation.people
        hours = hours_until_shift(situation)
        value = np.clip(1.0 - hours / self.horizon_hours, 0.0, 1.0)
        if self.by_presence:
            at_hand = np.array([AVAILABLE.get(p.presence, 0.4) for p in people.persons])
            value = np.where(hours <= 0, value * at_hand, value)
        return np.where(people.absent, 0.0, value)

    def values(self, situation: Situation) -> Matrix:
        """The same row for every item."""
        return np.broadcast_to(self._row(situation), situation.shape).copy()

    def words(self, situation: Situation, item: int, person: int) -> str:
        """At work, absent, or when the next shift begins in the person's own time."""
        who = situation.people.persons[person]
        if situation.people.absent[person]:
            return _("Absent")
        if who.calendar is None:
            return _("At work now (no calendar)")
        start = situation.once(starts_by_person)[person]
        if start is None:
            return _("Has no working hours")
        if start <= situation.now:
            presence = who.get_presence_display()
            return (
                _("At work now (%(presence)s)") % {"presence": presence}
                if self.by_presence
                else _("At work now")
            )
        local = start.astimezone(ZoneInfo(who.calendar.time_zone))
        return _("Back at %(time)s") % {"time": f"{local:%m-%d %H:%M}"}
