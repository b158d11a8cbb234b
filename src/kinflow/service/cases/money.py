"""What is checked before a customer gets money: amount, reason, and the currency of what was given before."""

from decimal import Decimal

from django.utils.translation import gettext as _

from kinflow.catalogue.products.rules import CURRENCIES
from kinflow.kit.problem import FieldError, Invalid

from .rules import is_given


def refuse_wrong_money(
    amount: Decimal, reason: str, currency: str, *, before: Decimal, currency_before: str, most: Decimal
) -> None:
    """Raise Invalid, naming the fields, for what is no amount, no reason, or another currency than `before` was in."""
    errors: list[FieldError] = []
    if not reason.strip():
        errors.append(FieldError("/reason", _("Say why the customer gets it.")))
    if not is_given(amount, before, most):
        words = _("Give an amount above 0, with two decimals at most; up to %(most)s for a case.")
        errors.append(FieldError("/amount", words % {"most": f"{most:,}"}))
    if currency not in dict(CURRENCIES):
        errors.append(FieldError("/currency", _("Choose one of the values.")))
    elif before and currency != currency_before:
        words = _("What was given before was in %(currency)s.") % {"currency": currency_before}
        errors.append(FieldError("/currency", words))
    if errors:
        raise Invalid(errors=errors)
