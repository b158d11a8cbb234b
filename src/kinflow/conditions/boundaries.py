"""When the answer of a condition can change by the passing of time alone: computed from the record's own dates."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from .context import Context
from .dates import day_after, moment_after, period_around, start_of
from .fields import Kind
from .operators import Op
from .tree import EVERYTHING, All, Condition, Duration, Has, Not, Period, Some, Test, Today, Unit
from .walking import several_at, value_at
from .yearly import coming, day_of_year, is_day

MOST_RELATED = 500
"""So many related records of one record are looked at for their dates."""
_JUST_AFTER = timedelta(microseconds=1)
_EXACT = (Unit.MINUTES, Unit.HOURS)
_LONG = (Unit.MONTHS, Unit.QUARTERS, Unit.YEARS)


def depends_on_time(condition: Condition) -> bool:
    """Whether the passing of time alone can change the answer."""
    match condition:
        case Test():
            return _is_relative(condition)
        case Has():
            return depends_on_time(condition.where)
        case Not(part):
            return depends_on_time(part)
        case All(parts) | Some(parts):
            return any(map(depends_on_time, parts))


def _is_relative(test: Test) -> bool:
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    return any(isinstance(v, Duration | Period | Today) for v in values)


def timeless(condition: Condition) -> Condition:
    """A wider condition without what depends on time: a record that misses it cannot come to hold by waiting."""
    match condition:
        case All(parts):
            return All(tuple(timeless(part) for part in parts))
        case Some(parts):
            return Some(tuple(timeless(part) for part in parts))
        case _:
            return EVERYTHING if depends_on_time(condition) else condition


def flips(condition: Condition, record: Any, context: Context) -> Iterator[datetime]:
    """Moments at which the answer for the record can change, in no order, some of them in vain; past ones included."""
    match condition:
        case Test():
            if _is_relative(condition):
                value = value_at(record, condition.steps)
                if value is not None:
                    yield from _of_test(condition, value, context)
        case Has():
            if depends_on_time(condition.where):
                for related in islice(several_at(record, condition.steps), MOST_RELATED):
                    yield from flips(condition.where, related, context)
        case Not(part):
            yield from flips(part, record, context)
        case All(parts) | Some(parts):
            for part in parts:
                yield from flips(part, record, context)


def next_flip(condition: Condition, record: Any, context: Context) -> datetime | None:
    """The next moment at which the answer can change if nothing happens but time; None where there is none."""
    return min((at for at in flips(condition, record, context) if at > context.now), default=None)


def _of_test(test: Test, value: Any, context: Context) -> Iterator[datetime]:
    is_moment = test.field.kind is Kind.MOMENT
    day = value.astimezone(context.zone).date() if isinstance(value, datetime) else value
    for given in test.value if isinstance(test.value, tuple) else (test.value,):
        match given:
            case Duration() if test.op is Op.COMES_ROUND:
                yield from _of_years(day, given, context)
            case Duration():
                yield from (
                    _of_duration(test.op, value, given, context)
                    if is_moment
                    else _of_days(day, given, context)
                )
            case Period():
                for offset in range(-1, 4):
                    yield start_of(period_around(day, given, offset)[0], context.zone)
            case Today(offset):
                for ahead in (0, 1):
                    yield start_of(day - timedelta(days=offset - ahead), context.zone)


def _of_duration(op: Op, value: datetime, given: Duration, context: Context) -> Iterator[datetime]:
    """A moment so long before or after now: the answer changes there, and where the moment itself has come."""
    sign = 1 if op in (Op.WITHIN_LAST, Op.MORE_THAN_AGO) else -1
    yield from (value.astimezone(UTC), value.astimezone(UTC) + _JUST_AFTER)
    edge = moment_after(value, given, sign, context.zone)
    moves = [timedelta(0)]
    if (
        given.unit not in _EXACT
    ):  # the same time of day on another day: clocks may be put on or back in between
        moves += [timedelta(hours=-1), timedelta(hours=1)]
    if given.unit in _LONG:  # the 31st and the 30th both lead to the 30th
        moves += [timedelta(days=n) for n in (-3, -2, -1, 1, 2, 3)]
    for move in moves:
        yield edge + move
        yield edge + move + _JUST_AFTER


def _of_years(day: date | str, given: Duration, context: Context) -> Iterator[datetime]:
    """A day that comes round: the answer changes so long before it, and when it is over."""
    years = set(range(context.today.year - 1, context.today.year + 3))
    if isinstance(day, date):
        years |= {day.year, day.year + 1}
        yield start_of(day + timedelta(days=1), context.zone)
    spread = 3 if given.unit in _LONG else 0
    for year in years if is_day(day_of_year(day)) else ():
        back = coming(day_of_year(day), year)
        edge = day_after(back, given, -1)
        for move in range(-spread, spread + 1):
            yield start_of(edge + timedelta(days=move), context.zone)
        yield start_of(back + timedelta(days=1), context.zone)


def _of_days(day: date, given: Duration, context: Context) -> Iterator[datetime]:
    """A date so long before or after today: the answer changes at midnight in the zone."""
    spread = 3 if given.unit in _LONG else 0
    for sign in (-1, 1):
        edge = day_after(day, given, sign)
        for move in range(-spread, spread + 2):
            yield start_of(edge + timedelta(days=move), context.zone)
    yield start_of(day, context.zone)
    yield start_of(day + timedelta(days=1), context.zone)
