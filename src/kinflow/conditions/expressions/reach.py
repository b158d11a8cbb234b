"""What an expression reads, and where its value fits."""

from ..fields import LISTS, Kind
from .tree import SORT_OF, Expression, Name, Sort, Text, nodes_of

_INTO: dict[Sort, frozenset[Sort]] = {
    Sort.NUMBER: frozenset({Sort.MONEY}),
    Sort.MONEY: frozenset({Sort.NUMBER}),
    Sort.MOMENT: frozenset({Sort.DATE}),
    Sort.DATE: frozenset({Sort.MOMENT}),
}


def relevant_fields(expression: Expression | Text) -> set[tuple[str, str]]:
    """Every (record type, field) that is read, each hop of each path included."""
    parts = expression.parts if isinstance(expression, Text) else (expression,)
    return {
        (step.type_name, step.field.name)
        for part in parts
        if isinstance(part, Expression)
        for node in nodes_of(part.node)
        if isinstance(node, Name)
        for step in node.steps
    }


def fits(expression: Expression, kind: Kind) -> bool:
    """Whether the value can be written into a field of the kind, as far as that is known beforehand."""
    sort, wanted = expression.sort, SORT_OF[kind]
    if sort in (Sort.ANY, Sort.NOTHING, wanted):
        return True
    if wanted is Sort.TEXT:
        return sort in (Sort.NUMBER, Sort.MONEY) and kind is not Kind.CHOICE
    if kind in LISTS:
        return sort is Sort.TEXT
    return sort in _INTO.get(wanted, frozenset())
