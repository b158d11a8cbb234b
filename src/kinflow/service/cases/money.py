"""Money that customers get for a case, which a policy of the company may rule: checked, asked about, added up."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.catalogue.products.rules import CURRENCIES
from kinflow.eventlog import Actor, Event, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import Label
from kinflow.records.matters import Asked, Fact, Matter, ask_first, register_matter

from .models import Case
from .rules import is_given


@dataclass(frozen=True)
class Giving:
    """Money of one kind: what is decided, at most how much for a case in all, and the event that tells it.

    The case keeps the total in the column with the matter's name, the currency beside it in `NAME_currency`.
    """

    matter: Matter
    most: Decimal
    event: Callable[..., Event]


def giving(name: str, label: Label, now: Label, total: Label, most: Decimal, event: type[Event]) -> Giving:
    """Money of this kind, its matter made known to policies; the verb has the matter's name."""
    facts = (
        Fact("amount", now, "number"),
        Fact("total", total, "number"),
        Fact("currency", gettext_lazy("Currency"), "text"),
    )
    matter = Matter(name, "case", name, label, facts, counted="total", currency="currency")
    return Giving(register_matter(matter), most, event)


def give(kind: Giving, case: Case, amount: Decimal, reason: str, currency: str, by: Actor) -> Case | Asked:
    """Give it, within the action of that kind; or what was asked, where somebody else decides.

    Raises Invalid for what is no amount, no reason, or another currency than what was given before.
    """
    case = hold(case)
    permit(by, case)
    column = kind.matter.name
    before: Decimal = getattr(case, column)
    _refuse_wrong(kind, amount, reason, currency, before, getattr(case, f"{column}_currency"))
    total = before + amount
    given: dict[str, Any] = {"amount": amount, "reason": reason.strip(), "currency": currency}
    facts = {"amount": amount, "total": total, "currency": currency}
    if asked := ask_first(kind.matter, case, given=given, facts=facts, by=by):
        return asked
    setattr(case, column, total)
    setattr(case, f"{column}_currency", currency)
    case.save()
    record(kind.event(case=case, account=case.account, total=total, **given))
    return case


def _refuse_wrong(
    kind: Giving, amount: Decimal, reason: str, currency: str, before: Decimal, currency_before: str
) -> None:
    errors: list[FieldError] = []
    if not reason.strip():
        errors.append(FieldError("/reason", _("Say why the customer gets it.")))
    if not is_given(amount, before, kind.most):
        words = _("Give an amount above 0, with two decimals at most; up to %(most)s for a case.")
        errors.append(FieldError("/amount", words % {"most": f"{kind.most:,}"}))
    if currency not in dict(CURRENCIES):
        errors.append(FieldError("/currency", _("Choose one of the values.")))
    elif before and currency != currency_before:
        words = _("What was given before was in %(currency)s.") % {"currency": currency_before}
        errors.append(FieldError("/currency", words))
    if errors:
        raise Invalid(errors=errors)
