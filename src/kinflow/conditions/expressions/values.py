"""Values while an expression is worked out: taken in, kept within bounds, told apart."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Manager, Model
from django.utils.translation import gettext as _

from kinflow.kit.money import Money

from ..limits import YEARS
from . import limits
from .refusal import ExpressionError, refuse
from .tree import Length

_STEP = Decimal(1).scaleb(-limits.MAX_DECIMALS)


def taken(value: Any) -> Any:
    """A value from a record or an event as expressions have it; an empty text is missing. Raises ExpressionError."""
    match value:
        case None | "":
            return None
        case bool() | date() | Model() | Length():
            return value
        case int() | Decimal():
            return bounded(Decimal(value))
        case float():
            return bounded(Decimal(str(value)))
        case Money():
            return Money(bounded(value.amount), value.currency)
        case list() | tuple():
            return tuple(str(each)[: limits.MAX_TEXT] for each in value[:500])
        case Mapping() | Manager():
            refuse(_("This is no single value."), 0, _("Name a part of it."))
    return short(str(value))


def bounded(number: Decimal) -> Decimal:
    """The number, if it is not too large; ten digits after the point at most."""
    try:
        if number.is_finite() and abs(number) < limits.MAX_NUMBER:
            exponent = number.as_tuple().exponent
            fine = isinstance(exponent, int) and exponent < -limits.MAX_DECIMALS
            return number.quantize(_STEP) if fine else number
    except InvalidOperation:
        pass
    raise ExpressionError(
        _("The result is too large."), 0, _("Numbers have at most 20 digits before the point.")
    )


def short(text: str) -> str:
    """The text, if it is not too long."""
    if len(text) > limits.MAX_TEXT:
        most = {"most": limits.MAX_TEXT}
        refuse(
            _("The text is too long."), 0, _("At most %(most)d characters; shorten it with left(…).") % most
        )
    return text


def in_years(day: Any) -> Any:
    """The day or moment, if it lies in the years that dates may lie in."""
    if not YEARS[0] <= day.year <= YEARS[1]:
        refuse(_("This lies too far away."), 0, _("Dates lie between the years 1000 and 2999."))
    return day


def day_or_moment(value: Any) -> date:
    """A date or a moment; of an event's data also as text. Raises ExpressionError."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) <= 40:
        try:
            found = date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return in_years(found)  # type: ignore[no-any-return]
    raise ExpressionError(_("This is no date."), 0, _("Write days as 2026-03-01."))


def number_of(value: Any) -> Decimal:
    """A number; of an event's data also as text. Raises ExpressionError."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and len(value) <= 40:
        try:
            return bounded(Decimal(value.strip().replace(",", "")))
        except InvalidOperation:
            pass
    raise ExpressionError(_("This is no number."), 0, _("Give digits, with a point before decimals."))
