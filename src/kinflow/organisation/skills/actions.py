"""All that can be done with skills and territories themselves; who has them is the people's business."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..retiring import retired, taken_up
from .events import (
    SkillAdded,
    SkillChanged,
    SkillRetired,
    SkillTakenUp,
    TerritoryAdded,
    TerritoryChanged,
    TerritoryRetired,
    TerritoryTakenUp,
)
from .models import Skill, Territory
from .rules import SORTS, is_code, is_place


class SkillCodeTaken(Conflict):
    """Another skill has this code."""

    code = "skill-code-taken"


class TerritoryNameTaken(Conflict):
    """Another territory has this name."""

    code = "territory-name-taken"


def _refuse_wrong_skill(skill: Skill) -> None:
    errors = []
    if not is_code(skill.code):
        errors.append(
            FieldError("/code", _("A code has small letters, digits and hyphens, such as boiler-feed."))
        )
    if not skill.name:
        errors.append(FieldError("/name", _("Give it a name.")))
    if skill.sort not in dict(SORTS):
        errors.append(FieldError("/sort", _("Choose one of the values.")))
    if errors:
        raise Invalid(errors=errors)
    if Skill.objects.filter(code=skill.code).exclude(pk=skill.pk).exists():
        raise SkillCodeTaken(
            _("There is a skill with the code %(code)s already.") % {"code": skill.code},
            field="/code",
            remedy=_("Use that skill, or give this one another code."),
        )


def _refuse_wrong_territory(territory: Territory) -> None:
    errors = []
    if not territory.name:
        errors.append(FieldError("/name", _("Give it a name.")))
    errors += [
        FieldError(f"/places/{at}", _("“%(place)s” is no place such as CN or CN-ZJ.") % {"place": place[:20]})
        for at, place in enumerate(territory.places)
        if not is_place(place)
    ]
    if errors:
        raise Invalid(errors=errors)
    if Territory.objects.filter(name=territory.name).exclude(pk=territory.pk).exists():
        raise TerritoryNameTaken(
            _("There is a territory “%(name)s” already.") % {"name": territory.name},
            field="/name",
            remedy=_("Use that territory, or give this one another name."),
        )


@action
def add_skill(
    *,
    code: Annotated[str, Ask(gettext_lazy("Code"), help=gettext_lazy("Such as boiler-feed"))],
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    sort: Annotated[str, Ask(gettext_lazy("Sort"), choices=SORTS)] = "craft",
    by: Actor,
) -> Skill:
    """Add something people can; work items name its code.

    Raises Invalid, SkillCodeTaken.
    """
    permit(by, kind="skill")
    skill = Skill(code=code.strip().lower(), name=name.strip(), sort=sort)
    _refuse_wrong_skill(skill)
    skill.save()
    record(SkillAdded(skill=skill, code=skill.code))
    return skill


@action
def change_skill(
    *, skill: Skill, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Skill:
    """Change fields; `seen` are the values the editor saw."""
    skill = hold(skill)
    permit(by, skill)
    changed = apply_changes(skill, changes, seen=seen)
    if changed:
        _refuse_wrong_skill(skill)
        skill.save()
        record(SkillChanged(skill=skill, changes=changed))
    return skill


@action
def add_territory(
    *,
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    places: Annotated[
        Sequence[str],
        Ask(pgettext_lazy("of a territory", "Places"), help=gettext_lazy("Such as CN-ZJ, CN-JS, DE")),
    ] = (),
    by: Actor,
) -> Territory:
    """Add places that are looked after together: countries as "CN", parts of them as "CN-ZJ".

    Raises Invalid, TerritoryNameTaken.
    """
    permit(by, kind="territory")
    territory = Territory(name=name.strip(), places=one_form(places))
    _refuse_wrong_territory(territory)
    territory.save()
    record(TerritoryAdded(territory=territory, places=territory.places))
    return territory


@action
def change_territory(
    *, territory: Territory, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Territory:
    """Change fields; `seen` are the values the editor saw."""
    territory = hold(territory)
    permit(by, territory)
    if isinstance(changes.get("places"), list | tuple):
        changes = {**changes, "places": one_form(changes["places"])}
    changed = apply_changes(territory, changes, seen=seen)
    if changed:
        _refuse_wrong_territory(territory)
        territory.save()
        record(TerritoryChanged(territory=territory, changes=changed))
    return territory


@action
def retire_skill(*, skill: Skill, by: Actor) -> Skill:
    """Give the skill to nobody any more; its history stays. Raises Retired, StillInUse."""
    skill = retired(skill, by)
    record(SkillRetired(skill=skill))
    return skill


@action
def take_up_skill(*, skill: Skill, by: Actor) -> Skill:
    """Use a retired skill again. Raises Retired where it is in use."""
    skill = taken_up(skill, by)
    record(SkillTakenUp(skill=skill))
    return skill


@action
def retire_territory(*, territory: Territory, by: Actor) -> Territory:
    """Give the territory to nobody any more; its history stays. Raises Retired, StillInUse."""
    territory = retired(territory, by)
    record(TerritoryRetired(territory=territory))
    return territory


@action
def take_up_territory(*, territory: Territory, by: Actor) -> Territory:
    """Use a retired territory again. Raises Retired where it is in use."""
    territory = taken_up(territory, by)
    record(TerritoryTakenUp(territory=territory))
    return territory


def one_form(places: Sequence[str]) -> list[str]:
    """The places in capital letters, each once, in the order given."""
    return list(dict.fromkeys(str(place).strip().upper() for place in places if str(place).strip()))
