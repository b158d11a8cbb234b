"""What a test comes down to once it is known who asks and when: few comparisons that SQL and memory share.

Both sides translate these and nothing else, so what is decided here (time zones, relative dates, "me", which
end of a span belongs to it) cannot differ between them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from .context import Context
from .dates import day_after, moment_after, period_around, start_of
from .fields import LISTS, Kind
from .operators import OPPOSITES, Op
from .tree import Duration, Me, MyUnit, Period, Test, Today
from .yearly import days_of_years


@dataclass(frozen=True)
class OneOf:
    """The value is one of these; of none, where there are none."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Between:
    """The value lies between two ends (None: open); each end belongs to it or not."""

    low: Any = None
    high: Any = None
    low_in: bool = True
    high_in: bool = True


@dataclass(frozen=True)
class Like:
    """The text has the part somewhere, at its start or at its end; upper and lower case are the same."""

    part: str
    at_start: bool = False
    at_end: bool = False


@dataclass(frozen=True)
class Missing:
    """There is no value: NULL, an empty text, a list without values, or no record on the way."""


@dataclass(frozen=True)
class Shares:
    """The list has at least one of these values."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Covers:
    """The list has all of these values."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class OnDays:
    """The value falls on one of these days of any year ("03-06"), and lies before a day, where one is given."""

    days: tuple[str, ...]
    before: date | None = None


Matcher: TypeAlias = OneOf | Between | Like | Missing | Shares | Covers | OnDays


def matcher_of(test: Test, context: Context) -> tuple[Matcher, bool]:
    """What is compared, and whether the opposite is asked: `is_not` is exactly "not is"."""
    op = OPPOSITES.get(test.op, test.op)
    return _MATCHERS[op](test.value, test.field.kind, context), op is not test.op


def _one_of(value: Any, kind: Kind, context: Context) -> Matcher:
    values = value if isinstance(value, tuple) else (value,)
    if kind in LISTS:
        return Shares(values)
    return OneOf(tuple(v for item in values for v in _meant(item, context)))


def _meant(value: Any, context: Context) -> tuple[Any, ...]:
    """The values that a constant stands for."""
    match value:
        case Me():
            return () if context.person_id is None else (context.person_id,)
        case MyUnit():
            return tuple(context.unit_ids)
        case _:
            return (value,)


@dataclass(frozen=True)
class _Ends:
    """The first value of a point or day, and its last one (or the first behind it, if not `last_in`)."""

    first: Any
    last: Any
    last_in: bool = True


def _ends(value: Any, kind: Kind, context: Context) -> _Ends:
    """A constant as a span: a day among moments is as long as it is in the zone; all else is a point."""
    if isinstance(value, Today):
        value = context.today + timedelta(days=value.offset)
    if kind is not Kind.MOMENT:
        return _Ends(value, value)
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=context.zone)
        return _Ends(aware, aware)
    return _days(value, value + timedelta(days=1), kind, context)


def _days(first: date, behind: date, kind: Kind, context: Context) -> _Ends:
    """The span from the first day up to the day behind the last."""
    if kind is Kind.MOMENT:
        return _Ends(start_of(first, context.zone), start_of(behind, context.zone), last_in=False)
    return _Ends(first, behind, last_in=False)


def _on(value: Any, kind: Kind, context: Context) -> Matcher:
    ends = _ends(value, kind, context)
    return Between(ends.first, ends.last, high_in=ends.last_in)


def _below(value: Any, kind: Kind, context: Context) -> Matcher:
    return Between(high=_ends(value, kind, context).first, high_in=False)


def _up_to(value: Any, kind: Kind, context: Context) -> Matcher:
    ends = _ends(value, kind, context)
    return Between(high=ends.last, high_in=ends.last_in)


def _from(value: Any, kind: Kind, context: Context) -> Matcher:
    return Between(low=_ends(value, kind, context).first)


def _above(value: Any, kind: Kind, context: Context) -> Matcher:
    ends = _ends(value, kind, context)
    return Between(low=ends.last, low_in=not ends.last_in)


def _between(value: Any, kind: Kind, context: Context) -> Matcher:
    last = _ends(value[1], kind, context)
    return Between(_ends(value[0], kind, context).first, last.last, high_in=last.last_in)


def _away(duration: Duration, sign: int, kind: Kind, context: Context) -> Any:
    """The day or the moment so long before (sign -1) or after now."""
    if kind is Kind.MOMENT:
        return moment_after(context.now, duration, sign, context.zone)
    return day_after(context.today, duration, sign)


def _now(kind: Kind, context: Context) -> Any:
    return context.now if kind is Kind.MOMENT else context.today


def _period(offset: int) -> Callable[[Any, Kind, Context], Matcher]:
    def matcher(value: Period, kind: Kind, context: Context) -> Matcher:
        ends = _days(*period_around(context.today, value, offset), kind, context)
        return Between(ends.first, ends.last, high_in=ends.last_in)

    return matcher


def _comes_round(value: Duration, kind: Kind, context: Context) -> Matcher:
    """A day of the years after its own: the first time is no return."""
    days = days_of_years(context.today, day_after(context.today, value, 1))
    return OnDays(days, context.today if kind is Kind.DATE else None)


_MATCHERS: dict[Op, Callable[[Any, Kind, Context], Matcher]] = {
    Op.IS: _one_of,
    Op.ANY_OF: _one_of,
    Op.ALL_OF: lambda value, _kind, _context: Covers(value),
    Op.CONTAINS: lambda value, _kind, _context: Like(value),
    Op.STARTS_WITH: lambda value, _kind, _context: Like(value, at_start=True),
    Op.ENDS_WITH: lambda value, _kind, _context: Like(value, at_end=True),
    Op.IS_EMPTY: lambda _value, _kind, _context: Missing(),
    Op.LESS_THAN: _below,
    Op.BEFORE: _below,
    Op.AT_MOST: _up_to,
    Op.ON_OR_BEFORE: _up_to,
    Op.AT_LEAST: _from,
    Op.ON_OR_AFTER: _from,
    Op.MORE_THAN: _above,
    Op.AFTER: _above,
    Op.BETWEEN: _between,
    Op.ON: _on,
    Op.WITHIN_LAST: lambda v, kind, context: Between(_away(v, -1, kind, context), _now(kind, context)),
    Op.WITHIN_NEXT: lambda v, kind, context: Between(_now(kind, context), _away(v, 1, kind, context)),
    Op.MORE_THAN_AGO: lambda v, kind, context: Between(high=_away(v, -1, kind, context), high_in=False),
    Op.MORE_THAN_AHEAD: lambda v, kind, context: Between(low=_away(v, 1, kind, context), low_in=False),
    Op.COMES_ROUND: _comes_round,
    Op.IN_THIS: _period(0),
    Op.IN_LAST: _period(-1),
    Op.IN_NEXT: _period(1),
}
