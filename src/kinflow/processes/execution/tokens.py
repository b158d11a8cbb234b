"""How tokens move over a plan (BPMN 2.0, chapter 13): pure, without a database; the world says what happens at a node."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..designs.plans import Node, Plan

MOST_MOVES = 1_000
"""So many moves without a token that waits, and the model goes round for ever."""


WAITING = ("waits", "holds")
"""The states of a token that waits for something outside, or for what goes on inside."""


class GoesRound(Exception):
    """The tokens move and move without ever waiting for anything."""


class NoWay(Exception):
    """No condition at a gateway holds, and no flow is the default."""

    def __init__(self, node: str) -> None:
        super().__init__(node)
        self.node = node


class Uncaught(Exception):
    """An error was thrown that nothing catches."""

    def __init__(self, node: str) -> None:
        super().__init__(node)
        self.node = node


@dataclass
class Token:
    """One token: where it stands, and in which sub-process (by the number of the token that holds it; 0 for none).

    `state` is ready (moves on), waits (for something outside), joins (for other tokens; `flow` is what it came along),
    holds (a sub-process whose own tokens move).
    """

    number: int
    node: str
    state: str = "ready"
    flow: str = ""
    scope: int = 0


@dataclass
class Marking:
    """All tokens of an instance, by number."""

    tokens: dict[int, Token] = field(default_factory=dict)
    last: int = 0

    def put(self, node: str, scope: int, flow: str = "") -> Token:
        """A new token, ready to move."""
        self.last += 1
        token = Token(self.last, node, "ready", flow, scope)
        self.tokens[token.number] = token
        return token

    def within(self, scope: int) -> list[Token]:
        """The tokens directly in a scope."""
        return [t for t in self.tokens.values() if t.scope == scope]


class World(Protocol):
    """What happens outside of the tokens."""

    def begin(self, token: Token, node: Node) -> bool:
        """Begin an activity or a wait; whether it is done at once."""

    def leave(self, token: Token, node: Node) -> None:
        """A token that waited is gone without having finished."""

    def choose(self, token: Token, node: Node) -> Sequence[str] | None:
        """The flows to go along; None where a person has to say."""


def begin(plan: Plan, marking: Marking, world: World) -> None:
    """Put the first tokens, and let them move."""
    for node in plan.starts[""]:
        marking.put(node, 0)
    play(plan, marking, world)


def finish(plan: Plan, marking: Marking, world: World, number: int, along: Sequence[str] = ()) -> bool:
    """What a token waited for is done: it moves on, along the given flows if any. Whether it was still waiting."""
    token = marking.tokens.get(number)
    if token is None or token.state not in WAITING:
        return False
    _out(plan, marking, token, along or plan.nodes[token.node].out)
    play(plan, marking, world)
    return True


def happen(plan: Plan, marking: Marking, world: World, number: int, event: str) -> bool:
    """An event on the border of where a token waits, or one of those a gateway waits for. Whether it still counted."""
    token = marking.tokens.get(number)
    if token is None or token.state not in WAITING:
        return False
    _happen(plan, marking, world, token, plan.nodes[event])
    play(plan, marking, world)
    return True


def _happen(plan: Plan, marking: Marking, world: World, token: Token, event: Node) -> None:
    if event.element.kind == "boundaryEvent" and not event.element.interrupts:
        for flow in event.out:
            _put_along(plan, marking, token.scope, flow)
        return
    _leave(plan, marking, world, token)
    for flow in event.out:
        _put_along(plan, marking, token.scope, flow)


def _leave(plan: Plan, marking: Marking, world: World, token: Token) -> None:
    """Take a token away with all that it holds."""
    for inner in marking.within(token.number):
        _leave(plan, marking, world, inner)
    if token.state in WAITING:
        world.leave(token, plan.nodes[token.node])
    marking.tokens.pop(token.number, None)


def skip(plan: Plan, marking: Marking, world: World, number: int) -> bool:
    """Go on without what a token waits for, which is taken back with all that it holds. Whether it still waited."""
    token = marking.tokens.get(number)
    if token is None or token.state not in WAITING:
        return False
    out = plan.nodes[token.node].out
    _leave(plan, marking, world, token)
    for flow in out:
        _put_along(plan, marking, token.scope, flow)
    play(plan, marking, world)
    return True


def leave_all(plan: Plan, marking: Marking, world: World) -> None:
    """Take all tokens away."""
    for token in marking.within(0):
        _leave(plan, marking, world, token)


def move(plan: Plan, marking: Marking, world: World, number: int, to: str) -> bool:
    """Take a token from where it stands to another node of its scope. Whether it was still there."""
    token = marking.tokens.get(number)
    if token is None:
        return False
    _leave(plan, marking, world, token)
    marking.put(to, token.scope)
    play(plan, marking, world)
    return True


def play(plan: Plan, marking: Marking, world: World) -> None:
    """Move tokens until all of them wait. Raises GoesRound, NoWay, Uncaught."""
    for _turn in range(MOST_MOVES):
        token = next((t for t in marking.tokens.values() if t.state == "ready"), None)
        if token is not None:
            _step(plan, marking, world, token)
        elif not _close(plan, marking, world):
            return
    raise GoesRound


def _step(plan: Plan, marking: Marking, world: World, token: Token) -> None:
    node = plan.nodes[token.node]
    match node.kind:
        case "pass":
            _out(plan, marking, token, node.out)
        case "work" | "wait":
            token.state = "waits"
            if world.begin(token, node) and token.number in marking.tokens:
                _out(plan, marking, token, node.out)
        case "race":
            token.state = "waits"
            world.begin(token, node)
        case "choose":
            _choose(plan, marking, world, token, node)
        case "fork":
            _join(plan, marking, token, node)
        case "include":
            if len(node.into) > 1:
                token.state = "joins"
            else:
                _include(plan, marking, world, token, node)
        case "inside":
            token.state = "holds"
            world.begin(token, node)
            for start in plan.starts[node.id]:
                marking.put(start, token.number)
        case "end":
            marking.tokens.pop(token.number)
        case "stop":
            for other in marking.within(token.scope):
                if other is not token:
                    _leave(plan, marking, world, other)
            marking.tokens.pop(token.number)
        case "fail":
            _fail(plan, marking, world, token)


def _put_along(plan: Plan, marking: Marking, scope: int, flow: str) -> None:
    marking.put(plan.targets[flow], scope, flow)


def _out(plan: Plan, marking: Marking, token: Token, flows: Sequence[str]) -> None:
    """Take the token away and put one on each flow; without any flow its way ends here."""
    marking.tokens.pop(token.number)
    for flow in flows:
        _put_along(plan, marking, token.scope, flow)


def _choose(plan: Plan, marking: Marking, world: World, token: Token, node: Node) -> None:
    chosen = world.choose(token, node)
    if chosen is None:
        token.state = "waits"
    else:
        _out(plan, marking, token, list(chosen)[:1])


def _include(plan: Plan, marking: Marking, world: World, token: Token, node: Node) -> None:
    chosen = world.choose(token, node)
    if chosen is None:
        raise NoWay(node.id)
    _out(plan, marking, token, chosen)


def _join(plan: Plan, marking: Marking, token: Token, node: Node) -> None:
    """A parallel gateway: one token of each incoming flow makes one on each outgoing."""
    if len(node.into) < 2:
        _out(plan, marking, token, node.out)
        return
    token.state = "joins"
    here = [t for t in marking.within(token.scope) if t.node == node.id and t.state == "joins"]
    taken = {t.flow: t for t in reversed(here)}
    if len(taken) == len(node.into):
        for one in taken.values():
            marking.tokens.pop(one.number)
        for flow in node.out:
            _put_along(plan, marking, token.scope, flow)


def _close(plan: Plan, marking: Marking, world: World) -> bool:
    """When nothing moves: let an inclusive gateway go on that no token can reach any more, or end an empty scope."""
    for token in list(marking.tokens.values()):
        node = plan.nodes[token.node]
        if token.state == "joins" and node.kind == "include" and _is_complete(plan, marking, token, node):
            here = [t for t in marking.within(token.scope) if t.node == node.id and t.state == "joins"]
            for one in {t.flow: t for t in reversed(here)}.values():
                if one is not token:
                    marking.tokens.pop(one.number)
            _include(plan, marking, world, token, node)
            return True
        if token.state == "holds" and not marking.within(token.number):
            world.leave(token, node)
            _out(plan, marking, token, node.out)
            return True
    return False


def _is_complete(plan: Plan, marking: Marking, token: Token, node: Node) -> bool:
    """Whether no token can come any more along a flow that has none, unless it can also reach one that has (13.4.3)."""
    reached = {t.flow for t in marking.within(token.scope) if t.node == node.id and t.state == "joins"}
    can_reach = frozenset[str]().union(*(plan.before[f] for f in reached))
    missing = frozenset[str]().union(*(plan.before[f] for f in node.into if f not in reached))
    others = {t.node for t in marking.within(token.scope) if t.node != node.id}
    return not others & (missing - can_reach)


def _fail(plan: Plan, marking: Marking, world: World, token: Token) -> None:
    """An error ends what it happens in; the nearest sub-process that catches it goes on at its border.

    What names an error catches that one only, what names none catches any; the first before the second.
    """
    thrown, scope, code = token.node, token.scope, plan.nodes[token.node].element.code
    while scope:
        holder = marking.tokens[scope]
        node = plan.nodes[holder.node]
        errors = [plan.nodes[b] for b in node.border if plan.nodes[b].element.event == "error"]
        catches = [e for e in errors if e.element.code and e.element.code == code]
        catches += [e for e in errors if not e.element.code]
        if catches:
            _happen(plan, marking, world, holder, catches[0])
            return
        scope = holder.scope
    raise Uncaught(thrown)
