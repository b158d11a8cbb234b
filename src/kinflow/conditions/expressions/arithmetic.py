"""Counting and comparing: numbers, amounts of one currency, days and moments; with what is missing, nothing comes out."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from kinflow.kit.money import Money

from ..context import Context
from .calendar import moved, start
from .refusal import refuse
from .tree import Length
from .values import bounded, day_or_moment, number_of

_DIGITS = 60


def plus(one: Any, other: Any, *, context: Context) -> Any:
    """The sum; a length of time may stand on either side."""
    if one is None or other is None:
        return None
    if isinstance(one, Length) or isinstance(other, Length):
        day, length = (other, one) if isinstance(one, Length) else (one, other)
        return moved(day, length, 1, context)
    return _counted(one, other, lambda a, b: a + b)


def minus(one: Any, other: Any, *, context: Context) -> Any:
    """The difference; between two dates, the number of days."""
    if one is None or other is None:
        return None
    if isinstance(other, Length):
        return moved(one, other, -1, context)
    if isinstance(one, date) and isinstance(other, date | str):
        until = day_or_moment(other)
        if isinstance(one, datetime) or isinstance(until, datetime):
            refuse(_("Points in time cannot be subtracted."), 0, _("Use days_between or hours_between."))
        return Decimal((one - until).days)
    return _counted(one, other, lambda a, b: a - b)


def _counted(one: Any, other: Any, work: Any) -> Any:
    if isinstance(one, Money) or isinstance(other, Money):
        if not (isinstance(one, Money) and isinstance(other, Money)) or one.currency != other.currency:
            refuse(
                _("Amounts of two currencies, or an amount and a number, cannot be put together."),
                0,
                _("Use number(…) where the currency does not matter."),
            )
        return Money(bounded(work(one.amount, other.amount)), one.currency)
    with localcontext(prec=_DIGITS):
        return bounded(work(number_of(one), number_of(other)))


def times(one: Any, other: Any, *, context: Context) -> Any:
    """The product."""
    if one is None or other is None:
        return None
    if isinstance(one, Money) and isinstance(other, Money):
        refuse(_("Two amounts cannot be multiplied."), 0, _("Use number(…) for one of them."))
    amount, factor = (other, one) if isinstance(other, Money) else (one, other)
    with localcontext(prec=_DIGITS):
        if isinstance(amount, Money):
            return Money(bounded(amount.amount * number_of(factor)), amount.currency)
        return bounded(number_of(amount) * number_of(factor))


def over(one: Any, other: Any, *, context: Context) -> Any:
    """The quotient."""
    if one is None or other is None:
        return None
    divisor = other.amount if isinstance(other, Money) else number_of(other)
    if not divisor:
        refuse(_("Nothing can be divided by 0."), 0, _("Ask first: if(x = 0, none, y / x)."))
    with localcontext(prec=_DIGITS):
        if isinstance(other, Money):
            if not isinstance(one, Money) or one.currency != other.currency:
                refuse(_("Amounts of two currencies cannot be put together."), 0, _("Use number(…)."))
            return bounded(one.amount / divisor)
        if isinstance(one, Money):
            return Money(bounded(one.amount / divisor), one.currency)
        return bounded(number_of(one) / divisor)


def negative(value: Any, *, context: Context) -> Any:
    """The value with its sign turned round."""
    if isinstance(value, Length):
        return Length(-value.amount, value.unit)
    return None if value is None else -value if isinstance(value, Money) else -number_of(value)


def as_it_is(value: Any, *, context: Context) -> Any:
    """The value."""
    return value


def size(value: Any, *, context: Context) -> Any:
    """The value without its sign."""
    if isinstance(value, Money):
        return Money(abs(value.amount), value.currency)
    return None if value is None else abs(number_of(value))


def rounded(value: Any, digits: Any = Decimal(0), *, context: Context) -> Any:
    """Halves away from zero, to so many digits after the point (before it, where negative)."""
    if value is None or digits is None:
        return None
    wanted = number_of(digits)
    if wanted != wanted.to_integral_value() or not -20 <= wanted <= 10:
        refuse(_("So many digits cannot be kept."), 0, _("Give a whole number from -20 to 10."))
    step = Decimal(1).scaleb(-int(wanted))
    if isinstance(value, Money):
        return Money(_to(value.amount, step), value.currency)
    return _to(number_of(value), step)


def _to(number: Decimal, step: Decimal) -> Decimal:
    with localcontext(prec=_DIGITS):
        return bounded((number / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def number(value: Any, *, context: Context) -> Any:
    """The number that a text or an amount means."""
    if value is None:
        return None
    return value.amount if isinstance(value, Money) else number_of(value)


def is_missing(value: Any, *, context: Context) -> bool:
    """Whether there is no value."""
    return value is None or value == () or value == ""


def equal(one: Any, other: Any, *, context: Context) -> bool:
    """Whether both are the same; what is missing equals only what is missing."""
    if is_missing(one, context=context) or is_missing(other, context=context):
        return is_missing(one, context=context) and is_missing(other, context=context)
    one, other = _alike(one, other, context)
    return bool(one == other)


def unequal(one: Any, other: Any, *, context: Context) -> bool:
    """Whether both are not the same."""
    return not equal(one, other, context=context)


def below(one: Any, other: Any, *, context: Context) -> bool:
    """Whether one is less; with what is missing, no comparison holds."""
    return _ordered(one, other, context) == -1


def up_to(one: Any, other: Any, *, context: Context) -> bool:
    """Whether one is not more."""
    return _ordered(one, other, context) in (-1, 0)


def above(one: Any, other: Any, *, context: Context) -> bool:
    """Whether one is more."""
    return _ordered(one, other, context) == 1


def from_(one: Any, other: Any, *, context: Context) -> bool:
    """Whether one is not less."""
    return _ordered(one, other, context) in (0, 1)


def least(*values: Any, context: Context) -> Any:
    """The least of the values that are there."""
    return _chosen(values, context, -1)


def most(*values: Any, context: Context) -> Any:
    """The largest of the values that are there."""
    return _chosen(values, context, 1)


def _chosen(values: tuple[Any, ...], context: Context, sign: int) -> Any:
    found = None
    for value in values:
        if value is not None and (found is None or _ordered(value, found, context) == sign):
            found = value
    return found


def _ordered(one: Any, other: Any, context: Context) -> int | None:
    if one is None or other is None:
        return None
    one, other = _alike(one, other, context)
    if type(one) is not type(other) or not isinstance(one, str | Decimal | date):
        refuse(_("These two cannot be compared."), 0, _("Compare values of one sort with each other."))
    first: Any = one
    return int(first > other) - int(first < other)


def _alike(one: Any, other: Any, context: Context) -> tuple[Any, Any]:
    """Both values in one sort: texts of events as what they are compared with, days as their first instants."""
    if isinstance(one, Money) and isinstance(other, Money):
        if one.currency != other.currency:
            refuse(_("Amounts of two currencies cannot be compared."), 0, _("Use number(…)."))
        return one.amount, other.amount
    if isinstance(one, Money) or isinstance(other, Money):
        return number(one, context=context), number(other, context=context)
    if isinstance(one, Model) or isinstance(other, Model):
        return _key(one), _key(other)
    if isinstance(one, date) or isinstance(other, date):
        one, other = day_or_moment(one), day_or_moment(other)
        if isinstance(one, datetime) or isinstance(other, datetime):
            return start(one, context), start(other, context)
        return one, other
    if isinstance(one, str) != isinstance(other, str) and Decimal in (type(one), type(other)):
        return number_of(one), number_of(other)
    return one, other


def _key(value: Any) -> Any:
    return Decimal(value.pk) if isinstance(value, Model) else value
