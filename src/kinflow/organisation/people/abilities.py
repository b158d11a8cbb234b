"""What people can and how much they take: skills, languages, territories, capacity."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import Ask

from ..retiring import refuse_retired
from ..skills.models import Skill, Territory
from ..skills.rules import is_level
from .checking import level_error
from .events import CapacitySet, LanguageSet, SkillSet, TerritoriesSet
from .models import Capacity, LanguageSkill, Person, PersonSkill
from .rules import MOST_CAPACITY, WORK_KINDS, is_language

_LEVEL_HELP = gettext_lazy("1 (beginner) to 5 (expert); 0 for none")


@action
def set_skill(
    *,
    person: Person,
    skill: Skill,
    level: Annotated[int, Ask(gettext_lazy("Level"), help=_LEVEL_HELP)],
    by: Actor,
) -> Person:
    """Set a person's level in a skill, 1 to 5; 0 takes it away.

    Raises Invalid for other levels, Retired for a retired skill.
    """
    person = hold(person)
    permit(by, person)
    if level != 0 and not is_level(level):
        raise Invalid(errors=[level_error("/level")])
    row = PersonSkill.objects.filter(person=person, skill=skill).first()
    before = row.level if row else 0
    if before == level:
        return person
    refuse_retired(skill if level else None, "/skill")
    row = row or PersonSkill(person=person, skill=skill)
    row.level = level
    _keep(row, level)
    record(SkillSet(person=person, skill=skill, level=level, before=before))
    return person


def _keep(row: PersonSkill | LanguageSkill, level: int) -> None:
    if level:
        row.save()
    else:
        row.delete()


@action
def set_language(
    *,
    person: Person,
    language: Annotated[str, Ask(gettext_lazy("Language"), help=gettext_lazy("Such as zh, en, de"))],
    level: Annotated[int, Ask(gettext_lazy("Level"), help=_LEVEL_HELP)] = 5,
    by: Actor,
) -> Person:
    """Set a person's level in a language (ISO 639), 1 to 5; 0 takes it away.

    Raises Invalid for other levels and for what is no language.
    """
    person = hold(person)
    permit(by, person)
    language = language.strip().lower().split("-")[0]
    errors = [] if level == 0 or is_level(level) else [level_error("/level")]
    if not is_language(language):
        errors.append(FieldError("/language", _("Give the language's code, such as zh or en.")))
    if errors:
        raise Invalid(errors=errors)
    row = LanguageSkill.objects.filter(person=person, language=language).first()
    before = row.level if row else 0
    if before == level:
        return person
    row = row or LanguageSkill(person=person, language=language)
    row.level = level
    _keep(row, level)
    record(LanguageSet(person=person, language=language, level=level, before=before))
    return person


@action
def set_capacity(
    *,
    person: Person,
    kind: Annotated[str, Ask(gettext_lazy("Kind of work"), choices=WORK_KINDS)],
    limit: Annotated[Decimal | None, Ask(gettext_lazy("Limit"), help=gettext_lazy("Empty: no limit"))],
    by: Actor,
) -> Person:
    """Set how heavy the open work of one kind may be that the person holds; None is no limit.

    Raises Invalid for an unknown kind, and for a limit below 0 or far too large.
    """
    person = hold(person)
    permit(by, person)
    errors = []
    if kind not in dict(WORK_KINDS):
        errors.append(FieldError("/kind", _("Choose one of the values.")))
    limit = limit if limit is None else Decimal(limit)
    if limit is not None and not (limit.is_finite() and 0 <= limit <= MOST_CAPACITY):
        errors.append(FieldError("/limit", _("Give a number from 0 to %(most)d.") % {"most": MOST_CAPACITY}))
    if errors:
        raise Invalid(errors=errors)
    limit = limit if limit is None else round(limit, 2)
    row = Capacity.objects.filter(person=person, kind=kind).first()
    before = row.limit if row else None
    if before == limit:
        return person
    row = row or Capacity(person=person, kind=kind)
    if limit is None:
        row.delete()
    else:
        row.limit = limit
        row.save()
    record(CapacitySet(person=person, kind=kind, limit=limit, before=before))
    return person


@action
def set_territories(
    *,
    person: Person,
    territories: Annotated[Sequence[Territory], Ask(gettext_lazy("Territories"))] = (),
    by: Actor,
) -> Person:
    """Let the person look after exactly these territories."""
    person = hold(person)
    permit(by, person)
    wanted = sorted({t.pk: t for t in territories}.values(), key=lambda t: t.pk)
    if [t.pk for t in wanted] == list(person.territories.order_by("pk").values_list("pk", flat=True)):
        return person
    for at, territory in enumerate(wanted):
        refuse_retired(territory, f"/territories/{at}")
    person.territories.set(wanted)
    person.save()
    record(TerritoriesSet(person=person, territories=wanted))
    return person
