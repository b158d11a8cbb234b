"""What a condition depends on: the fields it reads, the values it insists on, the records it names."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .fields import LISTS, Kind
from .operators import Op
from .tree import All, Condition, Has, Me, MyUnit, Not, Some, Test


def nodes_of(condition: Condition) -> Iterator[Condition]:
    """The condition and all its parts, from the outside in."""
    yield condition
    match condition:
        case All(parts) | Some(parts):
            for part in parts:
                yield from nodes_of(part)
        case Not(part):
            yield from nodes_of(part)
        case Has():
            yield from nodes_of(condition.where)


def relevant_fields(condition: Condition) -> set[tuple[str, str]]:
    """Every (record type, field) whose change can change the answer, each hop of each path included."""
    return {
        (step.type_name, step.field.name)
        for node in nodes_of(condition)
        if isinstance(node, Test | Has)
        for step in node.steps
    }


def constants(condition: Condition) -> dict[str, frozenset[Any]]:
    """By dotted path the values of which a record must have one for the condition to hold.

    Only what is certain: equality (`is`, `any_of`) that no other part can make up for. A condition that says
    nothing certain about a path has no entry for it; an empty set means that the condition can never hold.
    """
    match condition:
        case Test(path, Op.IS | Op.ANY_OF):
            values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
            certain = condition.field.kind not in LISTS and not any(
                isinstance(v, Me | MyUnit) for v in values
            )
            return {path: frozenset(values)} if certain else {}
        case All(parts):
            needed: dict[str, frozenset[Any]] = {}
            for path, allowed in (item for part in parts for item in constants(part).items()):
                needed[path] = needed.get(path, allowed) & allowed
            return needed
        case Some(parts):
            each = [constants(part) for part in parts]
            shared = set.intersection(*(set(needs) for needs in each))
            return {path: frozenset().union(*(needs[path] for needs in each)) for path in shared}
        case _:
            return {}


def related_ids(condition: Condition) -> dict[str, set[int]]:
    """By record type the ids the condition names: a caller fetches their names for the sentence at once."""
    named: dict[str, set[int]] = defaultdict(set)
    for node in nodes_of(condition):
        if isinstance(node, Test) and node.field.kind is Kind.RELATION and node.field.target:
            values = node.value if isinstance(node.value, tuple) else (node.value,)
            named[node.field.target] |= {v for v in values if isinstance(v, int) and not isinstance(v, bool)}
    return {type_name: ids for type_name, ids in named.items() if ids}
