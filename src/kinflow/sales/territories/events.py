"""What happens to the rules of territories, to plans, and to accounts because of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.customers.models import Account
from kinflow.eventlog import Event
from kinflow.organisation.models import Territory

from .asking import territories
from .models import TerritoryPlan


@dataclass(frozen=True, kw_only=True)
class TerritoryRuleChanged(Event):
    """A territory claims other accounts than before; the rules before and after are its data."""

    territory: Territory
    before: dict[str, Any]
    after: dict[str, Any]
    icon = "map"
    sentence = _("{by} changed the rule of the territory {territory}")


def _name(number: Any, _told: Mapping[str, Any]) -> str:
    return str(dict(territories).get(number, number))


@dataclass(frozen=True, kw_only=True)
class AccountPlaced(Event):
    """An account belongs to a territory; territories are told by number, since their history is not their accounts'."""

    account: Account
    territory: int
    before: int | None = None
    topic = "assignment"
    icon = "map"
    words = {"territory": _name, "before": _name}
    sentence = _("{account} belongs to the territory {territory} now")


@dataclass(frozen=True, kw_only=True)
class AccountUnplaced(Event):
    """No territory claims an account any more."""

    account: Account
    before: int
    topic = "assignment"
    icon = "map"
    words = {"before": _name}
    sentence = _("{account} belongs to no territory any more, before to {before}")


@dataclass(frozen=True, kw_only=True)
class TerritoriesWorkedOut(Event):
    """The territories of all accounts were worked out at once; where very many moved, none of them has an event."""

    accounts: int
    moved: int
    without: int
    undecided: int
    icon = "map"
    sentence = _(
        "The territories of {accounts} accounts were worked out: {moved} moved, {without} without one"
    )


@dataclass(frozen=True, kw_only=True)
class TerritoryPlanProposed(Event):
    """Somebody asked what a change of territories would move."""

    territoryplan: TerritoryPlan
    planned: tuple[Territory, ...]
    moved: int
    icon = "map"
    sentence = _("{by} planned {territoryplan} for {planned}: {moved} accounts would move")


@dataclass(frozen=True, kw_only=True)
class TerritoryPlanApplied(Event):
    """A plan became the rules of its territories."""

    territoryplan: TerritoryPlan
    moved: int
    icon = "check"
    sentence = _("{by} applied {territoryplan}: {moved} accounts moved")


@dataclass(frozen=True, kw_only=True)
class TerritoryPlanUndone(Event):
    """The rules that a plan changed are as they were before."""

    territoryplan: TerritoryPlan
    moved: int
    icon = "undo"
    sentence = _("{by} took {territoryplan} back: {moved} accounts moved")
