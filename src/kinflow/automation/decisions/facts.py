"""What a policy's conditions may ask about besides the record: what is decided, and who decides it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.organisation.people.models import Person
from kinflow.records.access import ROLES
from kinflow.records.matters import Fact, matters

OF_PERSON = (
    Fact("by_position", _("Position of who decides"), "text"),
    Fact("by_level", _("Level of the position (1 is the top)"), "number"),
    Fact("by_unit", _("Unit of who decides"), "text"),
    Fact("by_roles", _("Roles of who decides"), "list", tuple(ROLES.items())),
    Fact("by_skills", _("Skills of who decides"), "list"),
    Fact("by_seniority", _("Seniority of who decides"), "number"),
)


def facts_of(matter: str) -> dict[str, Fact]:
    """The facts that conditions of a policy on the matter may name, as `event.…`; none where it is no policy's."""
    if matter not in matters:
        return {}
    return {fact.name: fact for fact in (*matters[matter].facts, *OF_PERSON)}


def about_person(person: Person) -> dict[str, Any]:
    """The facts about who decides."""
    position = person.position
    return {
        "by_position": position.name if position else None,
        "by_level": position.level if position else None,
        "by_unit": person.unit.name,
        "by_roles": list(person.roles),
        "by_skills": sorted(person.skills.values_list("skill__code", flat=True)),
        "by_seniority": person.seniority,
    }
