"""Whose result a gateway asks about: the task of a person that every way there comes from, or one that lies before."""

from collections.abc import Collection, Mapping
from typing import Any

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


def tasks_before(plan: Plan, flow: str, programs: Collection[str] = ()) -> list[str]:
    """All tasks of people that can have been done when a gateway is reached whose way out the flow is, nearest first.

    What is done in a sub-process lies before what follows it, and what began before a sub-process, or beside an event
    sub-process, before what is in it. `programs` are done by the program.
    """
    gateway = plan.sources[flow]
    found, seen, waiting = list[str](), {""}, _behind(plan, gateway)
    while waiting:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        if plan.nodes[key].element.kind in WAITS_FOR_PEOPLE and key not in programs:
            found.append(key)
        waiting += _behind(plan, key)
    return found


def _behind(plan: Plan, key: str) -> list[str]:
    """What a token can have come from, one step back."""
    node = plan.nodes[key]
    back = _led_from(plan, node)
    if node.kind == "inside":
        back += _standing_in(plan, key)
    return back + _led_from(plan, plan.nodes[node.scope]) if _begins_inside(node) else back


def _led_from(plan: Plan, node: Node) -> list[str]:
    """What leads to an element: flows, the step that it stands on or undoes, all around what an event begins."""
    back = [plan.sources[each] for each in node.into]
    back += [each for each in (node.element.attached_to,) if each]
    back += [step for step, undoes in plan.undoing.items() if undoes == node.id]
    return back + _standing_in(plan, node.scope) if node.element.by_event else back


def _standing_in(plan: Plan, scope: str) -> list[str]:
    return [each.id for each in plan.nodes.values() if each.scope == scope]


def lies_before(plan: Plan, bindings: Mapping[str, Any], flow: str, task: str) -> bool:
    """Whether a person's task can have been done when the way is chosen, with bindings as plain values."""
    return task in tasks_before(plan, flow, done_by_program(bindings))


def done_by_program(bindings: Mapping[str, Any]) -> set[str]:
    """The elements that the program does, of bindings as plain values."""
    return {key for key, one in bindings.items() if isinstance(one, Mapping) and "do" in one}


def _begins_inside(node: Node) -> bool:
    """Whether a sub-process begins here, so that what was done before stands outside of it."""
    return bool(node.scope) and not node.into
