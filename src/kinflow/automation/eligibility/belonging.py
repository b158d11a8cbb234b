"""Rules about where somebody belongs: role, unit, and any condition over their fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from kinflow.conditions import Context, parse, to_q
from kinflow.organisation.models import Person, Unit
from kinflow.records.access import ROLES
from kinflow.records.faces import VOCABULARY

from ..criteria.situation import Situation
from ..parameters import parameter
from .rule import Allowed, EligibilityRule, eligibility_rule


def unit_choices() -> list[tuple[str, str]]:
    """All open units by their place in the tree."""
    rows = Unit.objects.filter(is_closed=False).order_by("path").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


@eligibility_rule
@dataclass(frozen=True)
class HasRole(EligibilityRule):
    """Only people with a role."""

    name = "has_role"
    label = gettext_lazy("Has the role")
    reason = pgettext_lazy("excluded", "other role")
    role: str = parameter(gettext_lazy("Role"), "representative", choices=tuple(ROLES.items()))

    def allows(self, situation: Situation) -> Allowed:
        """By the person's roles."""
        return np.array([self.role in p.roles for p in situation.people.persons], dtype=np.bool_)


@eligibility_rule
@dataclass(frozen=True)
class InUnit(EligibilityRule):
    """Only people of a unit and the units below it."""

    name = "in_unit"
    label = gettext_lazy("Belongs to the unit")
    reason = pgettext_lazy("excluded", "other unit")
    unit: str = parameter(gettext_lazy("Unit"), "", choices=unit_choices)

    def allows(self, situation: Situation) -> Allowed:
        """By the unit's place in the tree."""
        part = f"/{self.unit}/"
        mine = [str(p.unit_id) == self.unit or part in p.unit.path for p in situation.people.persons]
        return np.array(mine, dtype=np.bool_)


@eligibility_rule
@dataclass(frozen=True)
class FitsCondition(EligibilityRule):
    """Only people for whom a condition over their fields holds."""

    name = "fits"
    label = gettext_lazy("Meets a condition")
    reason = pgettext_lazy("excluded", "do not meet the condition")
    condition: Mapping[str, Any] = parameter(gettext_lazy("Condition"), {}, kind="condition")

    def allows(self, situation: Situation) -> Allowed:
        """By the condition, asked of the database once."""
        condition = parse(dict(self.condition), "person", VOCABULARY)
        zone = timezone.get_current_timezone()
        fitting = Person.objects.filter(to_q(condition, Context(situation.now, zone)))
        return np.isin(situation.people.ids, list(fitting.values_list("pk", flat=True)))
