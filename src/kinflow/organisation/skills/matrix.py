"""Who can what: people against skills, as a grid of levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.records.access import may, visible

from ..people.models import Person, PersonSkill
from .models import Skill
from .rules import SORTS

MOST_PEOPLE = 60


@dataclass(frozen=True)
class Cell:
    """A person's level in a skill; 0 is none."""

    skill: Skill
    level: int


@dataclass(frozen=True)
class Row:
    """A person with all levels, in the order of the grid's skills."""

    person: Person
    cells: Sequence[Cell]
    may_change: bool


@dataclass(frozen=True)
class Wish:
    """What of the grid is wanted: units (None: all), sort of skills, order ("" by name, or a skill's id), page."""

    unit_ids: tuple[int, ...] | None = None
    sort: str = ""
    order: str = ""
    page: int = 1


@dataclass(frozen=True)
class Matrix:
    """The grid; `holders` counts who has each skill among the people of all pages."""

    skills: Sequence[tuple[Skill, int]]
    rows: Sequence[Row]
    people: int
    pages: int
    page: int


def matrix_of(by: Actor, wish: Wish) -> Matrix:
    """The grid that the actor may see, in four queries."""
    skills = list(_skills(by, wish.sort))
    people = visible(by, Person.objects.filter(left_on=None).select_related("unit"))
    if wish.unit_ids is not None:
        people = people.filter(unit_id__in=wish.unit_ids)
    everybody = list(people.order_by("unit__path", "pk"))
    levels = _levels([p.pk for p in everybody], [s.pk for s in skills])
    if wish.order.isdecimal():
        wanted = int(wish.order)
        everybody.sort(key=lambda p: -levels.get((p.pk, wanted), 0))
    pages = max(1, -(-len(everybody) // MOST_PEOPLE))
    at = min(max(wish.page, 1), pages)
    rows = [
        Row(
            person,
            [Cell(skill, levels.get((person.pk, skill.pk), 0)) for skill in skills],
            may(by, "organisation.set_skill", person),
        )
        for person in everybody[(at - 1) * MOST_PEOPLE : at * MOST_PEOPLE]
    ]
    counted = [(skill, sum((p.pk, skill.pk) in levels for p in everybody)) for skill in skills]
    return Matrix(counted, rows, len(everybody), pages, at)


def _skills(by: Actor, sort: str) -> Sequence[Skill]:
    skills = visible(by, Skill.objects.all())
    if sort in dict(SORTS):
        skills = skills.filter(sort=sort)
    order = {name: at for at, (name, _label) in enumerate(SORTS)}
    return sorted(skills, key=lambda s: (order.get(s.sort, 9), s.pk))


def _levels(person_ids: Sequence[int], skill_ids: Sequence[int]) -> Mapping[tuple[int, int], int]:
    rows = PersonSkill.objects.filter(person_id__in=person_ids, skill_id__in=skill_ids)
    return {
        (person, skill): level for person, skill, level in rows.values_list("person_id", "skill_id", "level")
    }


def level_choices() -> list[tuple[int, str]]:
    """The levels with their words, none first."""
    return [
        (0, _("none")),
        (1, _("1 beginner")),
        (2, _("2 basic")),
        (3, _("3 solid")),
        (4, _("4 advanced")),
        (5, _("5 expert")),
    ]
