"""The content of a decision table read and checked: what is wrong is named cell by cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions import Kind
from kinflow.conditions.expressions import Expression, ExpressionError, Sort, parse_expression
from kinflow.conditions.expressions.tree import Name
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.faces import VOCABULARY
from kinflow.records.matters import Fact

from .cell_reading import read_output, read_test
from .cells import DATE, LIST, NUMBER, SORTS, TEXT, YES_NO, Cell
from .covering import Covering, covering
from .facts import facts_of
from .outcomes import gone_outcomes, wrong_outcomes
from .tables import ANY, COLLECT, COLLECTS, COUNT, HITS, PRIORITY, Input, Output, Row, Table

MOST_INPUTS, MOST_OUTPUTS, MOST_ROWS = 12, 8, 300
LONGEST_LABEL = 120
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SORTS = {
    Sort.NUMBER: NUMBER,
    Sort.MONEY: NUMBER,
    Sort.TEXT: TEXT,
    Sort.YES_NO: YES_NO,
    Sort.DATE: DATE,
    Sort.MOMENT: DATE,
    Sort.LIST: LIST,
}


@dataclass(frozen=True)
class Draft:
    """A table ready to decide: with the expression of each input."""

    kind: str
    table: Table
    expressions: tuple[Expression, ...]

    @cached_property
    def covering(self) -> Covering:
        """What it leaves open, and where rows meet."""
        return covering(self.table)


def read_draft(kind: str, content: Any, matter: str = "") -> Draft:
    """The content as a value. Raises Invalid naming each part that is wrong, below /content."""
    errors: list[FieldError] = []
    if not isinstance(content, Mapping):
        raise Invalid(errors=[FieldError("/content", _("Give the table as an object."))])
    facts = facts_of(matter)
    asked, expressions = _inputs(kind, content.get("inputs"), facts, errors)
    outputs = _outputs(content.get("outputs"), errors)
    hit, collect = _hit(content, outputs, errors)
    if errors:
        raise Invalid(errors=errors)
    rows = _rows(kind, content.get("rows"), asked, outputs, frozenset(facts), errors)
    if matter and not errors:
        errors = wrong_outcomes(hit, outputs, rows)
    if errors:
        raise Invalid(errors=errors)
    return Draft(kind, Table(asked, outputs, rows, hit, collect), expressions)


def read_new(kind: str, content: Any, matter: str = "") -> Draft:
    """The content as a value that is to be kept, or to count: a policy asks nobody who is gone. Raises Invalid."""
    draft = read_draft(kind, content, matter)
    if errors := gone_outcomes(draft.table.rows) if matter else []:
        raise Invalid(errors=errors)
    return draft


def _list(given: Any, name: str, most: int, errors: list[FieldError], *, least: int = 1) -> list[Any]:
    """The list of that name, of objects."""
    if not isinstance(given, list) or any(not isinstance(one, Mapping) for one in given):
        errors.append(FieldError(f"/content/{name}", _("Give a list of objects.")))
        return []
    if not least <= len(given) <= most:
        words = _("Between %(least)d and %(most)d.") % {"least": least, "most": most}
        errors.append(FieldError(f"/content/{name}", words))
        return []
    return given


def _text(
    one: Mapping[str, Any], name: str, here: str, errors: list[FieldError], most: int = LONGEST_LABEL
) -> str:
    given = one.get(name) or ""
    if not isinstance(given, str) or "\0" in given or len(given) > most:
        errors.append(
            FieldError(f"{here}/{name}", _("A text of at most %(most)d characters.") % {"most": most})
        )
        return ""
    return given.strip()


def _inputs(
    kind: str, given: Any, facts: Mapping[str, Fact], errors: list[FieldError]
) -> tuple[tuple[Input, ...], tuple[Expression, ...]]:
    asked: list[Input] = []
    expressions: list[Expression] = []
    for at, one in enumerate(_list(given, "inputs", MOST_INPUTS, errors)):
        here = f"/content/inputs/{at}"
        labels = {name: _text(one, name, here, errors) for name in ("label", "label_zh")}
        source = _text(one, "expression", here, errors, 500)
        try:
            expression = parse_expression(
                source, type_name=kind, vocabulary=VOCABULARY, event_names=frozenset(facts)
            )
        except ExpressionError as refused:
            words = f"{refused.message} {refused.remedy or ''}".strip()
            errors.append(FieldError(f"{here}/expression", words))
            continue
        sort, choices, whole = _sorted(expression, facts)
        usual = _usual(expression, facts)
        if not sort:
            words = _("This cannot be compared: name one of its fields.")
            errors.append(FieldError(f"{here}/expression", words))
            continue
        bare = Input(source, sort, choices=choices, whole=whole)
        allowed = read_test(_text(one, "allowed", here, errors, 300), bare, f"{here}/allowed", errors)
        asked.append(
            Input(source, sort, allowed=allowed, choices=choices, whole=whole, usual=usual, **labels)
        )
        expressions.append(expression)
    return tuple(asked), tuple(expressions)


def _sorted(expression: Expression, facts: Mapping[str, Fact]) -> tuple[str, tuple[str, ...], bool]:
    """The sort of what comes out, its choices where it has some, and whether it is always a whole number."""
    node = expression.node
    if isinstance(node, Name) and node.root == "event":
        fact = facts.get(node.parts[0]) if len(node.parts) == 1 else None
        return (
            (fact.sort, tuple(str(value) for value, _label in fact.choices), False)
            if fact
            else ("", (), False)
        )
    field = node.field if isinstance(node, Name) else None
    sort = _SORTS.get(expression.sort, "")
    if field is None or sort not in (TEXT, LIST, NUMBER):
        return sort, (), False
    choices = tuple(str(value) for value, _label in field.choices if value not in (None, ""))
    return sort, choices if sort != NUMBER else (), field.kind is Kind.INTEGER


def _usual(expression: Expression, facts: Mapping[str, Fact]) -> Any:
    """The label of the field or fact that an input asks about; "" where it is worked out."""
    node = expression.node
    if not isinstance(node, Name):
        return ""
    if node.root == "event":
        return facts[node.parts[0]].label if node.parts[0] in facts else ""
    return node.field.label if node.field is not None else ""


def _outputs(given: Any, errors: list[FieldError]) -> tuple[Output, ...]:
    found: list[Output] = []
    for at, one in enumerate(_list(given, "outputs", MOST_OUTPUTS, errors)):
        here = f"/content/outputs/{at}"
        name, sort = _text(one, "name", here, errors), one.get("sort", TEXT)
        if not _NAME.fullmatch(name):
            words = _("A name of small letters, digits and underscores, such as risk_class.")
            errors.append(FieldError(f"{here}/name", words))
        elif name in {each.name for each in found}:
            errors.append(FieldError(f"{here}/name", _("Another outcome has this name.")))
        if sort not in SORTS or sort == LIST:
            errors.append(FieldError(f"{here}/sort", _("Choose one of the values.")))
        values = one.get("values") or []
        if not isinstance(values, list) or any(not isinstance(v, str) or not v.strip() for v in values):
            errors.append(FieldError(f"{here}/values", _("Give the values as a list of texts.")))
            values = []
        labels = {key: _text(one, key, here, errors) for key in ("label", "label_zh")}
        found.append(Output(name, str(sort), values=tuple(v.strip() for v in values), **labels))
    return tuple(found)


def _hit(content: Mapping[str, Any], outputs: Sequence[Output], errors: list[FieldError]) -> tuple[str, str]:
    hit, collect = content.get("hit", "unique"), content.get("collect") or ""
    if hit not in HITS:
        errors.append(FieldError("/content/hit", _("Choose one of the values.")))
    if collect not in COLLECTS or (collect and hit != COLLECT):
        errors.append(FieldError("/content/collect", _("Choose one of the values.")))
    if collect and collect != COUNT and (len(outputs) != 1 or outputs[0].sort != NUMBER):
        errors.append(FieldError("/content/collect", _("Only one outcome that is a number can be added up.")))
    if collect == COUNT and len(outputs) != 1:
        errors.append(FieldError("/content/collect", _("To be counted, the table needs one outcome only.")))
    if hit == PRIORITY and outputs and not any(each.values for each in outputs):
        words = _("Name the values of an outcome, the most important first.")
        errors.append(FieldError("/content/outputs/0/values", words))
    return str(hit), str(collect)


def _rows(
    kind: str,
    given: Any,
    asked: Sequence[Input],
    outputs: Sequence[Output],
    facts: frozenset[str],
    errors: list[FieldError],
) -> tuple[Row, ...]:
    found: list[Row] = []
    for at, one in enumerate(_list(given, "rows", MOST_ROWS, errors)):
        here = f"/content/rows/{at}"
        when, then = one.get("when"), one.get("then")
        if not _are_texts(when, len(asked)):
            errors.append(FieldError(f"{here}/when", _("Give one text for each condition.")))
            continue
        if not _are_texts(then, len(outputs)):
            errors.append(FieldError(f"{here}/then", _("Give one text for each outcome.")))
            continue
        cells: list[Cell] = [
            read_test(text, column, f"{here}/when/{place}", errors)
            for place, (text, column) in enumerate(zip(when, asked, strict=True))
        ]
        values = [
            read_output(text, column, kind, facts, f"{here}/then/{place}", errors)
            for place, (text, column) in enumerate(zip(then, outputs, strict=True))
        ]
        found.append(Row(tuple(cells), tuple(values), _text(one, "note", here, errors, 300)))
    return tuple(found)


def _are_texts(given: Any, count: int) -> bool:
    return isinstance(given, list) and len(given) == count and all(isinstance(one, str) for one in given)


def is_contradictory(draft: Draft) -> bool:
    """Whether rows meet that its hit policy keeps apart."""
    return bool(draft.covering.overlaps) and draft.table.hit in ("unique", ANY)
