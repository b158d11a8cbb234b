"""What happens to approvals."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, typed
from kinflow.organisation.people.models import Person

from ..rules.models import Rule


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Event):
    """A rule asked somebody whether something may go on; `due_at` is until when they have time, if not for ever."""

    record: Any
    person: Person
    rule: Rule
    due_at: str = ""
    icon = "user"
    sentence = _("{by} asked {person} to approve {record}")


@dataclass(frozen=True, kw_only=True)
class ApprovalGiven(Event):
    """Somebody approved what a rule had asked."""

    record: Any
    person: Person
    rule: Rule
    comment: str = typed(default="")
    icon = "check"
    sentence = _("{by} approved {record}, as rule {rule} had asked")


@dataclass(frozen=True, kw_only=True)
class ApprovalRefused(Event):
    """Somebody refused what a rule had asked, and said why."""

    record: Any
    person: Person
    rule: Rule
    comment: str = typed(default="")
    icon = "x"
    sentence = _("{by} refused {record}, as rule {rule} had asked: {comment}")


@dataclass(frozen=True, kw_only=True)
class ApprovalTimedOut(Event):
    """Nobody answered in time what a rule had asked."""

    record: Any
    person: Person
    rule: Rule
    icon = "clock"
    sentence = _("{person} did not answer in time whether {record} is approved")


@dataclass(frozen=True, kw_only=True)
class ApprovalHandedOn(Event):
    """Somebody else is asked, because whoever was asked leaves."""

    record: Any
    person: Person
    before: Person
    rule: Rule | None = None
    icon = "user"
    sentence = _("{person} is asked to approve {record} instead of {before}")
