"""What happens to policies and values, and what is decided by them."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, typed
from kinflow.organisation.people.models import Person

from .models import CompanyValue, Policy


@dataclass(frozen=True, kw_only=True)
class OfPolicy:
    """What happens to a policy."""

    policy: Policy


class PolicyAdded(OfPolicy, Event):
    """There is a policy for a matter."""

    icon = "plus"
    sentence = _("{by} added policy {policy}")


class PolicyChanged(OfPolicy, Event):
    """A policy has another name, or stands for other values."""

    icon = "edit"
    sentence = _("{by} changed policy {policy}")


class PolicySwitchedOn(OfPolicy, Event):
    """A policy rules its matter from now on."""

    icon = "play"
    sentence = _("{by} put policy {policy} into force")


class PolicySwitchedOff(OfPolicy, Event):
    """A policy rules nothing any more."""

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
class OfDecision:
    """What happens with a decision on a record, as a policy says."""

    record: Any
    policy: Policy


@dataclass(frozen=True, kw_only=True)
class OfWeighedDecision(OfDecision):
    """It was looked at what the policy, in its version `number`, asks for: the `facts`."""

    number: int
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OfAnsweredDecision(OfDecision):
    """Somebody answered what `person` had asked."""

    person: Person | None
    comment: str = typed(default="")


class DecidedAlone(OfWeighedDecision, Event):
    """Somebody decided alone, within a policy: nobody had to be asked."""

    icon = "check"
    sentence = _("{by} decided alone on {record}, within policy {policy}")


@dataclass(frozen=True, kw_only=True)
class DecisionAsked(OfWeighedDecision, Event):
    """What somebody may not decide alone was asked of somebody else."""

    person: Person
    icon = "user"
    sentence = _("{by} asked {person} to decide on {record}, as policy {policy} says")


class DecisionApproved(OfAnsweredDecision, Event):
    """Somebody approved what `person` had asked; it was done with that."""

    icon = "check"
    sentence = _("{by} approved what was asked on {record} under policy {policy}")


class DecisionRefused(OfAnsweredDecision, Event):
    """Somebody refused what `person` had asked, and said why."""

    icon = "x"
    sentence = _("{by} refused what was asked on {record} under policy {policy}: {comment}")


class DecisionWithdrawn(OfDecision, Event):
    """What had been asked is not asked any more, since whoever asked decided anew."""

    icon = "undo"
    sentence = _("{by} took back the question on {record} under policy {policy}")
