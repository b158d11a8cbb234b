"""How a token leaves a node: along its flows, by an event on its border, with all that it holds."""

from collections.abc import Sequence

from ..designs.plans import Node, Plan
from .marking import WAITING, Marking, Token, World


def put_along(plan: Plan, marking: Marking, scope: int, flow: str) -> None:
    """A new token at the end of a flow."""
    marking.put(plan.targets[flow], scope, flow)


def go_out(plan: Plan, marking: Marking, token: Token, flows: Sequence[str]) -> None:
    """Take the token away and put one on each flow; without any flow its way ends here."""
    marking.tokens.pop(token.number, None)
    for flow in flows:
        put_along(plan, marking, token.scope, flow)


def take_event(plan: Plan, marking: Marking, world: World, token: Token, event: Node) -> None:
    """An event happens to a waiting token: it goes on from there, or lets it stay and adds another."""
    if event.element.kind == "boundaryEvent" and not event.element.interrupts:
        for flow in event.out:
            put_along(plan, marking, token.scope, flow)
        return
    leave(plan, marking, world, token)
    for flow in event.out:
        put_along(plan, marking, token.scope, flow)


def leave(plan: Plan, marking: Marking, world: World, token: Token) -> None:
    """Take a token away with all that it holds."""
    for inner in marking.within(token.number):
        leave(plan, marking, world, inner)
    if token.state in WAITING:
        world.leave(token, plan.nodes[token.node])
    marking.tokens.pop(token.number, None)
