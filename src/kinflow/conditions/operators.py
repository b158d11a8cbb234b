"""The operators: what each asks for, and which fit which kind of field."""

from enum import StrEnum

from .fields import Kind


class Op(StrEnum):
    """What is asked about a field's value."""

    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    ALL_OF = "all_of"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    BETWEEN = "between"
    ON = "on"
    BEFORE = "before"
    AFTER = "after"
    ON_OR_BEFORE = "on_or_before"
    ON_OR_AFTER = "on_or_after"
    WITHIN_LAST = "within_last"
    WITHIN_NEXT = "within_next"
    MORE_THAN_AGO = "more_than_ago"
    MORE_THAN_AHEAD = "more_than_ahead"
    IN_THIS = "in_this"
    IN_LAST = "in_last"
    IN_NEXT = "in_next"
    COMES_ROUND = "comes_round"
    IS_EMPTY = "is_empty"
    IS_FILLED = "is_filled"


class Shape(StrEnum):
    """What an operator wants as its value."""

    NOTHING = "nothing"
    ONE = "one"
    SEVERAL = "several"
    PAIR = "pair"
    DURATION = "duration"
    PERIOD = "period"


SHAPES: dict[Op, Shape] = {
    **dict.fromkeys(Op, Shape.ONE),
    **dict.fromkeys((Op.IS_EMPTY, Op.IS_FILLED), Shape.NOTHING),
    **dict.fromkeys((Op.ANY_OF, Op.NONE_OF, Op.ALL_OF), Shape.SEVERAL),
    **dict.fromkeys(
        (Op.WITHIN_LAST, Op.WITHIN_NEXT, Op.MORE_THAN_AGO, Op.MORE_THAN_AHEAD, Op.COMES_ROUND), Shape.DURATION
    ),
    **dict.fromkeys((Op.IN_THIS, Op.IN_LAST, Op.IN_NEXT), Shape.PERIOD),
    Op.BETWEEN: Shape.PAIR,
}

OPPOSITES: dict[Op, Op] = {
    Op.IS_NOT: Op.IS,
    Op.NONE_OF: Op.ANY_OF,
    Op.NOT_CONTAINS: Op.CONTAINS,
    Op.IS_FILLED: Op.IS_EMPTY,
}
"""Operators that are, by definition, the plain negation of another."""

_FILLED = (Op.IS_EMPTY, Op.IS_FILLED)
_EQUAL = (Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF)
_PARTS = (Op.CONTAINS, Op.NOT_CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH)
_NUMBER = (*_EQUAL, Op.AT_LEAST, Op.AT_MOST, Op.MORE_THAN, Op.LESS_THAN, Op.BETWEEN, *_FILLED)
_TIME = (
    Op.WITHIN_LAST,
    Op.WITHIN_NEXT,
    Op.MORE_THAN_AGO,
    Op.MORE_THAN_AHEAD,
    Op.IN_THIS,
    Op.IN_LAST,
    Op.IN_NEXT,
    Op.ON,
    Op.BEFORE,
    Op.AFTER,
    Op.ON_OR_BEFORE,
    Op.ON_OR_AFTER,
    Op.BETWEEN,
    *_FILLED,
)
_LIST = (Op.ANY_OF, Op.ALL_OF, Op.NONE_OF, *_FILLED)

OPERATORS: dict[Kind, tuple[Op, ...]] = {
    Kind.TEXT: (*_EQUAL, *_PARTS, *_FILLED),
    Kind.IDENTIFIER: (*_EQUAL, *_PARTS, *_FILLED),
    Kind.LONG_TEXT: (Op.CONTAINS, Op.NOT_CONTAINS, *_FILLED),
    Kind.INTEGER: _NUMBER,
    Kind.DECIMAL: _NUMBER,
    Kind.MONEY: _NUMBER,
    Kind.BOOLEAN: (Op.IS, Op.IS_NOT, *_FILLED),
    Kind.DATE: (*_TIME, Op.COMES_ROUND),
    Kind.YEARLY: (Op.COMES_ROUND, *_FILLED),
    Kind.MOMENT: _TIME,
    Kind.CHOICE: (*_EQUAL, *_FILLED),
    Kind.RELATION: (*_EQUAL, *_FILLED),
    Kind.TEXT_LIST: _LIST,
    Kind.CHOICE_LIST: _LIST,
}
"""The operators of each kind of field, in the order a pick list shows them."""
