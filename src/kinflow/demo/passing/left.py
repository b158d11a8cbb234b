"""Weeks that are still to pass: between what is recorded and the present lies a gap until they have been played."""

from datetime import datetime

from kinflow.automation.clock import drop_moment, set_moment
from kinflow.automation.clock.models import Moment

NAME = "demo.weeks_left"
"""No handler has this name: the moment only waits."""


def weeks_left() -> int:
    """How many weeks are still to pass; more than 0 where letting them pass was broken off."""
    found = Moment.objects.filter(handler=NAME).first()
    return int(found.payload["weeks"]) if found is not None else 0


def note_left(weeks: int, now: datetime) -> None:
    """Note how many are still to pass, in the running transaction."""
    if weeks:
        set_moment(NAME, "", now, {"weeks": weeks})
    else:
        drop_moment(NAME, "")
