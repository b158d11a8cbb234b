"""What happens to policies and values, and what is decided by them."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, typed
from kinflow.organisation.people.models import Person

from .models import CompanyValue, Policy


@dataclass(frozen=True, kw_only=True)
class PolicyAdded(Event):
    """There is a policy for a matter."""

    policy: Policy
    icon = "plus"
    sentence = _("{by} added policy {policy}")


@dataclass(frozen=True, kw_only=True)
class PolicyChanged(Event):
    """A policy has another name, or stands for other values."""

    policy: Policy
    icon = "edit"
    sentence = _("{by} changed policy {policy}")


@dataclass(frozen=True, kw_only=True)
class PolicySwitchedOn(Event):
    """A policy rules its matter from now on."""

    policy: Policy
    icon = "play"
    sentence = _("{by} put policy {policy} into force")


@dataclass(frozen=True, kw_only=True)
class PolicySwitchedOff(Event):
    """A policy rules nothing any more."""

    policy: Policy
    icon = "pause"
    sentence = _("{by} put policy {policy} out of force")


@dataclass(frozen=True, kw_only=True)
class ValueStated(Event):
    """The company states a value, or states it in other words."""

    companyvalue: CompanyValue
    icon = "star"
    sentence = _("{by} stated the value {companyvalue}")


@dataclass(frozen=True, kw_only=True)
class ValueWithdrawn(Event):
    """The company does not state a value any more."""

    companyvalue: CompanyValue
    called: str
    icon = "trash"
    sentence = _("{by} took back the value {called}")


@dataclass(frozen=True, kw_only=True)
class DecidedAlone(Event):
    """Somebody decided alone, within a policy: nobody had to be asked."""

    record: Any
    policy: Policy
    number: int
    facts: dict[str, Any] = field(default_factory=dict)
    icon = "check"
    sentence = _("{by} decided alone on {record}, within policy {policy}")


@dataclass(frozen=True, kw_only=True)
class DecisionAsked(Event):
    """What somebody may not decide alone was asked of somebody else."""

    record: Any
    person: Person
    policy: Policy
    number: int
    facts: dict[str, Any] = field(default_factory=dict)
    icon = "user"
    sentence = _("{by} asked {person} to decide on {record}, as policy {policy} says")


@dataclass(frozen=True, kw_only=True)
class DecisionApproved(Event):
    """Somebody approved what `person` had asked; it was done with that."""

    record: Any
    person: Person | None
    policy: Policy
    comment: str = typed(default="")
    icon = "check"
    sentence = _("{by} approved what was asked on {record} under policy {policy}")


@dataclass(frozen=True, kw_only=True)
class DecisionRefused(Event):
    """Somebody refused what `person` had asked, and said why."""

    record: Any
    person: Person | None
    policy: Policy
    comment: str = typed(default="")
    icon = "x"
    sentence = _("{by} refused what was asked on {record} under policy {policy}: {comment}")


@dataclass(frozen=True, kw_only=True)
class DecisionWithdrawn(Event):
    """What had been asked is not asked any more, since whoever asked decided anew."""

    record: Any
    policy: Policy
    icon = "undo"
    sentence = _("{by} took back the question on {record} under policy {policy}")
