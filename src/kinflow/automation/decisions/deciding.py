"""A table asked about a record: what its inputs are worth, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions import Context
from kinflow.conditions.expressions import Expression, ExpressionError, evaluate, relevant_fields
from kinflow.eventlog import Actor
from kinflow.kit.money import Money
from kinflow.kit.problem import Conflict, NotFound
from kinflow.records.access import may_read
from kinflow.records.faces import registry

from .cells import DATE, LIST, NUMBER, TEXT, YES_NO, WrongCell, read_value
from .drafts import Draft, read_draft
from .models import DecisionTable, DecisionVersion
from .tables import Clash, Verdict, decide


class RowsClash(Conflict):
    """More rows hold than the table's hit policy allows."""

    code = "rows-clash"


@dataclass(frozen=True)
class Decided:
    """What a table said: the values of its inputs, and the verdict; none where no row holds."""

    values: tuple[Any, ...]
    verdict: Verdict | None


_known: dict[tuple[int, int], Draft] = {}
MOST_KNOWN = 2_000


def draft_of(table: DecisionTable, number: int) -> Draft:
    """A version as it was kept. Raises Invalid where fields that it names are gone, NotFound where there is none."""
    key = (table.pk, number)
    if key not in _known:
        version = DecisionVersion.objects.filter(table=table, number=number).first()
        if version is None:
            raise NotFound(_("There is no version %(number)d.") % {"number": number})
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = read_draft(table.kind, version.content, table.matter)
    return _known[key]


def ask_table(
    draft: Draft, record: Any, *, context: Context, facts: Mapping[str, Any] | None = None
) -> Decided:
    """What the table says about the record. Raises RowsClash, and Conflict where an expression has no value."""

    def worked_out(value: Any) -> Any:
        if not isinstance(value, Expression):
            return value
        return _value(value, record, facts, context)

    values = tuple(
        fitted(_value(each, record, facts, context), column.sort)
        for each, column in zip(draft.expressions, draft.table.inputs, strict=True)
    )
    try:
        return Decided(values, decide(draft.table, values, worked_out))
    except Clash as clash:
        rows = ", ".join(str(at + 1) for at in clash.rows)
        raise RowsClash(
            _("Rows %(rows)s hold at once.") % {"rows": rows},
            remedy=_("Change the table so that they do not, or choose another hit policy."),
        ) from None


def _value(expression: Expression, record: Any, facts: Mapping[str, Any] | None, context: Context) -> Any:
    try:
        found = evaluate(expression, record=record, event=facts, context=context)
    except ExpressionError as refused:
        raise Conflict(str(refused.message), remedy=str(refused.remedy or "")) from None
    if isinstance(found, Money):
        return found.amount
    if isinstance(found, datetime):
        return found.astimezone(context.zone).date()
    return found


def fitted(value: Any, sort: str) -> Any:
    """The value as a column of the sort compares it; None where it is none of that sort."""
    if isinstance(value, str) and sort in (NUMBER, DATE):
        try:
            return read_value(value, sort)
        except WrongCell:
            return None
    if sort == LIST:
        return tuple(value) if isinstance(value, list | tuple) else None
    wanted = {NUMBER: Decimal, DATE: date, YES_NO: bool, TEXT: str}[sort]
    return value if isinstance(value, wanted) else None


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if hasattr(value, "isoformat") else value


def may_read_all(by: Actor, draft: Draft) -> bool:
    """Whether the actor may read every field that the table asks about, or works outcomes out of."""
    parts = [*draft.expressions]
    parts += [value for row in draft.table.rows for value in row.then if isinstance(value, Expression)]
    fields = {each for part in parts for each in relevant_fields(part)}
    found = (registry[kind].by_name.get(name) for kind, name in fields if kind in registry)
    return all(may_read(by, field.sensitivity) for field in found if field is not None)
