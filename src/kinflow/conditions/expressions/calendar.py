"""Days, moments and lengths of time, on the calendar of whoever asks."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..context import Context
from ..dates import day_after, moment_after, start_of
from ..limits import MAX_AMOUNTS
from ..tree import Duration, Unit
from .refusal import refuse
from .tree import Length
from .values import day_or_moment, in_years, number_of

WORKING = "working_days"
MAX_WORKING = 2_600
"""Working days that can be counted: ten years of them."""

_WEEKEND = 5
IsWorking = Callable[[date], bool]


def _is_weekday(day: date) -> bool:
    return day.weekday() < _WEEKEND


_calendars: list[IsWorking] = []


def count_working_days_by(is_working: IsWorking) -> None:
    """Say which days are working days; without it they are Monday to Friday."""
    _calendars[:] = [is_working]


def length(amount: Any, unit: str) -> Length | None:
    """So many of the unit. Raises ExpressionError where it is no whole number or too many."""
    if amount is None:
        return None
    number = number_of(amount)
    most = MAX_WORKING if unit == WORKING else MAX_AMOUNTS[unit]
    if number != number.to_integral_value() or abs(number) > most:
        refuse(
            _("This is no length of time."), 0, _("Give a whole number, at most %(most)d.") % {"most": most}
        )
    return Length(int(number), unit)


def moved(day: Any, by: Length, sign: int, context: Context) -> date:
    """The day or moment so much later (sign 1) or earlier (sign -1). Raises ExpressionError."""
    day = day_or_moment(day)
    amount = by.amount * sign
    try:
        if by.unit == WORKING:
            return _worked(day, amount, context)
        duration = Duration(abs(amount), Unit(by.unit))
        if isinstance(day, datetime):
            return in_years(moment_after(start(day, context), duration, _sign(amount), context.zone))  # type: ignore[no-any-return]
        if duration.unit in (Unit.HOURS, Unit.MINUTES):
            refuse(_("A date has no hours."), 0, _("Count from now, or use days(…)."))
        return in_years(day_after(day, duration, _sign(amount)))  # type: ignore[no-any-return]
    except (OverflowError, ValueError):
        refuse(_("This lies too far away."), 0, _("Dates lie between the years 1000 and 2999."))


def _sign(amount: int) -> int:
    return -1 if amount < 0 else 1


def _worked(day: date, amount: int, context: Context) -> date:
    """So many working days on or back; a moment keeps its time on the clock."""
    is_working = _calendars[0] if _calendars else _is_weekday
    one, left, looked = timedelta(days=_sign(amount)), abs(amount), 0
    moving = day.astimezone(context.zone).replace(tzinfo=None) if isinstance(day, datetime) else day
    while left:
        moving, looked = moving + one, looked + 1
        left -= is_working(moving.date() if isinstance(moving, datetime) else moving)
        if looked > 10 * MAX_WORKING:
            refuse(_("The calendar has no working days."), 0, _("Count with days(…)."))
    return moving.replace(tzinfo=context.zone) if isinstance(moving, datetime) else moving


def start(day: date, context: Context) -> datetime:
    """A moment as it is, in the zone where it names none; of a day its first instant."""
    if isinstance(day, datetime):
        return day if day.tzinfo else day.replace(tzinfo=context.zone)
    return start_of(day, context.zone)


def local(day: Any, context: Context) -> date:
    """The day on which something is, in the zone."""
    found = day_or_moment(day)
    return start(found, context).astimezone(context.zone).date() if isinstance(found, datetime) else found


def date_of(value: Any, *, context: Context) -> date | None:
    """The day of a moment, or that a text means."""
    return None if value is None else local(value, context)


def year(value: Any, *, context: Context) -> Decimal | None:
    """The year of a day."""
    return None if value is None else Decimal(local(value, context).year)


def month(value: Any, *, context: Context) -> Decimal | None:
    """The month of a day, from 1 to 12."""
    return None if value is None else Decimal(local(value, context).month)


def day(value: Any, *, context: Context) -> Decimal | None:
    """The day of the month."""
    return None if value is None else Decimal(local(value, context).day)


def weekday(value: Any, *, context: Context) -> Decimal | None:
    """The day of the week: 1 is Monday, 7 is Sunday."""
    return None if value is None else Decimal(local(value, context).isoweekday())


def start_of_month(value: Any, *, context: Context) -> date | None:
    """The first day of the month."""
    return None if value is None else local(value, context).replace(day=1)


def end_of_month(value: Any, *, context: Context) -> date | None:
    """The last day of the month."""
    if value is None:
        return None
    found = local(value, context)
    return found.replace(day=monthrange(found.year, found.month)[1])


def days_between(first: Any, last: Any, *, context: Context) -> Decimal | None:
    """How many days lie from the first to the last; negative where the last is earlier."""
    if first is None or last is None:
        return None
    return Decimal((local(last, context) - local(first, context)).days)


def hours_between(first: Any, last: Any, *, context: Context) -> Decimal | None:
    """How many hours passed from the first moment to the last."""
    if first is None or last is None:
        return None
    passed = start(day_or_moment(last), context) - start(day_or_moment(first), context)
    return Decimal(passed // timedelta(microseconds=1)) / 3_600_000_000
