"""Cells read for a column, with what is wrong told at their place."""

from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions.expressions import Expression, ExpressionError, Sort, parse_expression
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from .cells import (
    DATE,
    EVERYTHING,
    LIST,
    LONGEST,
    NUMBER,
    TEXT,
    YES_NO,
    Cell,
    WrongCell,
    read_cell,
    read_value,
)
from .faults import cell_fault
from .tables import Input, Output

_FITS = {
    NUMBER: {Sort.NUMBER, Sort.MONEY},
    TEXT: {Sort.TEXT},
    YES_NO: {Sort.YES_NO},
    DATE: {Sort.DATE, Sort.MOMENT},
}


def read_test(text: str, column: Input, pointer: str, errors: list[FieldError]) -> Cell:
    """The test of a cell; what is wrong adds an error at `pointer`."""
    try:
        cell = read_cell(text, column.sort)
    except WrongCell as wrong:
        errors.append(FieldError(pointer, cell_fault(wrong)))
        return EVERYTHING
    strange = (
        sorted(cell.values - set(column.choices)) if column.choices and column.sort in (TEXT, LIST) else []
    )
    if strange:
        told = {"value": strange[0], "choices": ", ".join(column.choices[:20])}
        errors.append(
            FieldError(pointer, _("There is no “%(value)s” here. The values are: %(choices)s") % told)
        )
    return cell


def read_output(
    text: str, column: Output, kind: str, facts: frozenset[str], pointer: str, errors: list[FieldError]
) -> Any:
    """What a row says of an outcome: a value, none where the cell is empty, or after “=” an expression."""
    text = text.strip()
    if text in ("", "-", "–"):
        return None
    if len(text) > LONGEST:
        errors.append(FieldError(pointer, cell_fault(WrongCell("long"))))
        return None
    if text.startswith("="):
        return _worked_out(text[1:], column, kind, facts, pointer, errors)
    try:
        value = read_value(text, column.sort)
    except WrongCell as wrong:
        errors.append(FieldError(pointer, cell_fault(wrong)))
        return None
    if column.values and str(value) not in column.values and text not in column.values:
        told = {"value": text[:60], "choices": ", ".join(column.values[:20])}
        errors.append(
            FieldError(pointer, _("There is no “%(value)s” here. The values are: %(choices)s") % told)
        )
    return value


def _worked_out(
    source: str, column: Output, kind: str, facts: frozenset[str], pointer: str, errors: list[FieldError]
) -> Expression | None:
    try:
        found = parse_expression(source.strip(), type_name=kind, vocabulary=VOCABULARY, event_names=facts)
    except ExpressionError as refused:
        errors.append(FieldError(pointer, f"{refused.message} {refused.remedy or ''}".strip()))
        return None
    if found.sort not in (*_FITS[column.sort], Sort.ANY, Sort.NOTHING):
        errors.append(FieldError(pointer, _("What this works out does not fit the outcome.")))
    return found
