"""Who can what: people against skills, as a grid of levels."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit import keyset
from kinflow.records.access import may, visible

from ..people.models import Person, PersonSkill
from ..people.queries import here
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
    """What of the grid is wanted: units (None: all), sort of skills, order ("" by unit, or a skill's id), cursor."""

    unit_ids: tuple[int, ...] | None = None
    sort: str = ""
    order: str = ""
    cursor: str = ""


@dataclass(frozen=True)
class Matrix:
    """A page of the grid; `holders` counts who has each skill among the people of all pages."""

    skills: Sequence[tuple[Skill, int]]
    rows: Sequence[Row]
    people: int
    shown: keyset.Page[Person]


def matrix_of(by: Actor, wish: Wish, size: int = MOST_PEOPLE) -> Matrix:
    """A page of the grid that the actor may see, in five queries, however many people there are.

    Raises BadCursor.
    """
    skills = list(_skills(by, wish.sort))
    people = visible(by, here(timezone.localdate()).select_related("unit"))
    if wish.unit_ids is not None:
        people = people.filter(unit_id__in=wish.unit_ids)
    ordered, order = _ordered(people, wish.order)
    shown = keyset.page(ordered, order, size, wish.cursor or None)
    levels = _levels([p.pk for p in shown.rows], [s.pk for s in skills])
    rows = [
        Row(
            person,
            [Cell(skill, levels.get((person.pk, skill.pk), 0)) for skill in skills],
            may(by, "organisation.set_skill", person),
        )
        for person in shown.rows
    ]
    holders = _holders(people, [s.pk for s in skills])
    return Matrix([(s, holders.get(s.pk, 0)) for s in skills], rows, people.count(), shown)


def _ordered(people: QuerySet[Person], order: str) -> tuple[QuerySet[Person], Sequence[str]]:
    """By unit, or who is best in a skill first."""
    if not order.isdecimal():
        return people, ("unit__path",)
    best = PersonSkill.objects.filter(person=OuterRef("pk"), skill_id=int(order)).values("level")
    return people.annotate(best=Coalesce(Subquery(best), 0)), ("-best", "unit__path")


def _holders(people: QuerySet[Person], skill_ids: Collection[int]) -> Mapping[int, int]:
    """How many of the people have each skill; skills that nobody has are left out."""
    rows = PersonSkill.objects.filter(person__in=people.order_by().values("pk"), skill_id__in=skill_ids)
    return dict(rows.order_by().values_list("skill_id").annotate(Count("pk")))


def _skills(by: Actor, sort: str) -> Sequence[Skill]:
    skills = visible(by, Skill.objects.filter(is_retired=False))
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
