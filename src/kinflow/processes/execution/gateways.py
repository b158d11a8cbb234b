"""How tokens pass the gateways that split and join."""

from ..designs.plans import Node, Plan
from .marking import Marking, NoWay, Token, World
from .ways import go_out, put_along


def include(plan: Plan, marking: Marking, world: World, token: Token, node: Node) -> None:
    """An inclusive gateway: a token on each flow whose condition holds."""
    chosen = world.choose(token, node)
    if chosen is None:
        raise NoWay(node.id)
    go_out(plan, marking, token, chosen)


def join(plan: Plan, marking: Marking, token: Token, node: Node) -> None:
    """A parallel gateway: one token of each incoming flow makes one on each outgoing."""
    if len(node.into) < 2:
        go_out(plan, marking, token, node.out)
        return
    token.state = "joins"
    here = [t for t in marking.within(token.scope) if t.node == node.id and t.state == "joins"]
    taken = {t.flow: t for t in reversed(here)}
    if len(taken) == len(node.into):
        for one in taken.values():
            marking.tokens.pop(one.number)
        for flow in node.out:
            put_along(plan, marking, token.scope, flow)


def is_complete(plan: Plan, marking: Marking, token: Token, node: Node) -> bool:
    """Whether no token can come any more along a flow that has none, unless it can also reach one that has (13.4.3)."""
    reached = {t.flow for t in marking.within(token.scope) if t.node == node.id and t.state == "joins"}
    can_reach = frozenset[str]().union(*(plan.before[f] for f in reached))
    missing = frozenset[str]().union(*(plan.before[f] for f in node.into if f not in reached))
    others = {t.node for t in marking.within(token.scope) if t.node != node.id and t.state != "undoable"}
    return not others & (missing - can_reach)
