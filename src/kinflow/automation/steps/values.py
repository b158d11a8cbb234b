"""Values that a step writes: as they were given, or worked out from what the rule is about."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from kinflow.conditions.expressions import (
    Expression,
    ExpressionError,
    Length,
    Sort,
    Text,
    evaluate,
    expression_words,
    parse_expression,
    parse_text,
    relevant_fields,
    render,
    text_words,
)
from kinflow.kit.money import Money
from kinflow.kit.problem import FieldError, Refused
from kinflow.records.access import may_read
from kinflow.records.faces import VOCABULARY, RecordType, registry

from .step import Doing

MARK = "="
"""What a text begins with that is worked out: =today + days(3)"""


def is_expression(given: Any) -> bool:
    """Whether the value is worked out when the step runs."""
    return isinstance(given, str) and given.startswith(MARK)


def is_worked_out(given: Any) -> bool:
    """Whether the value is an expression, or a text with fields in braces."""
    return is_expression(given) or (isinstance(given, str) and "{" in given)


@lru_cache(maxsize=2048)
def parsed(given: str, kind: str) -> Expression | Text:
    """What a value says that is worked out. Raises ExpressionError."""
    if is_expression(given):
        return parse_expression(given.removeprefix(MARK), type_name=kind, vocabulary=VOCABULARY)
    return parse_text(given, type_name=kind, vocabulary=VOCABULARY)


def value_now(given: Any, doing: Doing) -> Any:
    """The value to write. Raises ExpressionError, and Refused where the rule's owner may not read what it is made of."""
    if not is_worked_out(given):
        return given
    meant = parsed(given, doing.kind)
    _refuse_unread(meant, doing)
    around = {"event": doing.event, "context": doing.context, "rule": doing.rule}
    if isinstance(meant, Text):
        return render(meant, record=doing.record, **around)
    return _plain(evaluate(meant, record=doing.record, **around))


def _refuse_unread(meant: Expression | Text, doing: Doing) -> None:
    for type_name, name in relevant_fields(meant):
        field = registry[type_name].by_name.get(name)
        if field is not None and not may_read(doing.owner, field.sensitivity):
            raise Refused(
                _("%(who)s, who answers for this, may not read “%(field)s”.")
                % {"who": doing.owner.name, "field": field.label},
                remedy=_("Give it an owner who may, or leave the field out."),
            )


def _plain(value: Any) -> Any:
    """A value as programs send it to an action."""
    match value:
        case Money():
            return str(value.amount)
        case Decimal():
            return int(value) if value == value.to_integral_value() else str(value)
        case date():
            return value.isoformat()
        case Model():
            return value.pk
        case tuple():
            return list(value)
        case Length():
            raise ExpressionError(_("A length of time cannot be written."), 0, _("Add it to a day."))
        case _:
            return value


def check_values(values: Mapping[str, Any], kind: str) -> Iterator[FieldError]:
    """What is wrong with what is worked out among the values."""
    for name, given in values.items():
        if not is_worked_out(given):
            continue
        try:
            meant = parsed(given, kind)
        except ExpressionError as refused:
            told = {"place": refused.position + 1, "words": str(refused)}
            yield FieldError(f"/values/{name}", _("%(words)s (character %(place)d)") % told)
            continue
        if isinstance(meant, Expression) and meant.sort is Sort.LENGTH:
            yield FieldError(f"/values/{name}", _("A length of time cannot be written."))


def given_words(face: RecordType, name: str, given: Any, kind: str) -> str:
    """A value as it was given, in a sentence; what is worked out speaks of records of the kind."""
    if not is_worked_out(given):
        return value_words(face, name, given)
    try:
        meant = parsed(given, kind)
    except ExpressionError:
        return str(given).removeprefix(MARK).strip()
    return text_words(meant) if isinstance(meant, Text) else expression_words(meant)


def value_words(face: RecordType, name: str, value: Any) -> str:
    """A value as it stands in a sentence."""
    field = face.by_name.get(name)
    if value in (None, ""):
        return _("nothing")
    return str(field.word(value)) if field is not None else str(value)
