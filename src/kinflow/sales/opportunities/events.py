"""What happens to opportunities."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinflow.customers.accounts.models import Account
from kinflow.eventlog import Event, personal, typed
from kinflow.kit.money import Money, brief
from kinflow.organisation.people.models import Person

from ..pipelines.rules import DEFAULT_STAGES
from .models import Opportunity
from .rules import LOST_REASONS


def _amount(value: Any, told: Mapping[str, Any]) -> str:
    """The amount with its currency, as the reader's language writes it."""
    return brief(Money(Decimal(str(value)), str(told.get("currency") or "CNY")), get_language() or "en")


STAGE_NAMES = {code: label for code, label, _label_zh, _probability in DEFAULT_STAGES}


@dataclass(frozen=True, kw_only=True)
class OpportunityOpened(Event):
    """A possible sale came up."""

    opportunity: Opportunity
    account: Account
    amount: Decimal = Decimal(0)
    currency: str = "CNY"
    topic = "sale"
    icon = "dollar"
    words = {"amount": _amount}
    sentence = _("{by} opened {opportunity} for {account}: {amount}")


@dataclass(frozen=True, kw_only=True)
class OpportunityChanged(Event):
    """Fields of an opportunity got other values."""

    opportunity: Opportunity
    changes: dict[str, list[Any]] = personal(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {opportunity}")


@dataclass(frozen=True, kw_only=True)
class OpportunityAssigned(Event):
    """An opportunity found its person."""

    opportunity: Opportunity
    person: Person | None
    before: Person | None = None
    card: dict[str, Any] = field(default_factory=dict)
    reason: str = typed(default="")
    topic = "assignment"
    icon = "user"
    sentence = _("{by} gave {opportunity} to {person}")


@dataclass(frozen=True, kw_only=True)
class OpportunityMoved(Event):
    """An opportunity went to another stage."""

    opportunity: Opportunity
    from_stage: str
    to_stage: str
    topic = "sale"
    icon = "pipeline"
    words = {"from_stage": STAGE_NAMES, "to_stage": STAGE_NAMES}
    sentence = _("{by} moved {opportunity} from {from_stage} to {to_stage}")


@dataclass(frozen=True, kw_only=True)
class OpportunityWon(Event):
    """The customer bought."""

    opportunity: Opportunity
    account: Account
    amount: Decimal = Decimal(0)
    currency: str = "CNY"
    topic = "sale"
    icon = "star"
    words = {"amount": _amount}
    sentence = _("{by} won {opportunity}: {amount}")


@dataclass(frozen=True, kw_only=True)
class OpportunityDiscounted(Event):
    """The customer is offered another discount, in percent; the amount follows it."""

    opportunity: Opportunity
    account: Account
    before: Decimal
    discount: Decimal
    amount: Decimal
    currency: str
    topic = "sale"
    icon = "dollar"
    words = {"amount": _amount}
    sentence = _("{by} set the discount on {opportunity} to {discount} %: {amount}")


@dataclass(frozen=True, kw_only=True)
class DeliveryPromised(Event):
    """The customer is promised delivery by a day; `before` is what was promised last."""

    opportunity: Opportunity
    account: Account
    on: date
    before: date | None = None
    topic = "sale"
    icon = "calendar"
    sentence = _("{by} promised delivery for {opportunity} by {on}")


@dataclass(frozen=True, kw_only=True)
class OpportunityLost(Event):
    """The customer did not buy, and why."""

    opportunity: Opportunity
    account: Account
    reason: str
    note: str = personal(default="")
    topic = "sale"
    icon = "x"
    words = {"reason": dict(LOST_REASONS)}
    sentence = _("{by} lost {opportunity}: {reason}")


@dataclass(frozen=True, kw_only=True)
class OpportunityReopened(Event):
    """A closed opportunity is open again."""

    opportunity: Opportunity
    topic = "sale"
    icon = "refresh"
    sentence = _("{by} reopened {opportunity}")


@dataclass(frozen=True, kw_only=True)
class OpportunityTakenBack(Event):
    """An opportunity is gone again, since the import that brought it was undone."""

    opportunity: Opportunity
    icon = "undo"
    sentence = _("{by} took back {opportunity}: the import was undone")
