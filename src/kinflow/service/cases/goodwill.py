"""Money that customers get out of goodwill: people decide it, and a policy of the company may rule who does alone."""

from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.rules import CURRENCIES
from kinflow.eventlog import Actor, action, hold, record
from kinflow.records.access import permit
from kinflow.records.faces import Ask
from kinflow.records.matters import Asked, Fact, Matter, ask_first, register_matter

from .events import GoodwillGiven
from .models import Case
from .money import refuse_wrong_money
from .rules import MOST_GOODWILL

GOODWILL = register_matter(
    Matter(
        "goodwill",
        "case",
        "goodwill",
        gettext_lazy("Goodwill"),
        (
            Fact("amount", gettext_lazy("Goodwill given now"), "number"),
            Fact("total", gettext_lazy("Goodwill in all"), "number"),
            Fact("currency", gettext_lazy("Currency"), "text"),
        ),
    )
)


@action
def give_goodwill(
    *,
    case: Case,
    amount: Annotated[Decimal, Ask(gettext_lazy("Amount"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))],
    currency: Annotated[str, Ask(gettext_lazy("Currency"), choices=CURRENCIES)] = "CNY",
    by: Actor,
) -> Case | Asked:
    """Give the customer an amount of money out of goodwill; further amounts add up.

    Where the company's policy lets somebody else decide it, they are asked instead; nothing changes before they answer.
    Raises Invalid for what is no amount, no reason, or another currency than what was given before.
    """
    case = hold(case)
    permit(by, case)
    refuse_wrong_money(
        amount, reason, currency,
        before=case.goodwill, currency_before=case.goodwill_currency, most=MOST_GOODWILL,
    )  # fmt: skip
    total, reason = case.goodwill + amount, reason.strip()
    facts = {"amount": amount, "total": total, "currency": currency}
    given = {"amount": amount, "reason": reason, "currency": currency}
    if asked := ask_first(GOODWILL, case, given=given, facts=facts, by=by):
        return asked
    case.goodwill, case.goodwill_currency = total, currency
    case.save()
    record(
        GoodwillGiven(
            case=case, account=case.account, amount=amount, total=total, currency=currency, reason=reason
        )
    )
    return case
