"""Event sub-processes (BPMN 2.0, 13.3.4): listened for while their scope goes on; and errors, which they catch first."""

from ..designs.plans import Node, Plan
from .marking import Marking, Token, Uncaught, World
from .ways import leave, put_along, take_event


def enter(plan: Plan, marking: Marking, scope: str, holder: int) -> None:
    """Put the first tokens of a scope into it: those that listen, and those that move."""
    for start in (*plan.listens.get(scope, ()), *plan.starts[scope]):
        marking.put(start, holder)


def begin_listening(plan: Plan, marking: Marking, world: World, token: Token, node: Node) -> None:
    """A token listens from now on; what it listens for may be there already."""
    token.state = "listens"
    if world.begin(token, node):
        catch(plan, marking, world, token)


def catch(plan: Plan, marking: Marking, world: World, token: Token) -> None:
    """What a token listens for happens: its event sub-process begins, which may end all else in the scope."""
    start = plan.nodes[token.node]
    begun = plan.nodes[start.scope]
    ended: list[Node] = []
    if start.element.interrupts:
        others = [t for t in marking.within(token.scope) if t is not token and t.state != "undoable"]
        ended = [plan.nodes[t.node] for t in others if t.state in ("waits", "holds", "joins")]
        for other in others:
            leave(plan, marking, world, other)
    if not start.listens_on:
        leave(plan, marking, world, token)
    holder = marking.put(begun.id, token.scope)
    holder.state = "holds"
    world.begin(holder, begun)
    world.caught(start, begun, ended)
    for listening in plan.listens.get(begun.id, ()):
        marking.put(listening, holder.number)
    for flow in start.out:
        put_along(plan, marking, holder.number, flow)


def fail(plan: Plan, marking: Marking, world: World, token: Token) -> None:
    """An error ends what it happens in. Raises Uncaught.

    The nearest scope around it that catches it does: an event sub-process of its, else an event on its border. What
    names an error catches that one only, what names none catches any; the first before the second.
    """
    thrown, scope, code = token.node, token.scope, plan.nodes[token.node].element.code
    while True:
        listening = {plan.nodes[t.node].id: t for t in marking.within(scope) if t.state == "listens"}
        caught = _first(plan, tuple(listening), code)
        if caught is not None:
            catch(plan, marking, world, listening[caught.id])
            return
        if not scope:
            raise Uncaught(thrown)
        holder = marking.tokens[scope]
        caught = _first(plan, plan.nodes[holder.node].border, code)
        if caught is not None and marking.whole_of(holder) is None:  # the border is that of the whole
            take_event(plan, marking, world, holder, caught)
            return
        scope = holder.scope


def _first(plan: Plan, events: tuple[str, ...], code: str) -> Node | None:
    """Which of the events catches an error."""
    errors = [plan.nodes[key] for key in events if plan.nodes[key].element.event == "error"]
    catches = [e for e in errors if e.element.code and e.element.code == code]
    catches += [e for e in errors if not e.element.code]
    return catches[0] if catches else None
