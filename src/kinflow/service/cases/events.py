"""What happens to cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinflow.customers.accounts.models import Account
from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import Event, personal, typed
from kinflow.kit.money import Money, brief
from kinflow.organisation.people.models import Person

from .models import Case
from .rules import KINDS, PRIORITIES


def _amount(value: Any, told: Mapping[str, Any]) -> str:
    """The amount with its currency, as the reader's language writes it."""
    return brief(Money(Decimal(str(value)), str(told.get("currency") or "CNY")), get_language() or "en")


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """A customer needs something."""

    case: Case
    kind: str
    priority: str
    contact: Contact | None = None
    account: Account | None = None
    channel: str = ""
    topic = "service"
    icon = "headset"
    words = {"kind": dict(KINDS), "priority": dict(PRIORITIES)}
    sentence = _("{by} opened case {case} ({kind}, {priority})")


@dataclass(frozen=True, kw_only=True)
class CaseChanged(Event):
    """Fields of a case got other values."""

    case: Case
    changes: dict[str, list[Any]] = personal(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {case}")


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(Event):
    """A case found its person."""

    case: Case
    person: Person | None
    before: Person | None = None
    card: dict[str, Any] = field(default_factory=dict)
    reason: str = typed(default="")
    topic = "assignment"
    icon = "user"
    sentence = _("{by} gave {case} to {person}")


@dataclass(frozen=True, kw_only=True)
class CaseAnswered(Event):
    """The customer got an answer."""

    case: Case
    contact: Contact | None = None
    text: str = personal(default="")
    is_first: bool = False
    topic = "service"
    icon = "reply"
    sentence = _("{by} answered in {case}")


@dataclass(frozen=True, kw_only=True)
class CaseWaitingBegan(Event):
    """It is the customer's turn."""

    case: Case
    contact: Contact | None = None
    question: str = personal(default="")
    topic = "service"
    icon = "clock"
    sentence = _("{by} waits for the customer in {case}")


@dataclass(frozen=True, kw_only=True)
class CaseResumed(Event):
    """It is our turn again."""

    case: Case
    topic = "service"
    icon = "play"
    sentence = _("{by} took up work on {case}")


@dataclass(frozen=True, kw_only=True)
class CaseSolved(Event):
    """What was asked for is done."""

    case: Case
    contact: Contact | None = None
    solution: str = personal(default="")
    is_late: bool = False
    topic = "service"
    icon = "check"
    sentence = _("{by} solved {case}")


@dataclass(frozen=True, kw_only=True)
class GoodwillGiven(Event):
    """The customer gets an amount of money out of goodwill; `total` is all that was given for the case."""

    case: Case
    account: Account | None
    amount: Decimal
    total: Decimal
    currency: str
    reason: str = personal(default="")
    topic = "service"
    icon = "dollar"
    words = {"amount": _amount}
    sentence = _("{by} gave {amount} of goodwill on {case}: {reason}")


@dataclass(frozen=True, kw_only=True)
class CaseRefunded(Event):
    """The customer gets an amount back of what they paid; `total` is all that was refunded for the case."""

    case: Case
    account: Account | None
    amount: Decimal
    total: Decimal
    currency: str
    reason: str = personal(default="")
    topic = "service"
    icon = "undo"
    words = {"amount": _amount}
    sentence = _("{by} refunded {amount} on {case}: {reason}")


@dataclass(frozen=True, kw_only=True)
class CaseRated(Event):
    """The customer said how content they are with what was done: from 1, not at all, to 5, fully."""

    case: Case
    rating: int
    contact: Contact | None = None
    before: int | None = None
    comment: str = personal(default="")
    topic = "service"
    icon = "star"
    sentence = _("{case} was rated {rating} of 5 by the customer")


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Event):
    """Nothing more is to come."""

    case: Case
    topic = "service"
    icon = "archive"
    sentence = _("{by} closed {case}")


@dataclass(frozen=True, kw_only=True)
class CaseReopened(Event):
    """A case that was done is not."""

    case: Case
    reason: str = personal(default="")
    times: int = 1
    topic = "service"
    icon = "refresh"
    sentence = _("{by} reopened {case}")


@dataclass(frozen=True, kw_only=True)
class CaseTakenBack(Event):
    """A case is gone again, since the import that brought it was undone."""

    case: Case
    icon = "undo"
    sentence = _("{by} took back {case}: the import was undone")
