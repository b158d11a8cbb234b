"""Compensation (BPMN 2.0, 13.5.5): steps that were done are undone, the last first, one after the other."""

from ..designs.compensating import scopes_undone
from ..designs.plans import Node, Plan
from .marking import Marking, Token, World
from .ways import leave


def keep_done(plan: Plan, marking: Marking, world: World, token: Token, scope: int) -> None:
    """Keep that a step was done in a scope, where it can be undone: by a step of its own, or by those of its parts."""
    inner = [t for t in marking.within(token.number) if t.state == "undoable"]
    has_own, is_apart = token.node in plan.undoing, plan.nodes[token.node].is_aside
    if not is_apart and (has_own or inner):
        kept = marking.put(token.node, scope)
        kept.state = "undoable"
        for part in [] if has_own else inner:
            part.scope = kept.number
    for part in marking.within(token.number):
        leave(plan, marking, world, part)


def begin_undoing(plan: Plan, marking: Marking, token: Token, node: Node) -> None:
    """An event has steps undone: all that were done in its scope, or the one that it names."""
    token.state = "holds"
    elements = {key: each.element for key, each in plan.nodes.items()}
    scope = token.scope
    for _scope in scopes_undone(elements, node.scope):
        for done in marking.within(scope):
            if done.state == "undoable" and node.element.undoes in ("", done.node):
                done.scope = token.number
        scope = marking.tokens[scope].scope if scope else 0


def undo_next(plan: Plan, marking: Marking, world: World, token: Token) -> bool:
    """Begin to undo what was done last of what an event has undone; False where all is undone."""
    done = _last(plan, marking, token.number)
    if done is None:
        return False
    marking.tokens.pop(done.number)
    handler = plan.nodes[plan.undoing[done.node]]
    world.undoes(handler, plan.nodes[done.node], plan.nodes[token.node])
    marking.put(handler.id, token.number)
    return True


def _last(plan: Plan, marking: Marking, holder: int) -> Token | None:
    """What was done last among what a token holds; of a sub-process without a step that undoes it, its parts."""
    for done in sorted(marking.within(holder), key=lambda t: t.number, reverse=True):
        if done.node in plan.undoing:
            return done
        part = _last(plan, marking, done.number)
        if part is not None:
            return part
        marking.tokens.pop(done.number)
    return None
