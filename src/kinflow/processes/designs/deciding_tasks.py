"""Whose result a gateway asks about: the task of a person that every way there comes from, where it is one alone."""

from collections.abc import Collection

from .plans import WAITS_FOR_PEOPLE, Node, Plan

_ELSEWHERE = frozenset({"inside", "listen"})
"""What may hold tasks of its own, or begins beside the others."""


def task_before(plan: Plan, flow: str, programs: Collection[str] = ()) -> str:
    """The person's task that was done last on the way to a flow; "" where ways from several tasks, or none, lead there.

    What runs beside the way, and finishes a task meanwhile, is none of it. `programs` are done by the program.
    """
    found, seen, waiting = set[str](), set[str](), [plan.sources[flow]]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        node = plan.nodes[key]
        if node.element.kind in WAITS_FOR_PEOPLE and key not in programs:
            found.add(key)
        elif node.kind in _ELSEWHERE or node.element.attached_to or _begins_inside(node):
            return ""
        else:
            waiting += [plan.sources[each] for each in node.into]
    return found.pop() if len(found) == 1 else ""


def _begins_inside(node: Node) -> bool:
    """Whether a sub-process begins here, so that what was done before stands outside of it."""
    return bool(node.scope) and not node.into
