"""What happens to rules; what rules do to records, the records' own events tell."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event
from kinflow.organisation.people.models import Person

from .models import Rule


@dataclass(frozen=True, kw_only=True)
class RuleAdded(Event):
    """There is a new rule; it does nothing until it is switched on."""

    rule: Rule
    icon = "bolt"
    sentence = _("{by} added rule {rule}")


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event):
    """A rule says something else; `number` is its version from now on."""

    rule: Rule
    number: int
    changes: dict[str, Any] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed rule {rule}: version {number}")


@dataclass(frozen=True, kw_only=True)
class RuleRestored(Event):
    """An earlier version of a rule counts again, as a new one."""

    rule: Rule
    number: int
    restored: int
    icon = "refresh"
    sentence = _("{by} took version {restored} of rule {rule} up again, as version {number}")


@dataclass(frozen=True, kw_only=True)
class RuleSwitchedOn(Event):
    """A rule acts from now on."""

    rule: Rule
    icon = "play"
    sentence = _("{by} switched rule {rule} on")


@dataclass(frozen=True, kw_only=True)
class RuleSwitchedOff(Event):
    """A rule does not act any more."""

    rule: Rule
    icon = "pause"
    sentence = _("{by} switched rule {rule} off")


@dataclass(frozen=True, kw_only=True)
class RuleStopped(Event):
    """A rule fired far more often than usual and was switched off; its owner is told."""

    rule: Rule
    person: Person
    fired: int
    usual: int
    icon = "alert"
    sentence = _(
        "Rule {rule} of {person} was switched off: it fired {fired} times in an hour, at most {usual} is usual"
    )


@dataclass(frozen=True, kw_only=True)
class RuleFailed(Event):
    """A run of a rule failed as often as it is tried, and rests until its owner looks."""

    rule: Rule
    person: Person
    record: Any
    fault: str
    icon = "alert"
    sentence = _("Rule {rule} of {person} could not go on for {record}: {fault}")


@dataclass(frozen=True, kw_only=True)
class RuleRecordsTakenBack(Event):
    """Records that a rule had made were taken back."""

    rule: Rule
    removed: int
    kept: int
    icon = "refresh"
    sentence = _("{by} took back what rule {rule} made: {removed} removed, {kept} kept")
