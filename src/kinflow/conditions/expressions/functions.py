"""The functions and operators: what sorts they take, what sort they give, and how they are worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import arithmetic, calendar, texts_made
from .tree import Sort

S = Sort
Rule = Callable[[tuple[Sort, ...]], Sort | None]
_ALL = frozenset(Sort)
_DAYS = frozenset({S.DATE, S.MOMENT})
_NUMBERS = frozenset({S.NUMBER, S.MONEY})
_ORDERED = _NUMBERS | _DAYS | {S.TEXT}


@dataclass(frozen=True)
class Function:
    """What can be called: `takes` says the sorts of each value given, the last for all that follow."""

    takes: tuple[frozenset[Sort], ...]
    least: int
    most: int
    gives: Rule
    help: Any
    work: Callable[..., Any] | None = None
    """Given the values and, as keyword, the context; None where the evaluation itself decides what is worked out."""


def _always(sort: Sort) -> Rule:
    return lambda _sorts: sort


def _same(sorts: tuple[Sort, ...]) -> Sort | None:
    """The sort that all values have; what is missing or not known yet has any."""
    known = {sort for sort in sorts if sort is not S.NOTHING}
    if S.ANY in known:
        return S.ANY
    return known.pop() if len(known) == 1 else None if known else S.NOTHING


def _alternatives(sorts: tuple[Sort, ...]) -> Sort | None:
    return _same(sorts[1:])


def _comparable(sorts: tuple[Sort, ...]) -> Sort | None:
    known = set(sorts) - {S.NOTHING, S.ANY}
    return S.YES_NO if len(known) <= 1 or known == _DAYS or known <= {S.RECORD, S.NUMBER} else None


def _sum(sorts: tuple[Sort, ...]) -> Sort | None:
    one, other = sorts
    if S.ANY in sorts:
        return next((sort for sort in sorts if sort in _DAYS), S.ANY)
    if S.NOTHING in sorts:
        return one if other is S.NOTHING else other
    if S.LENGTH in sorts:
        rest = other if one is S.LENGTH else one
        return rest if rest in _DAYS else None
    return one if one is other and one in _NUMBERS else None


def _difference(sorts: tuple[Sort, ...]) -> Sort | None:
    one, other = sorts
    if one is other is S.DATE:
        return S.NUMBER
    return None if one is S.LENGTH or other is S.MOMENT else _sum(sorts)


def _product(sorts: tuple[Sort, ...]) -> Sort | None:
    if S.ANY in sorts or S.NOTHING in sorts:
        return S.ANY
    return None if sorts == (S.MONEY, S.MONEY) else S.MONEY if S.MONEY in sorts else S.NUMBER


def _quotient(sorts: tuple[Sort, ...]) -> Sort | None:
    one, other = sorts
    if S.ANY in sorts or S.NOTHING in sorts:
        return S.ANY
    return S.NUMBER if one is other else one if one is S.MONEY else None


def _length(name: str, help_: Any) -> Function:
    def work(amount: Any, *, context: Any) -> Any:
        return calendar.length(amount, name)

    return Function((frozenset({S.NUMBER}),), 1, 1, _always(S.LENGTH), help_, work)


def _on(
    sorts: frozenset[Sort], gives: Sort, help_: Any, work: Callable[..., Any], count: int = 1
) -> Function:
    return Function((sorts,), count, count, _always(gives), help_, work)


_YES = frozenset({S.YES_NO})
_TEXT = frozenset({S.TEXT})
_NUMBER = frozenset({S.NUMBER})
_COMPARE = _("Compare values of one sort with each other.")
_ADD = _("Add numbers, amounts of one currency, or a length of time to a day: today + days(3).")
_WORDS = _("Give one text.")

OPERATORS: dict[str, Function] = {
    "or": Function((_YES,), 2, 2, _always(S.YES_NO), _("Join yes and no.")),
    "and": Function((_YES,), 2, 2, _always(S.YES_NO), _("Join yes and no.")),
    "not": Function((_YES,), 1, 1, _always(S.YES_NO), _("Turn yes and no round.")),
    "=": Function((_ALL,), 2, 2, _comparable, _COMPARE, arithmetic.equal),
    "!=": Function((_ALL,), 2, 2, _comparable, _COMPARE, arithmetic.unequal),
    "<": Function((_ORDERED,), 2, 2, _comparable, _COMPARE, arithmetic.below),
    "<=": Function((_ORDERED,), 2, 2, _comparable, _COMPARE, arithmetic.up_to),
    ">": Function((_ORDERED,), 2, 2, _comparable, _COMPARE, arithmetic.above),
    ">=": Function((_ORDERED,), 2, 2, _comparable, _COMPARE, arithmetic.from_),
    "+": Function((_NUMBERS | _DAYS | {S.LENGTH},), 2, 2, _sum, _ADD, arithmetic.plus),
    "-": Function((_NUMBERS | _DAYS | {S.LENGTH},), 2, 2, _difference, _ADD, arithmetic.minus),
    "*": Function(
        (_NUMBERS,), 2, 2, _product, _("Multiply numbers, or an amount by a number."), arithmetic.times
    ),
    "/": Function(
        (_NUMBERS,), 2, 2, _quotient, _("Divide by a number, or one amount by another."), arithmetic.over
    ),
    "minus": Function((_NUMBERS | {S.LENGTH},), 1, 1, _same, _("Turn a number round."), arithmetic.negative),
    "plus": Function((_NUMBERS | {S.LENGTH},), 1, 1, _same, _("A number as it is."), arithmetic.as_it_is),
}

FUNCTIONS: dict[str, Function] = {
    "if": Function(
        (_YES, _ALL), 3, 3, _alternatives, _("if(question, value if so, value if not), both of one sort")
    ),
    "coalesce": Function(
        (_ALL,), 1, 20, _same, _("coalesce(value, …): the first that is there, all of one sort")
    ),
    "is_missing": Function((_ALL,), 1, 1, _always(S.YES_NO), _("is_missing(value)"), arithmetic.is_missing),
    "days": _length("days", _("days(3)")),
    "weeks": _length("weeks", _("weeks(2)")),
    "months": _length("months", _("months(1)")),
    "years": _length("years", _("years(1)")),
    "hours": _length("hours", _("hours(4), for points in time")),
    "minutes": _length("minutes", _("minutes(30), for points in time")),
    "working_days": _length("working_days", _("working_days(5)")),
    "date": _on(_DAYS | _TEXT, S.DATE, _('date(moment), date("2026-03-01")'), calendar.date_of),
    "year": _on(_DAYS, S.NUMBER, _("year(day)"), calendar.year),
    "month": _on(_DAYS, S.NUMBER, _("month(day)"), calendar.month),
    "day": _on(_DAYS, S.NUMBER, _("day(day)"), calendar.day),
    "weekday": _on(_DAYS, S.NUMBER, _("weekday(day): 1 is Monday, 7 is Sunday"), calendar.weekday),
    "start_of_month": _on(_DAYS, S.DATE, _("start_of_month(day)"), calendar.start_of_month),
    "end_of_month": _on(_DAYS, S.DATE, _("end_of_month(day)"), calendar.end_of_month),
    "days_between": _on(_DAYS, S.NUMBER, _("days_between(first day, last day)"), calendar.days_between, 2),
    "hours_between": _on(
        frozenset({S.MOMENT}),
        S.NUMBER,
        _("hours_between(first moment, last moment)"),
        calendar.hours_between,
        2,
    ),
    "min": Function((_ORDERED,), 1, 20, _same, _("min(value, …), all of one sort"), arithmetic.least),
    "max": Function((_ORDERED,), 1, 20, _same, _("max(value, …), all of one sort"), arithmetic.most),
    "round": Function(
        (_NUMBERS, _NUMBER),
        1,
        2,
        lambda s: s[0],
        _("round(number, digits after the point)"),
        arithmetic.rounded,
    ),
    "abs": Function((_NUMBERS,), 1, 1, _same, _("abs(number)"), arithmetic.size),
    "number": _on(
        _TEXT | _NUMBERS, S.NUMBER, _("number(text), number(amount): without its currency"), arithmetic.number
    ),
    "concat": Function((_ALL,), 1, 20, _always(S.TEXT), _("concat(value, …)"), texts_made.concat),
    "text": _on(_ALL, S.TEXT, _("text(value): as people read it"), texts_made.text),
    "upper": _on(_TEXT, S.TEXT, _WORDS, texts_made.upper),
    "lower": _on(_TEXT, S.TEXT, _WORDS, texts_made.lower),
    "trim": _on(_TEXT, S.TEXT, _WORDS, texts_made.trim),
    "left": Function(
        (_TEXT, _NUMBER), 2, 2, _always(S.TEXT), _("left(text, number of characters)"), texts_made.left
    ),
    "right": Function(
        (_TEXT, _NUMBER), 2, 2, _always(S.TEXT), _("right(text, number of characters)"), texts_made.right
    ),
    "length": _on(_TEXT | {S.LIST}, S.NUMBER, _("length(text)"), texts_made.length),
    "replace": _on(_TEXT, S.TEXT, _("replace(text, what, by what)"), texts_made.replace, 3),
    "contains": Function(
        (_TEXT | {S.LIST}, _TEXT),
        2,
        2,
        _always(S.YES_NO),
        _("contains(text or list, what)"),
        texts_made.contains,
    ),
}
