"""Money that customers get back of what they paid: a policy of the company may rule who gives it alone."""

from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.rules import CURRENCIES
from kinflow.eventlog import Actor, action, hold, record
from kinflow.records.access import permit
from kinflow.records.faces import Ask
from kinflow.records.matters import Asked, Fact, Matter, ask_first, register_matter

from .events import CaseRefunded
from .models import Case
from .money import refuse_wrong_money
from .rules import MOST_REFUNDED

REFUND = register_matter(
    Matter(
        "refund",
        "case",
        "refund",
        gettext_lazy("Refund"),
        (
            Fact("amount", gettext_lazy("Refunded now"), "number"),
            Fact("total", gettext_lazy("Refunded in all"), "number"),
            Fact("currency", gettext_lazy("Currency"), "text"),
        ),
    )
)


@action
def refund_case(
    *,
    case: Case,
    amount: Annotated[Decimal, Ask(gettext_lazy("Amount"))],
    reason: Annotated[str, Ask(gettext_lazy("Reason"))],
    currency: Annotated[str, Ask(gettext_lazy("Currency"), choices=CURRENCIES)] = "CNY",
    by: Actor,
) -> Case | Asked:
    """Pay the customer back an amount of what they paid; further amounts add up.

    Where the company's policy lets somebody else decide it, they are asked instead; nothing changes before they answer.
    Raises Invalid for what is no amount, no reason, or another currency than what was given before.
    """
    case = hold(case)
    permit(by, case)
    refuse_wrong_money(
        amount, reason, currency,
        before=case.refund, currency_before=case.refund_currency, most=MOST_REFUNDED,
    )  # fmt: skip
    total, reason = case.refund + amount, reason.strip()
    facts = {"amount": amount, "total": total, "currency": currency}
    given = {"amount": amount, "reason": reason, "currency": currency}
    if asked := ask_first(REFUND, case, given=given, facts=facts, by=by):
        return asked
    case.refund, case.refund_currency = total, currency
    case.save()
    record(
        CaseRefunded(
            case=case, account=case.account, amount=amount, total=total, currency=currency, reason=reason
        )
    )
    return case
