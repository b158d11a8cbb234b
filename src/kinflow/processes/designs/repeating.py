"""How often an activity is done, and when that is enough: read in the safe expression language from the model."""

from collections.abc import Mapping
from dataclasses import dataclass

from kinflow.conditions.expressions import Expression, ExpressionError, Literal, Sort, parse_expression
from kinflow.records.faces import VOCABULARY

from .plans import Fault, Node, Plan

MOST_TIMES = 1_000
"""So often an activity is done at most; so many of such times an instance has open at most."""
TOLD = frozenset({"times", "done", "result"})
"""What expressions know of the times as an event: how many there are, how many are done, and the newest result."""


@dataclass(frozen=True)
class Repeated:
    """How often an activity is done, and, if that is said, the condition for leaving out the times that are left."""

    times: Expression
    until: Expression | None = None


def read_repeats(kind: str, plan: Plan, faults: list[Fault]) -> Mapping[str, Repeated]:
    """By node how it is done several times, for records of the kind; what cannot be understood is added to `faults`."""
    found: dict[str, Repeated] = {}
    for node in plan.nodes.values():
        element = node.element
        if not element.repeats:
            continue
        times = _read(kind, element.times, Sort.NUMBER)
        until = _read(kind, element.until, Sort.YES_NO) if element.until else None
        if times is None or not _is_possible(times):
            faults.append(_fault("times" if element.times else "no_times", node))
        elif element.until and until is None:
            faults.append(_fault("until", node))
        else:
            found[node.id] = Repeated(times, until)
    return found


def _read(kind: str, text: str, sort: Sort) -> Expression | None:
    try:
        read = parse_expression(text, type_name=kind, vocabulary=VOCABULARY, event_names=TOLD)
    except ExpressionError:
        return None
    return read if read.sort in (sort, Sort.ANY) else None


def _is_possible(times: Expression) -> bool:
    """Whether it can be a number of times; what is worked out from a record is only known then."""
    value = times.node.value if isinstance(times.node, Literal) else 0
    return 0 <= value <= MOST_TIMES and value == int(value)


def _fault(code: str, node: Node) -> Fault:
    return Fault(code, node.id, node.name)
