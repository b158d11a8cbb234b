"""Money that customers get out of goodwill: people decide it, and a policy of the company may rule who does alone."""

from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.rules import CURRENCIES
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import Ask
from kinflow.records.matters import Asked, Fact, Matter, ask_first, register_matter

from .events import GoodwillGiven
from .models import Case
from .rules import is_goodwill

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
    _refuse_wrong(case, amount, reason, currency)
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


def _refuse_wrong(case: Case, amount: Decimal, reason: str, currency: str) -> None:
    errors: list[FieldError] = []
    if not reason.strip():
        errors.append(FieldError("/reason", _("Say why the customer gets it.")))
    if not is_goodwill(amount, case.goodwill):
        words = _("Give an amount above 0, with two decimals at most; up to 1,000,000 for a case.")
        errors.append(FieldError("/amount", words))
    if currency not in dict(CURRENCIES):
        errors.append(FieldError("/currency", _("Choose one of the values.")))
    elif case.goodwill and currency != case.goodwill_currency:
        words = _("What was given before was in %(currency)s.") % {"currency": case.goodwill_currency}
        errors.append(FieldError("/currency", words))
    if errors:
        raise Invalid(errors=errors)
