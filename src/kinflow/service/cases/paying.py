"""Money that customers get out of goodwill, and what they get back of what they paid; each is ruled by its own policy."""

from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from kinflow.catalogue.products.rules import CURRENCIES
from kinflow.eventlog import Actor, action
from kinflow.records.faces import Ask
from kinflow.records.matters import Asked

from .events import CaseRefunded, GoodwillGiven
from .models import Case
from .money import give, giving
from .rules import MOST_GOODWILL, MOST_REFUNDED

Amount = Annotated[Decimal, Ask(_("Amount"))]
Reason = Annotated[str, Ask(_("Reason"))]
Currency = Annotated[str, Ask(_("Currency"), choices=CURRENCIES)]
GOODWILL = giving(
    "goodwill", _("Goodwill"), _("Goodwill given now"), _("Goodwill in all"), MOST_GOODWILL, GoodwillGiven
)
REFUND = giving("refund", _("Refund"), _("Refunded now"), _("Refunded in all"), MOST_REFUNDED, CaseRefunded)


@action
def give_goodwill(
    *, case: Case, amount: Amount, reason: Reason, currency: Currency = "CNY", by: Actor
) -> Case | Asked:
    """Give the customer an amount of money out of goodwill; further amounts add up.

    Where the company's policy lets somebody else decide it, they are asked instead; nothing changes before they answer.
    Raises Invalid for what is no amount, no reason, or another currency than what was given before.
    """
    return give(GOODWILL, case, amount, reason, currency, by)


@action
def refund_case(
    *, case: Case, amount: Amount, reason: Reason, currency: Currency = "CNY", by: Actor
) -> Case | Asked:
    """Pay the customer back an amount of what they paid; further amounts add up.

    Where the company's policy lets somebody else decide it, they are asked instead; nothing changes before they answer.
    Raises Invalid for what is no amount, no reason, or another currency than what was given before.
    """
    return give(REFUND, case, amount, reason, currency, by)
