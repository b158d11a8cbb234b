"""Policies for tests, and whom they rule."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kinflow.automation.authority.actions import add_policy, first_content, switch_policy
from kinflow.automation.authority.models import Policy
from kinflow.customers.accounts.actions import add_account
from kinflow.eventlog import SYSTEM, Actor
from kinflow.organisation.models import Person
from kinflow.sales.models import Opportunity
from kinflow.sales.opportunities.actions import discount_opportunity, open_opportunity

from . import given


def policy(matter: str = "discount", limit: str = "5", content: Any = None) -> Policy:
    """The policy of a matter, in force: up to the limit alone, above it whom they report to."""
    made = add_policy(
        matter=matter, name=f"Limit of {matter}", content=content or first_content(matter, limit), by=SYSTEM
    )
    return switch_policy(policy=made, is_active=True, by=SYSTEM)


@dataclass(frozen=True)
class Cast:
    """A representative with a sale, who reports to a lead, who reports to a head."""

    rep: Person
    lead: Person
    head: Person
    sale: Opportunity

    @property
    def by(self) -> Actor:
        """The representative as who acts."""
        return given.actor(self.rep)

    @property
    def leader(self) -> Actor:
        """The lead as who acts."""
        return given.actor(self.lead)


def cast() -> Cast:
    """Them."""
    east = given.unit()
    head = given.person("何", east, roles=("team_lead",))
    lead = given.person("林", east, roles=("team_lead",), reports_to=head)
    rep = given.person("孙", east, reports_to=lead)
    account = add_account(name="Haitian", by=SYSTEM)
    sale = open_opportunity(name="Pumps", account=account, amount=Decimal(1000), owner=rep, by=SYSTEM)
    return Cast(rep, lead, head, sale)


def discount(us: Cast, percent: str, by: Actor | None = None) -> Any:
    """Their sale is to be cheaper."""
    return discount_opportunity(opportunity=us.sale, discount=Decimal(percent), by=by or us.by)


def now_given(us: Cast) -> Decimal:
    """The discount that the sale has now."""
    us.sale.refresh_from_db()
    return us.sale.discount
