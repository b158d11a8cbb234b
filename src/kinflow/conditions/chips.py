"""A condition as chips for a filter bar: one for each part that must hold."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from .operators import OPPOSITES, Op
from .sentences import path_words, phrase, plainly
from .tree import All, Condition, Has, Not, Test
from .typography import capitalised, filled
from .value_words import Names, ends_words, value_words
from .words import CHIP_OPERATORS, CHIP_VALUES, operator_words


@dataclass(frozen=True)
class Chip:
    """One part: the JSON pointer to it in the condition, and its words; any of the three may be empty."""

    pointer: str
    label: str
    operator: str
    value: str


def chips(condition: Condition, names: Names | None = None) -> list[Chip]:
    """A chip for each part of the outermost "all"; for any other condition one chip; for everything none."""
    match condition:
        case All(parts):
            return [_chip(part, f"/all/{i}", names or {}) for i, part in enumerate(parts)]
        case _:
            return [_chip(condition, "", names or {})]


def _chip(part: Condition, pointer: str, names: Names) -> Chip:
    match part:
        case Test():
            return Chip(pointer, capitalised(path_words(part.steps)), _operator(part), _value(part, names))
        case Not(Test() as test):
            said = f"{_operator(test)} {_value(test, names)}".strip()
            return Chip(pointer, capitalised(path_words(test.steps)), pgettext("condition chip", "not"), said)
        case Has(at_least=1):
            return _has(part, pointer, pgettext("condition chip", "has"), names)
        case Not(Has(at_least=1) as has):
            return _has(has, pointer, pgettext("condition chip", "has no"), names)
        case _:
            return Chip(pointer, "", "", capitalised(phrase(part, names)))


def _has(has: Has, pointer: str, operator: str, names: Names) -> Chip:
    where = "" if has.where == All() else phrase(has.where, names)
    return Chip(pointer, capitalised(operator), path_words(has.steps), where)


def _operator(test: Test) -> str:
    if plainly(test) is Op.IS and test.op not in (Op.IS, Op.IS_NOT):
        return operator_words(Op.IS_NOT if test.op in OPPOSITES else Op.IS, test.field.kind)
    return str(CHIP_OPERATORS.get(test.op) or operator_words(test.op, test.field.kind))


def _value(test: Test, names: Names) -> str:
    ends = ends_words(test, names) if test.op is Op.BETWEEN else {}
    return filled(CHIP_VALUES.get(test.op, "%(value)s"), value=value_words(test, names), **ends)
