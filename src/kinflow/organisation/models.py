"""The models of the organisation, one import line per noun, as Django asks."""

from .calendars.models import CalendarDay, WorkingCalendar
from .ownership import Owned
from .people.models import Absence, Capacity, LanguageSkill, Person, PersonSkill
from .positions.models import Position
from .skills.models import Skill, Territory
from .units.models import Unit
from .users.models import Token, User

__all__ = [
    "Absence",
    "CalendarDay",
    "Capacity",
    "LanguageSkill",
    "Owned",
    "Person",
    "PersonSkill",
    "Position",
    "Skill",
    "Territory",
    "Token",
    "Unit",
    "User",
    "WorkingCalendar",
]
