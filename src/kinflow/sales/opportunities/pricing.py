"""Another amount or currency than before: a lower amount is a discount, whichever way it comes, and policies rule it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError
from kinflow.records.matters import BeyondAuthority, decides_alone

from .deciding import DISCOUNT
from .models import Opportunity
from .rules import MOST_DISCOUNT, discount_to, price_of


def follow_amount(opportunity: Opportunity, before: Opportunity, *, by: Actor) -> None:
    """Let the discount follow an opportunity's new amount; `before` is the opportunity as it was, of which policies ask.

    The price that it is measured against is the amount without the discount that was given. Where a policy rules
    discounts, a lower amount is one, and the price stays; another currency is one that nobody can measure. A higher
    amount takes the discount back, and above the price it is the price. Raises BeyondAuthority, naming the field.
    """
    if before.amount <= 0:
        return  # what had no amount had no price
    price = price_of(before.amount, before.discount)
    if opportunity.currency != before.currency:
        _ask(before, "currency", {"discount": None, "before": before.discount, "less": None}, by)
    elif opportunity.amount > before.amount:
        opportunity.discount = discount_to(opportunity.amount, price)
    elif opportunity.amount < before.amount:
        discount = discount_to(opportunity.amount, price)
        less = before.amount - opportunity.amount
        if _ask(before, "amount", {"discount": discount, "before": before.discount, "less": less}, by):
            opportunity.discount = min(discount, MOST_DISCOUNT)


def _ask(before: Opportunity, field: str, facts: dict[str, Decimal | None], by: Actor) -> bool:
    """Whether a policy lets who acts decide this alone; False where none rules it. Raises BeyondAuthority."""
    found = decides_alone(DISCOUNT, before, facts=facts, by=by)
    if found is not False:
        return bool(found)
    words = (
        _("Another currency is another price, and more than may be decided alone.")
        if field == "currency"
        else _("That is %(discount)s %% below the price: more than may be decided alone.")
        % {"discount": facts["discount"]}
    )
    raise BeyondAuthority(errors=[FieldError(f"/{field}", words)], remedy=_remedy(before, field, by))


def _remedy(opportunity: Opportunity, field: str, by: Actor) -> str:
    if by.kind != "person":
        return _("Whoever it acts for may not decide this alone: let somebody do it who may.")
    if field == "currency":
        return _("Let whoever decides about discounts change it.")
    if opportunity.outcome == "open":
        return _("Use “Give a discount”: whoever decides is asked then.")
    return _("Reopen it and use “Give a discount”: whoever decides is asked then.")
