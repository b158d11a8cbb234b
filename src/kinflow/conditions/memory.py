"""From a condition to a yes or no about one record in memory, with the same answer as in SQL.

A record is a model instance, or a mapping: by field name, with a mapping, an instance or an id for a related
record and a list for several; or by whole dotted path ("contact.account.industry"). What a mapping leaves out
is missing.
"""

from collections.abc import Callable
from itertools import islice
from typing import Any, TypeAlias

from .context import Context
from .folding import fold
from .matching import Between, Covers, Like, Matcher, Missing, OnDays, OneOf, Shares, matcher_of
from .tree import All, Condition, Has, Not, Some, Test
from .walking import several_at, value_at
from .yearly import day_of_year

Predicate: TypeAlias = Callable[[Any], bool]


def holds(condition: Condition, record: Any, context: Context) -> bool:
    """Whether the condition holds for the record.

    Related records that are not loaded yet are fetched; whoever asks about many selects or prefetches them.
    """
    return predicate(condition, context)(record)


def predicate(condition: Condition, context: Context) -> Predicate:
    """The condition made ready for many records: what depends on who asks and when is worked out once."""
    match condition:
        case Test():
            return _test(condition, context)
        case Has(steps=steps, at_least=least):
            where = predicate(condition.where, context)
            return lambda record: len(list(islice(filter(where, several_at(record, steps)), least))) == least
        case Not(part):
            inner = predicate(part, context)
            return lambda record: not inner(record)
        case All(parts):
            every = [predicate(part, context) for part in parts]
            return lambda record: all(one(record) for one in every)
        case Some(parts):
            some = [predicate(part, context) for part in parts]
            return lambda record: any(one(record) for one in some)


def _test(test: Test, context: Context) -> Predicate:
    matcher, opposite = matcher_of(test, context)
    passes, steps = _passing(matcher), test.steps
    if opposite:
        return lambda record: not passes(value_at(record, steps))
    return lambda record: passes(value_at(record, steps))


def _passing(matcher: Matcher) -> Predicate:
    """The comparison as a function of a value; a missing one passes only Missing."""
    match matcher:
        case Missing():
            return lambda value: value is None or value in ("", [], ())
        case OneOf(values):
            return lambda value: value is not None and value in _like_floats(values, value)
        case Between():
            return lambda value: value is not None and _inside(matcher, value)
        case Like(part, at_start, at_end):
            sought = fold(part)
            found = str.startswith if at_start else str.endswith if at_end else str.__contains__
            return lambda value: value is not None and found(fold(value), sought)
        case OnDays(days, before):
            return lambda value: (
                value is not None and day_of_year(value) in days and (before is None or value < before)
            )
        case Shares(values):
            return lambda value: value is not None and any(item in values for item in value)
        case Covers(values):
            return lambda value: value is not None and all(item in value for item in values)


def _inside(span: Between, value: Any) -> bool:
    low, high = _like_floats((span.low, span.high), value)
    above = low is None or value > low or (span.low_in and value == low)
    return above and (high is None or value < high or (span.high_in and value == high))


def _like_floats(values: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    """The constants as floats where the value is one, since the database compares them so."""
    return tuple(v if v is None else float(v) for v in values) if isinstance(value, float) else values
