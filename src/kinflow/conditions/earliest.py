"""When time alone can first change an answer, for whole sets in the database: a moment no later than the true one.

`boundaries` reads one record and names the moments at which its answer can change. Here the database works out, of each
date that the condition looks at, the same moments, those that hang on clocks put back or on the length of months as the
earliest that they can be: whoever looks at the record then learns the exact one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db.models import DateTimeField, F, Func
from django.db.models.functions import Least

from .boundaries import depends_on_time
from .context import Context
from .fields import Kind, Step
from .operators import Op
from .tree import All, Condition, Duration, Has, Not, Period, Some, Test, Today, Unit

_X = "%(expressions)s"
_ELAPSED = (Unit.MINUTES, Unit.HOURS)
_LONG = (Unit.MONTHS, Unit.QUARTERS, Unit.YEARS)
_INTERVALS = {
    Unit.MINUTES: ("minutes", 1),
    Unit.HOURS: ("hours", 1),
    Unit.DAYS: ("days", 1),
    Unit.WEEKS: ("days", 7),
    Unit.MONTHS: ("months", 1),
    Unit.QUARTERS: ("months", 3),
    Unit.YEARS: ("months", 12),
}
_PERIODS = {
    Period.DAY: ("day", "1 day"),
    Period.WEEK: ("week", "7 days"),
    Period.MONTH: ("month", "1 month"),
    Period.QUARTER: ("quarter", "3 months"),
    Period.YEAR: ("year", "1 year"),
}
_YEAR = "make_date({year}, substr(right({x}::text, 5), 1, 2)::int, 1) + substr(right({x}::text, 5), 4, 2)::int - 1"
_IS_DAY = "{x}::text ~ '(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'"


@dataclass(frozen=True)
class _Span:
    """Some moments lie from `low` to `high`, both SQL of a moment."""

    low: str
    high: str


@dataclass(frozen=True)
class Earliest:
    """A column of the record, or of records of it that lie along `along`, and what to work out of it."""

    along: str
    column: str
    spans: tuple[_Span, ...]

    def expression(self, context: Context) -> Func:
        """The first of these moments that is not over."""
        now = f"'{context.now.astimezone(UTC).isoformat()}'::timestamptz"
        parts = [f"CASE WHEN {s.high} >= {now} THEN GREATEST({s.low}, {now}) END" for s in self.spans]
        template = f"LEAST({', '.join(parts)})"
        return Func(F(self.column), template=template, output_field=DateTimeField())


def earliest(condition: Condition, context: Context) -> list[Earliest]:
    """All that has to be looked at for the condition, column by column."""
    return list(_walk(condition, (), "", context))


def first_of(those: list[Earliest], context: Context) -> Func:
    """The earliest of several, as an expression of a queryset."""
    found = [each.expression(context) for each in those]
    return found[0] if len(found) == 1 else Least(*found, output_field=DateTimeField())


def _walk(condition: Condition, before: tuple[Step, ...], along: str, context: Context) -> Iterator[Earliest]:
    match condition:
        case Test() if depends_on_time(condition):
            column = _path((*before, *condition.steps))
            yield Earliest(along, column, tuple(_of_test(condition, str(context.zone), context)))
        case Has(where=where, steps=steps) if depends_on_time(where):
            path = (*before, *steps)
            yield from _walk(where, path, _path(path), context)
        case Not(part):
            yield from _walk(part, before, along, context)
        case All(parts) | Some(parts):
            for part in parts:
                yield from _walk(part, before, along, context)


def _path(steps: tuple[Step, ...]) -> str:
    return "__".join(filter(None, (step.field.path for step in steps)))


def _of_test(test: Test, zone: str, context: Context) -> Iterator[_Span]:
    is_moment = test.field.kind is Kind.MOMENT
    day = f"({_X} AT TIME ZONE '{zone}')::date" if is_moment else _X
    for given in test.value if isinstance(test.value, tuple) else (test.value,):
        match given:
            case Duration() if test.op is Op.COMES_ROUND:
                yield from _of_years(given, zone, context)
            case Duration() if is_moment:
                yield _Span(_X, f"{_X} + interval '1 microsecond'")
                yield _of_moment(test.op, given, zone)
            case Duration():
                spread = 3 if given.unit in _LONG else 0
                for sign in "+-":
                    edge = f"({day})::timestamp {sign} {_interval(given)}"
                    yield _Span(_at(edge, zone, -spread), _at(edge, zone, spread + 1))
                yield _Span(_at(f"({day})::timestamp", zone), _at(f"({day})::timestamp", zone, 1))
            case Period():
                unit, length = _PERIODS[given]
                begun = f"date_trunc('{unit}', ({day})::timestamp)"
                for offset in range(-1, 4):
                    moment = _at(f"{begun} + {offset} * interval '{length}'", zone)
                    yield _Span(moment, moment)
            case Today(offset):
                for ahead in (0, 1):
                    moment = _at(f"({day})::timestamp", zone, ahead - offset)
                    yield _Span(moment, moment)


def _interval(given: Duration) -> str:
    unit, times = _INTERVALS[given.unit]
    return f"interval '{given.amount * times} {unit}'"


def _at(local: str, zone: str, days: int = 0) -> str:
    """A time on the zone's clock, some days later, as a moment."""
    return f"(({local} + interval '{days} days') AT TIME ZONE '{zone}')"


def _of_moment(op: Op, given: Duration, zone: str) -> _Span:
    sign = "+" if op in (Op.WITHIN_LAST, Op.MORE_THAN_AGO) else "-"
    if given.unit in _ELAPSED:
        edge = f"{_X} {sign} {_interval(given)}"
        return _Span(edge, f"{edge} + interval '1 microsecond'")
    edge = f"(({_X} AT TIME ZONE '{zone}') {sign} {_interval(given)}) AT TIME ZONE '{zone}'"
    slack = "interval '3 days 1 hour 1 second'" if given.unit in _LONG else "interval '1 hour 1 second'"
    return _Span(f"({edge}) - {slack}", f"({edge}) + {slack}")


def _of_years(given: Duration, zone: str, context: Context) -> Iterator[_Span]:
    """A day that comes round: so long before it, and when it is over; 29 February counts as the day before or after."""
    spread = 8 if given.unit in _LONG else 1
    for year in range(context.today.year - 1, context.today.year + 3):
        day = f"CASE WHEN {_IS_DAY.format(x=_X)} THEN {_YEAR.format(x=_X, year=year)} END"
        edge = f"(({day})::timestamp - {_interval(given)})"
        yield _Span(_at(edge, zone, -spread), _at(edge, zone, spread))
        yield _Span(_at(f"({day})::timestamp", zone), _at(f"({day})::timestamp", zone, 2))
