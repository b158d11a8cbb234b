"""My next best item over all kinds of work: what suits me best and presses most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import NotFound, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import may
from kinflow.records.faces import RecordType, registry

from ..access import TAKE_NEXT
from ..assignments.actions import take
from ..assignments.locking import lock_assignment
from ..assignments.pulling import Fitting, fitting
from .urgency import LATER, NOW, TODAY, Urgency, urgency

PRESSING = {NOW: 30, TODAY: 15, LATER: 0}
"""What the urgency of an item adds to how well it suits, which is from 0 to 100."""


@dataclass(frozen=True)
class Best:
    """The item, how well it suits the person in per cent of what its scoring can give, and why it is due when."""

    face: RecordType
    row: Any
    points: float
    suits: int
    why_now: Urgency

    @property
    def worth(self) -> int:
        """What items of different kinds are compared by: how well it suits, and how much it presses."""
        return self.suits + PRESSING[self.why_now.group]

    @property
    def reason(self) -> str:
        """Why this one, in the active language."""
        told = {"percent": self.suits, "why": self.why_now.words}
        if not self.why_now.words:
            return _("Suits you to %(percent)d %%") % told
        return _("Suits you to %(percent)d %%. %(why)s") % told


def best_of(found: Iterable[tuple[RecordType, Fitting]], now: datetime) -> Best | None:
    """The most worth among items of all kinds; of equals what is more urgent, then the older; None of none."""
    ranked = [
        Best(face, one.row, one.points, round(100 * one.share), urgency(face.name, one.row, now))
        for face, one in found
    ]
    return min(ranked, key=lambda b: (-b.worth, b.why_now.rank, b.face.name, b.row.pk), default=None)


def kinds_to_pull(by: Actor) -> list[RecordType]:
    """The kinds of work of which the actor may take the next."""
    return [
        face for face in registry.values() if face.work is not None and may(by, TAKE_NEXT, kind=face.name)
    ]


def next_of_all(person: Person, by: Actor, *, now: datetime | None = None) -> Best | None:
    """What is nobody's, and the person should do next, over all kinds that they may take; None where there is none."""
    at = now or timezone.now()
    found = [(face, one) for face in kinds_to_pull(by) for one in fitting(face.name, person, now=at)]
    return best_of(found, at)


@action
def take_next_of_all(*, person: Person, by: Actor) -> Best:
    """Give the person their next best item of any kind; who asks at the same time waits.

    Raises NotFound where there is none, Refused for who may take none.
    """
    if not kinds_to_pull(by):
        raise Refused(_("You take no work by yourself."), remedy=_("Ask an administrator."))
    lock_assignment()
    found = next_of_all(person, by)
    if found is None:
        raise NotFound(_("There is nothing waiting that suits you."), remedy=_("Look again later."))
    take(record=found.row, person=person, by=by)
    return found
