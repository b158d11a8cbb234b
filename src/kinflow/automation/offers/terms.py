"""On which terms a scoring offers instead of giving: how long somebody has, and by which time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import FieldError
from kinflow.organisation.calendars.of import calendar_of
from kinflow.organisation.calendars.rules import NoWorkingTime, add_working_time
from kinflow.organisation.people.models import Person

from ..parameters import below, finite

LONGEST = 14 * 24 * 60
REASONS = [
    ("no_time", gettext_lazy("No time for it now")),
    ("no_skill", gettext_lazy("I do not know enough about it")),
    ("wrong_place", gettext_lazy("Not my territory or customer")),
    ("away", gettext_lazy("I am away soon")),
    ("conflict", gettext_lazy("A conflict with the customer")),
    ("other", gettext_lazy("Something else")),
]
"""Why people decline, from a short list, so that reasons can be counted."""


@dataclass(frozen=True)
class Terms:
    """How many minutes somebody has to answer; of their working time, or as the clock goes."""

    minutes: int
    working_time: bool = True

    def content(self) -> dict[str, Any]:
        """As a scoring's version keeps it."""
        return {"minutes": self.minutes, "working_time": self.working_time}


def read_terms(given: Any, pointer: str, errors: list[FieldError]) -> Terms | None:
    """The terms as they were given; None where the scoring gives. What is wrong is added to the errors."""
    if given in (None, "", {}):
        return None
    if not isinstance(given, Mapping):
        errors.append(FieldError(pointer, _("Give the minutes, and whether working time counts.")))
        return None
    strangers = [name for name in given if name not in ("minutes", "working_time")]
    errors += [FieldError(below(pointer, name), _("There is no such input.")) for name in strangers]
    minutes, working = finite(given.get("minutes")), given.get("working_time", True)
    if minutes is None or minutes != int(minutes) or not 1 <= minutes <= LONGEST:
        told = _("Give a whole number of minutes from 1 to %(most)d.") % {"most": LONGEST}
        errors.append(FieldError(f"{pointer}/minutes", told))
        return None
    if not isinstance(working, bool):
        errors.append(FieldError(f"{pointer}/working_time", _("Yes or no is expected here.")))
        return None
    return Terms(int(minutes), working)


def due_at(terms: Terms, person: Person, now: datetime) -> datetime:
    """Until when the person may answer what is offered to them now.

    Working time is that of their calendar; who has none, or one without hours, has the time of the clock.
    """
    span = timedelta(minutes=terms.minutes)
    if terms.working_time and person.calendar is not None:
        try:
            return add_working_time(calendar_of(person.calendar), now, span)
        except NoWorkingTime:
            return now + span
    return now + span
