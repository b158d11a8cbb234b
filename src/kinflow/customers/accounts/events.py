"""What happens to accounts."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, personal, typed
from kinflow.organisation.people.models import Person

from .models import Account
from .rules import LIFE_STAGES


@dataclass(frozen=True, kw_only=True)
class AccountAdded(Event):
    """An organisation became known to us."""

    account: Account
    life_stage: str
    source: str = ""
    icon = "building"
    words = {"life_stage": dict(LIFE_STAGES)}
    sentence = _("{by} added account {account} ({life_stage})")


@dataclass(frozen=True, kw_only=True)
class AccountChanged(Event):
    """Fields of an account got other values."""

    account: Account
    changes: dict[str, list[Any]] = personal(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {account}")


@dataclass(frozen=True, kw_only=True)
class AccountStageChanged(Event):
    """An account entered another stage of its life with us; `customer_since` is noted where it became a customer."""

    account: Account
    from_stage: str
    to_stage: str
    customer_since: str = ""
    topic = "sale"
    icon = "refresh"
    words = {"from_stage": dict(LIFE_STAGES), "to_stage": dict(LIFE_STAGES)}
    sentence = _("{by} moved {account} from {from_stage} to {to_stage}")


@dataclass(frozen=True, kw_only=True)
class AccountAssigned(Event):
    """An account found its person."""

    account: Account
    person: Person | None
    before: Person | None = None
    card: dict[str, Any] = field(default_factory=dict)
    reason: str = typed(default="")
    topic = "assignment"
    icon = "user"
    sentence = _("{by} gave {account} to {person}")


@dataclass(frozen=True, kw_only=True)
class AccountTakenBack(Event):
    """An account is gone again, since the import that brought it was undone."""

    account: Account
    icon = "undo"
    sentence = _("{by} took back {account}: the import was undone")
