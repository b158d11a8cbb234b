"""Rules about whether somebody takes work at all: takes work, present, room left, at work."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..criteria.shifts import hours_until_shift
from ..criteria.situation import Situation
from ..parameters import parameter
from .rule import Allowed, EligibilityRule, eligibility_rule


@eligibility_rule
@dataclass(frozen=True)
class TakesWork(EligibilityRule):
    """Only people who take assigned work."""

    name = "takes_work"
    label = gettext_lazy("Takes assigned work")
    reason = pgettext_lazy("excluded", "take no assigned work")

    def allows(self, situation: Situation) -> Allowed:
        """By the person's own switch."""
        return np.array([p.takes_work for p in situation.people.persons], dtype=np.bool_)


@eligibility_rule
@dataclass(frozen=True)
class Present(EligibilityRule):
    """Nobody who is absent now."""

    name = "present"
    label = gettext_lazy("Is not absent")
    reason = pgettext_lazy("excluded", "absent")

    def allows(self, situation: Situation) -> Allowed:
        """By leave, sickness, training and travel."""
        return ~situation.people.absent


@eligibility_rule
@dataclass(frozen=True)
class HasRoom(EligibilityRule):
    """Nobody whose capacity for this kind of work is used up."""

    name = "has_room"
    label = gettext_lazy("Has room for more")
    reason = pgettext_lazy("excluded", "full")

    def allows(self, situation: Situation) -> Allowed:
        """By capacity and the weight of the open work."""
        return situation.people.room() > 0


@eligibility_rule
@dataclass(frozen=True)
class AtWork(EligibilityRule):
    """Only people who work now or within so many hours."""

    name = "at_work"
    label = gettext_lazy("Works now or soon")
    reason = pgettext_lazy("excluded", "not at work")
    within_hours: int = parameter(gettext_lazy("Within hours"), 0, low=0, high=400)

    def allows(self, situation: Situation) -> Allowed:
        """By the working calendar; who has none is always there."""
        return hours_until_shift(situation) <= self.within_hours
