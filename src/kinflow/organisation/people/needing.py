"""What people here still need of positions, skills, territories and calendars; who has left needs nothing."""

from collections.abc import Iterable

from ..calendars.models import WorkingCalendar
from ..positions.models import Position
from ..retiring import needs
from ..skills.models import Skill, Territory
from .models import Person

_here = {"left_on": None}


@needs("position")
def holders(position: Position) -> Iterable[Person]:
    """Who holds the position."""
    return Person.objects.filter(position=position, **_here).order_by("pk")


@needs("skill")
def knowers(skill: Skill) -> Iterable[Person]:
    """Who has the skill."""
    return Person.objects.filter(skills__skill=skill, **_here).order_by("pk")


@needs("territory")
def keepers(territory: Territory) -> Iterable[Person]:
    """Who looks after the territory."""
    return Person.objects.filter(territories=territory, **_here).order_by("pk")


@needs("workingcalendar")
def workers(calendar: WorkingCalendar) -> Iterable[Person]:
    """Who works by the calendar."""
    return Person.objects.filter(calendar=calendar, **_here).order_by("pk")
